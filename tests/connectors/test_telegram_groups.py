"""Telegram's groups: the bot speaks when it is spoken to."""

from __future__ import annotations

from typing import Any

import pytest
from telegram_channel import TelegramChannel, deliver, message, sent, until

type Json = dict[str, Any]
pytestmark = pytest.mark.anyio


async def test_in_a_group_the_bot_speaks_only_when_spoken_to_and_of_nothing_private(
    telegram: TelegramChannel,
) -> None:
    """By name or by an answer to it; what is said there is not kept."""
    until(lambda: "telegram_ready" in telegram.house.stack.log("desk"))  # before that it does not know its name
    customer = telegram.customer()
    group = {"id": -customer.chat, "type": "supergroup", "title": "Naapurit"}
    mine = {"message_id": 3, "date": 1, "chat": group, "from": {"id": 666, "is_bot": True, "first_name": "Bot"}}
    said: list[tuple[Json, bool]] = [
        ({"text": "Missä tilaus 100233?"}, False),
        ({"text": "/help"}, False),
        ({"text": "@TestNameBotti missä tilaus 100233?"}, False),
        ({"text": "Hei @testnamebot, missä tilaus 100233?"}, True),
        ({"text": "Entä 100233?", "reply_to_message": mine}, True),
    ]
    for number, (fields, _) in enumerate(said):
        update = {"message": message(customer, chat=group, **{"message_id": 100 + number, **fields})}
        assert await deliver(telegram, update, copies=3) == [200] * 3
    pointers = sum(called for _, called in said)
    until(lambda: len(sent(telegram, group["id"])) == 1 + pointers)
    assert all("https://t.me/TestNameBot" in text for text in sent(telegram, group["id"])[1:])
    assert "100233" not in str(sent(telegram, group["id"]))
    assert telegram.house.stored("missä tilaus 100233") == []
