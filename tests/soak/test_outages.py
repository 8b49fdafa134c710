"""Outages of ten minutes, in real time: what a short one shows, and what only shows when retries have grown long.

`make soak` runs them, `make test` does not. ASPA_SOAK_S: seconds of each outage.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from channel import Channel, Door
from mail_channel import open_mail
from slack_channel import SlackChannel
from slack_house import slack_house
from telegram_channel import open_telegram

pytestmark = pytest.mark.anyio
OUTAGE = float(os.environ.get("ASPA_SOAK_S", "600"))
LONGEST_RETRY = 375.0
"""Seconds: what the sender's waits can grow to (desk/service/sender.py)."""
MESSAGES = 20
FEW = 8
"""Mails of one address that nobody takes for two programs answering each other."""
REFUSALS = 3


@pytest.fixture(params=["telegram", "slack", "email"])
def channel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Channel]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    if request.param == "slack":
        with slack_house(folder) as world:
            yield SlackChannel(world.house, world.slack, world.gate)
        return
    opened = open_telegram if request.param == "telegram" else open_mail
    with opened(folder / "var") as channel:
        yield channel


async def test_a_bot_that_is_away_delays_no_acknowledgement_and_then_answers_everything(channel: Channel) -> None:
    """Acknowledged within 200 ms (99 of 100); each customer's messages are answered in their order, once."""
    customer, answering = channel.customer(), channel.house.bot.answering
    texts = [f"Kesken katkon {number:02}" for number in range(MESSAGES)]
    taken: list[float] = []
    answering.clear()
    try:
        for text in texts:
            start = time.monotonic()
            assert await customer.write(text) == [200]
            if isinstance(channel, Door):
                taken += await _acknowledged(channel, f"Ohikulkija {text}")
            await asyncio.sleep(max(0.0, OUTAGE / MESSAGES - (time.monotonic() - start)))
    finally:
        answering.set()
    assert [text for text in channel.house.stored("Kesken katkon") if text in texts] == texts
    await customer.said(texts[-1], limit=120)
    answers = " ".join(text for text in customer.texts() if text.startswith("Bot:"))
    assert [answers.count(text) for text in texts] == [1] * MESSAGES
    assert sorted(texts, key=answers.index) == texts
    if isinstance(channel, Door):
        assert sorted(taken)[int(len(taken) * 0.99) - 1] <= 0.2, sorted(taken)[-5:]


async def test_a_service_that_is_away_loses_nothing_and_keeps_order_and_pace(channel: Channel) -> None:
    customer = channel.customer()
    await customer.write("Alku")
    await customer.said("Bot: Alku")
    many = MESSAGES if isinstance(channel, Door) else FEW
    texts = [f"Palvelu poissa {number:02}" for number in range(many)]
    channel.stop_service()
    try:
        for text in texts:
            assert await customer.write(text) == [200]
            await asyncio.sleep(OUTAGE / many)
    finally:
        channel.start_service()
    channel.refuse(customer, REFUSALS, after=2)
    tried = len(channel.tries(customer))
    # A door says when to come back; a mail server that refuses does not, so each refusal costs another long wait.
    waits = 1 if isinstance(channel, Door) else 1 + REFUSALS
    await customer.said(f"Bot: {texts[-1]}", limit=waits * LONGEST_RETRY + 120)
    assert [text for text in customer.texts() if "poissa" in text] == [f"Bot: {text}" for text in texts]
    at = channel.tries(customer)[tried:]
    gaps = [later - earlier for earlier, later in pairwise(at)]
    assert not gaps or min(gaps) > 0.9 / channel.per_address, gaps


async def _acknowledged(channel: Door, text: str) -> list[float]:
    """Deliveries of customers passing by; the seconds that each took."""
    taken = []
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        for _ in range(5):
            delivery, start = channel.delivery(text), time.monotonic()
            url = channel.house.url + channel.path
            answer = await client.post(url, content=delivery.body, headers=delivery.headers)
            taken.append(time.monotonic() - start)
            assert answer.status_code == 200
    return taken
