"""Agents act in the shop through the real actions and the real demo shop: once, within their limits, over restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from clients import Socket, console, new_token, widget
from parts import House
from scripted_bot import ScriptedBot, said

from ops.stack import Stack

pytestmark = pytest.mark.anyio
type Json = dict[str, Any]
EMAILS = {
    "100231": "antti.koskela@example.fi",
    "100232": "ville.rantanen@example.fi",
    "100233": "maija.virtanen@example.fi",
    "100235": "leena.harju@example.fi",
    "100237": "emily.carter@example.com",
}


def script(question: Json) -> Json:
    """Hands over the order that the customer names; with "ehdota" the bot proposes a refund."""
    number = next((each for each in EMAILS if each in question["text"]), None)
    if number is None:
        return said(f"Bot: {question['text']}")
    proposed = [{"kind": "refund_made", "order": number, "amount": "10.00", "details": {"reason": "late"}}]
    customer = {"name": "Maija", "email": EMAILS[number], "phone": None}
    packet = {
        "problem": "late_delivery",
        "facts": [],
        "customer": customer,
        "proposed": proposed if "ehdota" in question["text"] else [],
    }
    reasons = [{"code": "policy", "weight": 1.0, "evidence": ""}]
    judgement = {"action": "handoff", "score": 1.0, "urgent": False, "reasons": reasons}
    slots = {"order_number": number, "email": EMAILS[number], "name": "Maija"}
    return said("", judgement=judgement, packet=packet, slots=slots)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Shop, actions and desk as they are; a scripted bot hands over."""
    with ScriptedBot(script) as bot:
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("demo", "actions", "desk"), env=settings, var=tmp_path_factory.mktemp("shop") / "var").start()
        yield House(stack, bot)
        stack.stop()


@pytest.fixture
async def agent(house: House) -> AsyncIterator[Socket]:
    async with await console(house.url, *house.agent) as socket:
        yield socket


async def case(house: House, agent: Socket, text: str) -> str:
    """A claimed case about the order in `text`."""
    async with await widget(house.url, await new_token(house.url)) as customer:
        await customer.do(type="write", text=text)
        await customer.until(lambda m: m["type"] == "state" and m["state"]["owner"] == "queue")
    waiting = await agent.until(
        lambda m: (
            m["type"] == "summary" and m["summary"]["owner"] == "queue" and m["summary"]["preview"]["text"] == text
        )
    )
    conversation = str(waiting["summary"]["id"])
    await agent.do(type="open", conversation=conversation, after=0)
    assert (await agent.do(type="claim", conversation=conversation))["type"] == "ack"
    return conversation


async def outcome(agent: Socket) -> Json:
    """The first effect that comes to this console's log."""

    def of(message: Json) -> list[Json]:
        return [entry for entry in message.get("entries", []) if entry.get("event") == "ActionDone"]

    message = await agent.until(lambda m: bool(of(m)))
    return dict(of(message)[0]["data"]["effect"])


async def shop_order(house: House, number: str) -> Json:
    """What the shop itself says."""
    token = house.stack.env["ASPA_SHOP_TOKEN"]
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(
            house.stack.urls["demo"] + "/api/v1/orders/lookup",
            json={"number": number, "email": EMAILS[number]},
            headers={"Authorization": f"Bearer {token}"},
        )
    return dict(answer.json())


