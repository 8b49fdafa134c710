"""Telegram's order, limits and faults, and customers who cannot be reached."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from conformance import handed_over
from desk_house import LONG
from telegram_channel import TelegramChannel, TelegramCustomer, deliver, message, sent, until

type Json = dict[str, Any]
pytestmark = pytest.mark.anyio


async def test_updates_out_of_order_and_with_gaps_are_all_taken_once(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    for number in (5, 4, 3, 9, 4, 5):
        update = {"update_id": number, "message": message(customer, message_id=number, text=f"Numero {number}")}
        assert await deliver(telegram, update) == [200]
    await customer.said("Numero 9")
    assert customer.texts()[1:] == [f"Bot: Numero {number}" for number in (5, 4, 3, 9)]


async def test_all_chats_together_are_sent_thirty_messages_a_second(telegram: TelegramChannel) -> None:
    customers = [telegram.customer() for _ in range(45)]
    before = len(telegram.service.asked("sendMessage"))
    for customer in customers:
        await deliver(telegram, {"message": message(customer, text="Ruuhka")})
    await asyncio.gather(*(customer.said("Bot: Ruuhka", limit=60) for customer in customers[-3:]))
    at = [call.at for call in telegram.service.asked("sendMessage")[before:]]
    most = max(sum(start <= each < start + 1 for each in at) for start in at)
    assert 10 < most <= 36, "thirty, and what the way to Telegram brings together"


@pytest.mark.parametrize("after", [None, "abc", 0])
async def test_a_refusal_without_a_time_is_tried_again_all_the_same(telegram: TelegramChannel, after: Any) -> None:
    customer = telegram.customer()
    telegram.service.refusals[customer.chat] = [after]
    await customer.write("Hei")
    await customer.said("Bot: Hei")
    assert len(customer.texts()) == 2


async def test_a_long_message_that_is_interrupted_goes_on_where_it_was(telegram: TelegramChannel) -> None:
    """Its pieces come once each."""
    customer = telegram.customer()
    await customer.write("pitkä")
    until(lambda: len(sent(telegram, customer.chat)) == 3)
    telegram.service.refusals[customer.chat] = [1, 1]
    await customer.said("numero 399 ", limit=40)
    assert " ".join(" ".join(customer.texts()[1:]).split()) == LONG
    assert max(len(text) for text in customer.texts()) <= 4096


async def test_somebody_is_seen_to_type(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("Hei")
    until(lambda: telegram.service.asked("sendChatAction", customer.chat))
    assert telegram.service.asked("sendChatAction", customer.chat)[0].body["action"] == "typing"


async def test_who_blocks_the_bot_is_left_alone_until_they_let_it_in(telegram: TelegramChannel) -> None:
    """Telegram tells so: nothing has to fail first."""
    customer = telegram.customer()
    async with await telegram.house.agent() as agent:
        await customer.write("Hei")
        case = await handed_over(agent, customer.ask_for_person)
        await agent.do(type="claim", conversation=case)
        await customer.said("Liisa")
        await agent.do(type="open", conversation=case, after=0)
        tries = len(telegram.tries(customer))
        await deliver(telegram, {"my_chat_member": _membership(customer, "member", "kicked")})
        seq = (await agent.do(type="reply", conversation=case, text="Ei perille"))["seq"]
        await agent.until(lambda m: m["type"] == "delivery" and (m["seq"], m["delivery"]) == (seq, "failed"))
        assert len(telegram.tries(customer)) == tries
        await deliver(telegram, {"my_chat_member": _membership(customer, "kicked", "member")})
        await agent.do(type="retry", conversation=case, seq=seq)
        await customer.said("Ei perille")


def _membership(customer: TelegramCustomer, old: str, new: str) -> Json:
    bot = {"id": 666, "is_bot": True, "first_name": "Bot"}
    chat = {"id": customer.chat, "type": "private"}
    before, after = ({"user": bot, "status": status, "until_date": 0} for status in (old, new))
    return {
        "chat": chat,
        "from": customer.person,
        "date": int(time.time()),
        "old_chat_member": before,
        "new_chat_member": after,
    }
