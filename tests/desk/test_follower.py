"""What one end of a conversation is sent, in which order."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from parts import ROOT

from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.follower import Customer, Follower
from desk.service.desk import Desk
from desk.service.hub import Typing
from desk.texts import Texts

pytestmark = pytest.mark.anyio


async def test_what_happens_while_a_customer_is_welcomed_comes_after_the_welcome(desk: Desk) -> None:
    """Clients count from the welcome on; nothing may come before it, and nothing is left out."""
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "m1", "Hei!")
    texts = Texts.load(ROOT / "data" / "system", desk.hours.zone)
    got: list[dict[str, Any]] = []
    follower = Follower(desk, customers, texts, Customer("c_1", "fi"), 0, got.append, lambda: None)
    desk.hub.tell(Typing("c_1", "bot", None, True))

    async with follower:
        desk.hub.tell(Typing("c_1", "bot", None, False))

    assert [(message["type"], message.get("on")) for message in got[:3]] == [
        ("welcome", None),
        ("typing", True),
        ("typing", False),
    ]


async def test_the_state_is_told_when_it_has_changed_and_not_with_every_message(desk: Desk) -> None:
    """That the conversation goes on is what the entries say."""
    customers = CustomerDesk(desk)
    texts = Texts.load(ROOT / "data" / "system", desk.hours.zone)
    got: list[dict[str, Any]] = []
    follower = Follower(desk, customers, texts, Customer("c_1", "fi"), 0, got.append, lambda: None)

    async def until(text: str) -> None:
        async with asyncio.timeout(20):
            while not any(text in str(each) for each in got):  # noqa: ASYNC110 - the follower tells nobody else
                await asyncio.sleep(0.01)

    await customers.write("c_1", "widget", "fi", "m1", "Hei!")
    async with follower:
        await customers.write("c_1", "widget", "fi", "m2", "Missä paketti on?")
        await until("paketti")
        await customers.ask_for_person("c_1", "widget", "fi", "m3")
        await until("'owner': 'queue'")
        await customers.write("c_1", "widget", "fi", "m4", "Kiitos!")
        await until("Kiitos")

    told = [each for each in got if each["type"] == "state"]
    owners = [each["state"]["owner"] for each in told]
    assert owners == ["queue"] * len(owners)
    assert not [each for each in told if each["state"]["queue"] is None]
    assert len(told) == len({str(each["state"] | {"seq": 0}) for each in told})
