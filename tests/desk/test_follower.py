"""What one end of a conversation is sent, in which order."""

from __future__ import annotations

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
