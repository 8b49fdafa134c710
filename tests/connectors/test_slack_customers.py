"""A customer in Slack, the bot, and an agent in the console, against a workspace that others wrote."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import anyio
import httpx
import pytest
from scripted_bot import said
from slack_gate import Answer, Call
from slack_house import SlackHouse, slack_house
from slack_workspace import ALICE, BOB, BOT, GENERAL, TEAM, Json, buttons, signed, whole

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path: Path) -> Iterator[SlackHouse]:
    with slack_house(tmp_path) as made:
        yield made


async def test_a_message_goes_to_the_bot_and_back(house: SlackHouse) -> None:
    """The customer is told who answers before the bot does, and can have a person by a button."""
    await house.slack.say(ALICE, ALICE, "Missä tilaukseni on?")
    direct = await house.slack.direct(ALICE)
    await house.slack.until(direct, "Bot: Missä tilaukseni on?")
    texts = [whole(each) for each in await house.slack.by_app(direct)]
    assert "automaattinen" in texts[0]
    assert [each["action_id"] for each in buttons((await house.slack.by_app(direct))[0])] == ["person"]


async def test_the_story_with_an_agent_in_the_console(house: SlackHouse) -> None:
    """Bot, buttons, handoff, an agent by name, the survey: all in one direct channel, in order."""
    house.house.bot.script = _shop
    await house.slack.say(ALICE, ALICE, "Paketti on myöhässä")
    direct = await house.slack.direct(ALICE)
    offered = await house.slack.until(direct, "Mitä tehdään?")
    assert "Tilaus 100233" in whole(offered) and "129,90" in whole(offered)
    async with await house.house.agent() as agent:
        await house.slack.press(ALICE, offered, "press_1")
        await house.slack.until(direct, "sijalla 1")
        told = await agent.until(lambda m: m["type"] == "summary" and m["summary"]["owner"] == "queue")
        waiting = told["summary"]
        assert waiting["customer"]["name"] == "Alice" and waiting["channel"] == "slack"
        await agent.do(type="open", conversation=waiting["id"], after=0)
        await agent.do(type="claim", conversation=waiting["id"])
        await house.slack.until(direct, "Liisa asiakaspalvelusta")
        await agent.do(type="reply", conversation=waiting["id"], text="Hei Alice, katson heti.")
        reply = await house.slack.until(direct, "katson heti")
        assert reply["username"] == "Liisa"
        await agent.do(type="note", conversation=waiting["id"], text="Vain meille")
        await house.slack.say(direct, ALICE, "Kiitos!")
        await agent.said("customer", "Kiitos!")
        await agent.do(type="resolve", conversation=waiting["id"], outcome="solved")
    survey = await house.slack.until(direct, "Kuinka hyvin Liisa")
    assert [each["action_id"] for each in buttons(survey)] == [f"rate_{score}" for score in range(1, 6)]
    await house.slack.press(ALICE, survey, "rate_5")
    await house.slack.until(direct, "Mikä vaikutti arvioosi")
    await house.slack.say(direct, ALICE, "Sain vastauksen heti")
    await house.slack.until(direct, "Kiitos palautteestasi")
    assert "Vain meille" not in "".join(whole(each) for each in await house.slack.messages(direct))
    await house.slack.until(direct, lambda message: message["ts"] == offered["ts"] and not buttons(message))


async def test_a_thread_of_a_channel_is_a_conversation(house: SlackHouse) -> None:
    """A mention opens it, others' talk does not, and what follows in the thread needs no mention."""
    await house.slack.say(GENERAL, BOB, "Lounaalle?")
    root = await house.slack.say(GENERAL, ALICE, f"<@{BOT}> Missä tilaukseni on?")
    answer = await house.slack.until(GENERAL, "Bot: Missä tilaukseni on?")
    assert answer["thread_ts"] == root
    await house.slack.say(GENERAL, ALICE, "Entä huomenna?", thread=root)
    await house.slack.until(GENERAL, "Bot: Entä huomenna?")
    assert [each["text"] for each in house.house.bot.questions] == ["Missä tilaukseni on?", "Entä huomenna?"]
    assert len({each["conversation"] for each in house.house.bot.questions}) == 1