@asynccontextmanager
async def signed_in(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """An agent's browser."""
    name, password = house.agent
    async with httpx.AsyncClient(base_url=house.url, headers={"Origin": house.url}, trust_env=False) as http:
        answer = await http.post("/api/console/login", json={"name": name, "password": password})
        http.headers["X-CSRF-Token"] = answer.json()["csrf"]
        yield http


async def test_a_refund_is_made_once_and_stands_on_the_log(house: House, agent: Socket) -> None:
    """Sent four times, as a lost connection would."""
    conversation = await case(house, agent, "Tilaus 100233 on myöhässä")
    command = {
        "type": "shop",
        "id": "refund-1",
        "conversation": conversation,
        "kind": "refund_made",
        "number": "100233",
    }
    for _ in range(4):
        assert (await agent.do(**command, amount="12.50", reason="Myöhässä"))["type"] == "ack"
    effect = await outcome(agent)
    assert (effect["kind"], effect["amount"], effect["ok"], effect["order"]) == ("refund_made", "12.50", True, "100233")
    refunds = (await shop_order(house, "100233"))["refunds"]
    assert [refund["amount"]["amount"] for refund in refunds] == ["12.50"]


async def test_the_panel_shows_the_order_with_what_can_be_done(house: House, agent: Socket) -> None:
    conversation = await case(house, agent, "Peru tilaus 100235 heti")
    async with signed_in(house) as http:
        path = f"/api/console/conversations/{conversation}/order"
        shown = (await http.post(path, json={})).json()
        assert shown["card"]["number"] == "100235" and shown["lines"]
        assert {"order_cancelled", "address_changed"} <= set(shown["kinds"]) and "item_resent" not in shown["kinds"]
        assert shown["limits"]["refund_made"] == "1000.00", "the demo's agent is a supervisor"
        foreign = await http.post(path, json={"number": "100231"})
        assert (foreign.status_code, foreign.json()["error"]["code"]) == (404, "unknown_order")
        proved = await http.post(path, json={"number": "100231", "proof": EMAILS["100231"]})
        assert proved.json()["card"]["number"] == "100231"
    command = {"type": "shop", "conversation": conversation, "kind": "order_cancelled", "number": "100235"}
    assert (await agent.do(**command))["type"] == "ack"
    assert (await outcome(agent))["ok"] is True
    assert (await shop_order(house, "100235"))["state"] == "cancelled"


async def test_the_shops_refusal_and_nonsense_change_nothing(house: House, agent: Socket) -> None:
    conversation = await case(house, agent, "Missä 100237 on")
    command = {"type": "shop", "conversation": conversation, "number": "100237"}
    for changes, code in (
        ({"kind": "order_cancelled"}, "not_possible"),
        ({"kind": "refund_made", "amount": "99999.00"}, "amount_too_high"),
        ({"kind": "refund_made", "amount": "-5"}, "bad_request"),
        ({"kind": "refund_made"}, "bad_request"),
        ({"kind": "item_resent", "lines": ["x"]}, "bad_request"),
        ({"kind": "refund_made", "amount": "1.00", "number": "100231"}, "unknown_order"),
    ):
        assert (await agent.do(**(command | changes)))["code"] == code
    assert (await shop_order(house, "100237"))["refunds"] == []


async def test_the_bots_proposal_is_approved_with_one_key(house: House, agent: Socket) -> None:
    conversation = await case(house, agent, "ehdota jotain tilaukselle 100232")
    summary = await agent.until(lambda m: m["type"] == "summary" and bool(m["summary"].get("deeds")))
    (deed,) = summary["summary"]["deeds"]
    assert (deed["by"], deed["needs"], deed["amount"]) == ("bot", "agent", "10.00")
    assert (await agent.do(type="approve", conversation=conversation, deed=deed["deed"]))["type"] == "ack"
    assert (await outcome(agent))["amount"] == "10.00"
    assert (await agent.do(type="approve", conversation=conversation, deed=deed["deed"]))["code"] == "not_possible"


async def test_a_deed_outlives_the_shop_and_the_desk(house: House, agent: Socket) -> None:
    """Approved while the shop is away; the desk is killed before it is done, finds it again, and it is done once."""
    conversation = await case(house, agent, "ehdota jotain tilaukselle 100231")
    summary = await agent.until(lambda m: m["type"] == "summary" and bool(m["summary"]["deeds"]))
    house.stack.kill("demo")
    unseen = {"type": "shop", "conversation": conversation, "kind": "refund_made", "number": "100231", "amount": "5.00"}
    assert (await agent.do(**unseen))["code"] == "unavailable", "nothing is asked for an order that cannot be seen"
    deed = summary["summary"]["deeds"][0]["deed"]
    assert (await agent.do(type="approve", conversation=conversation, deed=deed))["type"] == "ack"
    house.stack.kill("desk")
    house.stack.restart("demo")
    house.stack.restart("desk")
    async with await console(house.url, *house.agent) as again:
        await again.do(type="open", conversation=conversation, after=0)
        assert (await outcome(again))["ok"] is True
    assert [each["amount"]["amount"] for each in (await shop_order(house, "100231"))["refunds"]] == ["10.00"]
