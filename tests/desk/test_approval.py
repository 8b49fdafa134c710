"""The bot's answers wait for an agent, where the shop wants it; they never wait for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from clients import console, new_token, widget
from parts import House
from scripted_bot import ScriptedBot, said

from desk.conversation import events as ev
from desk.conversation.answer import BotAnswer, BotMessage, Turn
from desk.conversation.decisions import bot, clock
from desk.conversation.event import Event
from desk.conversation.fold import evolve
from desk.conversation.rules import MINUTE, Rules
from desk.conversation.state import Conversation, Owner, Stored
from desk.conversation.surroundings import Crowd, Now
from desk.conversation.teams import Route, Sign, Signpost, Worker
from ops.stack import Stack

type Json = dict[str, Any]
RULES = Rules(approve=frozenset({"delivery"}))
LIISA = Worker(id="a_liisa", name="Liisa")
SIGNS = Signpost(signs=(Sign(intents=frozenset({"late_delivery"}), route=Route(team="delivery")),))
ANSWER = BotAnswer(
    messages=(BotMessage(text="Paketti on Vantaalla.", buttons=({"title": "Odotan", "payload": "/wait"},)),),
    intent="late_delivery",
    effects=({"kind": "inquiry_opened", "order": "100233", "reference": "Q1", "ok": True},),
)
TURN = Turn(message_id="m1", through=2)


def now(at: int = 1_000, workers: tuple[Worker, ...] = (LIISA,), rules: Rules = RULES, is_open: bool = True) -> Now:
    return Now(
        at=at,
        rules=rules,
        is_open=is_open,
        opens_at=at,
        crowd=lambda _: Crowd(ahead=0, workers=workers),
        new_id=lambda: "p",
        signpost=SIGNS,
    )


def after(state: Conversation, events: list[Event], at: int = 1_000) -> Conversation:
    for event in events:
        state = evolve(state, Stored(seq=state.seq + 1, at=at, event=event))
    return state


ASKED = after(
    Conversation(id="c_1"), [ev.Opened(channel="widget", locale="fi"), ev.CustomerWrote(message_id="m1", text="Missä?")]
)


def said_by_bot(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, ev.BotReplied)]


@pytest.mark.parametrize(
    "surroundings",
    [
        now(rules=Rules()),
        now(workers=()),
        now(is_open=False),
        now(rules=Rules(approve=frozenset({"payments"}))),
    ],
)
def test_it_waits_only_for_the_teams_that_are_set_in_their_hours_with_somebody_at_work(surroundings: Now) -> None:
    assert said_by_bot(bot.answer(ASKED, surroundings, TURN, ANSWER)) == ["Paketti on Vantaalla."]


def test_a_draft_says_nothing_and_what_was_done_stands_on_the_log_at_once() -> None:
    events = bot.answer(ASKED, now(), TURN, ANSWER)
    assert [event.type for event in events] == ["ActionDone", "AnswerDrafted"]
    state = after(ASKED, events)
    assert not state.bot_work, "the bot is not asked again meanwhile"
    assert clock.due(state, RULES) == 1_000 + RULES.moment_after, "and a silent bot is not what calls people"


def test_nobody_looks_and_after_two_minutes_it_goes_once() -> None:
    """The bot is asked again, gives the same answer, and what it did is not told twice."""
    state = after(ASKED, bot.answer(ASKED, now(), TURN, ANSWER))
    state = after(state, [ev.SystemWrote(text="moment", lang="fi")])
    late = 1_000 + RULES.approve_within
    assert clock.due(state, RULES) == late
    released = clock.tick(state, now(at=late))
    assert released == [ev.AnswerApproved(turn="m1", by="policy")]
    state = after(state, released, late)
    assert state.bot_work and clock.due(state, RULES) == late + RULES.breaker_after
    events = bot.answer(state, now(at=late), TURN, ANSWER)
    assert said_by_bot(events) == ["Paketti on Vantaalla."]
    assert not any(isinstance(event, ev.ActionDone) for event in events)
    assert after(state, events, late).pending == ()


def test_a_shop_may_call_a_person_instead() -> None:
    rules = Rules(approve=frozenset({"all"}), approve_then="hand_over", moment_after=9 * MINUTE)
    state = after(ASKED, bot.answer(ASKED, now(rules=rules), TURN, ANSWER))
    state = after(state, clock.tick(state, now(at=1_000 + rules.approve_within, rules=rules)))
    assert (state.owner, state.draft, state.reasons) == (Owner.QUEUE, None, ("policy",))


def test_a_case_that_an_agent_takes_over_has_no_draft() -> None:
    state = after(ASKED, bot.answer(ASKED, now(), TURN, ANSWER))
    state = after(state, [ev.Claimed(agent="a_liisa", agent_name="Liisa", source="bot")])
    assert state.draft is None and state.pending == ()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    def script(question: Json) -> Json:
        buttons = [{"title": "Odotan", "payload": "/wait"}]
        return said("", messages=[{"text": f"Bot: {question['text']}", "language": "fi", "buttons": buttons}])

    with ScriptedBot(script) as bot_:
        settings = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot_.port}",
            "ASPA_BOT_PORT": str(bot_.port),
            "ASPA_APPROVE": "all",
        }
        stack = Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("approve") / "var").start()
        yield House(stack, bot_)
        stack.stop()


def drafted(message: Json, text: str) -> bool:
    """Whether this tells of an answer to `text` that waits."""
    summary = message.get("summary") or {}
    return bool(summary.get("draft")) and summary["preview"]["text"] == text


@pytest.mark.anyio
async def test_an_agent_sends_the_answer_as_it_is_or_in_other_words(house: House) -> None:
    """The customer sees nothing before; buttons stay; a second approval finds nothing."""
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as customer,
    ):
        for text, changes, shown in (("Hei", {}, "Bot: Hei"), ("Missä?", {"text": "Vantaalla."}, "Vantaalla.")):
            await customer.do(type="write", text=text)
            told = await agent.until(partial(drafted, text=text))
            summary = told["summary"]
            assert shown not in customer.texts("bot")
            await agent.do(type="open", conversation=summary["id"], after=0)
            drafts = [e for e in agent.entries() if e.get("event") == "AnswerDrafted"]
            assert drafts[-1]["data"]["text"] == f"Bot: {text}"
            command = {"type": "approve_answer", "conversation": summary["id"], "turn": summary["draft"]["turn"]}
            assert (await agent.do(**command, **changes))["type"] == "ack"
            reply = await customer.said("bot", shown)
            assert reply["buttons"] == [{"title": "Odotan"}]
            assert (await agent.do(**command))["code"] == "not_possible"
        assert customer.texts("bot") == ["Bot: Hei", "Vantaalla."]
        assert len(house.bot.questions) == 2
