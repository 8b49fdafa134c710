"""Who answers is always said (AI Act, Art. 50): before the first words, again after a person, and on every message."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio.to_thread
import httpx
import pytest

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.answer import BotAnswer, BotMessage, Turn
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions import bot
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.state import Stored
from desk.service import views
from desk.service.desk import Desk
from desk.store import log
from desk.texts import LOCALES, Texts
from ops.stack import Stack

pytestmark = pytest.mark.anyio
TEXTS = Texts.load(Path(__file__).resolve().parents[2] / "data" / "system", ZoneInfo("Europe/Helsinki"))
ASSISTANT = {"fi": "automaatti", "et": "automaat", "en": "automated assistant"}
CHANNELS = ("widget", "telegram", "slack", "email", "webhook")
LIISA = AgentRef(id="a_1", name="Liisa")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", ["greeting", "disclosure", "with_bot", "bot_back"])
def test_each_language_says_that_it_is_an_assistant_and_how_a_person_is_reached(locale: str, text: str) -> None:
    said = TEXTS.say(text, locale).lower()
    assert ASSISTANT[locale] in said
    assert any(word in said for word in ("asiakaspalvelija", "klienditeenindaja", "inimese", "person", "colleague"))


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("locale", LOCALES)
async def test_it_is_told_before_the_first_answer_and_again_after_a_person(
    desk: Desk, channel: str, locale: str
) -> None:
    desk.rules = replace(desk.rules, same_problem_within=0)
    customers = CustomerDesk(desk)
    await customers.write("c_1", channel, locale, "m1", "Hei")
    await _bot_answers(desk, "m1", locale)
    await customers.ask_for_person("c_1", channel, locale, "m2")
    await desk.change("c_1", partial(_claim))
    await desk.change("c_1", lambda state, now: agents.reply(state, now, LIISA, "r1", "Moi"))
    await desk.change("c_1", lambda state, _: agents.resolve(state, LIISA, "solved", None))
    await customers.write("c_1", channel, locale, "m3", "1002 uus asi")
    await _bot_answers(desk, "m3", locale)

    entries = await _entries(desk)
    spoken = [(each["author"]["role"], each["text"]) for each in entries]
    answers = [number for number, (role, _) in enumerate(spoken) if role == "bot"]
    assert len(answers) == 2
    person = next(number for number, (role, _) in enumerate(spoken) if role == "agent")
    for first, last in ((0, answers[0]), (person, answers[1])):
        before = [text.lower() for role, text in spoken[first:last] if role == "system"]
        assert any(ASSISTANT[locale] in text for text in before), spoken[first:last]


async def test_every_message_tells_who_wrote_it(desk: Desk) -> None:
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "Hei")
    await _bot_answers(desk, "m1", "fi")
    await CustomerDesk(desk).ask_for_person("c_1", "widget", "fi", "m2")
    await desk.change("c_1", partial(_claim))
    await desk.change("c_1", lambda state, now: agents.reply(state, now, LIISA, "r1", "Moi"))
    entries = await _entries(desk)
    assert {each["author"]["role"] for each in entries} == {"system", "customer", "bot", "agent"}
    assert all(each["author"]["name"] == "Liisa" for each in entries if each["author"]["role"] == "agent")


def _claim(state: object, now: object) -> list[ev.Event]:
    return list(agents.claim(state, LIISA))  # type: ignore[arg-type]


async def _bot_answers(desk: Desk, message: str, locale: str) -> None:
    said = BotAnswer(messages=(BotMessage(text="Vastaus", lang=locale),), intent="late_delivery", language=locale)
    state = await desk.store.read(partial(log.load, conversation="c_1"))
    assert state is not None and [each.message_id for each in state.pending] == [message]
    turn = Turn(message_id=message, through=state.pending[-1].seq)
    await desk.change("c_1", lambda state, now: bot.answer(state, now, turn, said))


async def _entries(desk: Desk) -> list[views.Entry]:
    stored: list[Stored] = await desk.store.read(partial(log.read, conversation="c_1"))
    state = await desk.store.read(partial(log.load, conversation="c_1"))
    assert state is not None
    return views.for_customer(stored, state, TEXTS)


async def test_the_shop_s_privacy_notice_is_linked_in_the_customer_s_language(tmp_path: Path) -> None:
    stack = Stack(("desk",), env={"ASPA_PRIVACY_URL": "https://shop.example/{locale}/privacy"}, var=tmp_path / "var")
    await anyio.to_thread.run_sync(stack.start)
    try:
        async with httpx.AsyncClient(base_url=stack.urls["desk"], trust_env=False) as http:
            for locale in LOCALES:
                config = (await http.get("/api/widget/config", params={"locale": locale})).json()
                assert config["privacy_url"] == f"https://shop.example/{locale}/privacy"
    finally:
        await anyio.to_thread.run_sync(stack.stop)