async def test_changes_files_and_odd_things_reach_people_or_are_left(house: SlackHouse) -> None:
    """An edit and a deletion are told to the agent; what an app writes is nobody's message."""
    ts = await house.slack.say(ALICE, ALICE, "Tilaus 100233")
    direct = await house.slack.direct(ALICE)
    await house.slack.until(direct, "Bot: Tilaus 100233")
    await house.slack.edit(direct, ALICE, ts, "Tilaus 100244")
    await house.slack.delete(direct, ALICE, ts)
    photo = {"files": [{"id": "F1", "name": "rikki <b>.jpg"}], "subtype": "file_share"}
    for event in (
        {"text": "", **photo},
        {"text": "Tässä kuva", **photo},
        {"text": "Olen toinen botti", "bot_id": "B99"},
        {"text": "liittyi", "subtype": "channel_join"},
        {"text": None, "ts": 7},
    ):
        assert await deliver(house, direct_event(direct, **event)) == 200
    assert house.house.stored() == [
        "Tilaus 100233",
        "[Asiakas muutti viestiään: Tilaus 100244]",
        "[Asiakas poisti viestinsä: Tilaus 100244]",
        "[Liite: rikki <b>.jpg]",
        "Tässä kuva",
        "[Liite: rikki <b>.jpg]",
    ]
    await house.slack.until(direct, "Bot: Tässä kuva")
    assert [each["text"] for each in house.house.bot.questions] == ["Tilaus 100233", "Tässä kuva"]


async def test_the_command_and_the_home_say_where_the_cases_stand(house: SlackHouse) -> None:
    """For the one who asks only."""
    await house.slack.command(GENERAL, ALICE, "apua")
    assert "/aspa status" in whole(await house.slack.until(GENERAL, "/aspa person"))
    await house.slack.command(GENERAL, ALICE, "status")
    told = await house.slack.until(GENERAL, "keskeneräisiä")
    assert told["ephemeral_to"] == ALICE
    await house.slack.command(GENERAL, ALICE, "ihminen")
    direct = await house.slack.direct(ALICE)
    await house.slack.until(direct, "sijalla 1")
    await house.slack.command(GENERAL, ALICE, "tila")
    await house.slack.until(GENERAL, "Odotat asiakaspalvelijaa, sijalla 1")
    await house.slack.open_home(ALICE)
    await house.slack.open_home(BOB)
    homes = await published(house, 2)
    assert "sijalla 1" in homes[ALICE] and "sijalla" not in homes[BOB]
    async with await house.house.agent() as agent:
        told = await agent.until(lambda m: m["type"] == "welcome")
        listed = await agent.do(type="claim", conversation=_conversation(house))
        assert (told["counts"]["waiting"], listed["type"]) == (1, "ack")
    assert "Liisa asiakaspalvelusta" in (await published(house, 3))[ALICE]


async def test_others_in_a_channel_read_no_contents_of_an_order(house: SlackHouse) -> None:
    """Its number and days only."""
    house.house.bot.script = _shop
    await house.slack.say(GENERAL, ALICE, f"<@{BOT}> missä tilaukseni?")
    shown = await house.slack.until(GENERAL, "Tilaus 100233")
    assert "24.11.2026" in whole(shown) and "Lamppu" not in whole(shown) and "JJFI1" not in whole(shown)


async def test_socket_mode_needs_no_public_address(tmp_path: Path) -> None:
    """The same over a connection that the desk opens."""
    with slack_house(tmp_path, mode="socket") as house:
        await house.slack.connected()
        await house.slack.say(ALICE, ALICE, "Hei")
        direct = await house.slack.direct(ALICE)
        await house.slack.until(direct, "Bot: Hei")
        first = (await house.slack.by_app(direct))[0]
        await house.slack.press(ALICE, first, "person")
        await house.slack.until(direct, "sijalla 1")
        await house.slack.command(direct, ALICE, "status")
        await house.slack.until(direct, "Odotat asiakaspalvelijaa")
        assert house.gate.brought == []


async def test_the_first_words_are_in_the_language_that_slack_has_for_the_customer(house: SlackHouse) -> None:
    """If we speak it, and if Slack tells in time: nobody's message waits for that."""
    locales = {"U1ET": "et-EE", "U1EN": "en-US", "U1DE": "de-DE"}
    asked: list[str] = []

    def answer(call: Call) -> Answer | None:
        if call.method != "users.info":
            return None
        asked.append(call.fields["user"])
        if call.fields["user"] == "U1SLOW":
            time.sleep(2)
        return 200, {}, {"ok": True, "user": {"locale": locales.get(call.fields["user"], "")}}

    house.gate.refuse = answer
    for user, word in (
        ("U1ET", "automaatne"),
        ("U1EN", "automated"),
        ("U1DE", "automaattinen"),
        ("U1SLOW", "automaattinen"),
    ):
        before = time.monotonic()
        await house.slack.say(user, user, "Tere")
        assert time.monotonic() - before < 1.5
        direct = await house.slack.direct(user)
        await house.slack.until(direct, word)
        await house.slack.say(direct, user, "Tere veel kord")
    assert sorted(asked) == ["U1DE", "U1EN", "U1ET", "U1SLOW"]


def _conversation(house: SlackHouse) -> str:
    """The only one there is."""
    with closing(sqlite3.connect(house.house.stack.var / "desk.sqlite3")) as database:
        return str(database.execute("select id from conversations").fetchone()[0])


def direct_event(channel: str, **fields: object) -> Json:
    """A message in a direct channel."""
    ts = f"{time.time():.6f}"
    event = {"type": "message", "channel": channel, "user": ALICE, "ts": ts, "event_ts": ts, "channel_type": "im"}
    bot = [{"team_id": TEAM, "user_id": BOT, "is_bot": True}]
    envelope = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{ts}", "authorizations": bot}
    return {**envelope, "event": {**event, **fields}}


async def deliver(house: SlackHouse, envelope: Json) -> int:
    """As Slack brings it; the desk's status."""
    body = json.dumps(envelope).encode()
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(house.gate.desk, content=body, headers=signed(body))).status_code


async def published(house: SlackHouse, count: int) -> dict[str, str]:
    """The homes by user, when there are so many."""
    with anyio.fail_after(10):
        while True:
            calls = [each.fields for each in house.gate.calls if each.method == "views.publish"]
            if len(calls) >= count:
                return {each["user_id"]: whole(each["view"]) for each in calls}
            await anyio.sleep(0.05)


def _shop(question: Json) -> Json:
    card = {
        "type": "order", "number": "100233", "status": "late", "items": [{"name": "Lamppu <b>", "quantity": 1}],
        "total": {"amount": "129.90", "currency": "EUR"}, "ordered_on": "2026-11-10", "promised_on": "2026-11-15",
        "expected_on": "2026-11-24", "tracking": {"carrier": "Posti", "code": "JJFI1", "events": []},
    }  # fmt: skip
    if question.get("button") == "/person":
        reasons = [{"code": "accepted_offer", "weight": 1.0, "evidence": "Pyydä ihminen"}]
        judgement = {"action": "handoff", "score": 1.0, "urgent": False, "reasons": reasons}
        return said("", judgement=judgement, packet={"problem": "late_delivery", "order": card, "facts": []})
    offers = [{"title": "Odotan", "payload": "/wait"}, {"title": "Pyydä ihminen", "payload": "/person"}]
    return said("", messages=[{"text": "Mitä tehdään?", "language": "fi", "buttons": offers, "card": card}])
