"""What a channel must hold whose service delivers to a door of the desk's, besides what all must (conformance.py)."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from channel import Door
from conformance import ChannelContract
from desk_house import http, open_house
from forging import CHANGES, Change
from hypothesis import HealthCheck, given, settings


@pytest.mark.anyio
class DoorContract(ChannelContract):
    """Inherit, and give a `channel` that is a Door."""

    async def test_without_its_secret_the_channel_is_closed(self, channel: Door, tmp_path: Path) -> None:
        with open_house(tmp_path / "var", channel.without_secret()) as house:
            async with httpx.AsyncClient(trust_env=False, verify=False) as client:
                delivery = channel.delivery("Hei")
                answer = await client.post(house.url + channel.path, content=delivery.body, headers=delivery.headers)
            assert answer.status_code == 503
            assert house.counted() == 0

    async def test_a_genuine_delivery_is_let_in(self, channel: Door) -> None:
        """Or the tests of what is turned away would say nothing."""
        before = channel.house.counted()
        assert await channel.post(channel.delivery("Hei")) == [200]
        assert channel.house.counted() > before

    @settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(change=CHANGES)
    def test_what_is_not_genuine_is_turned_away(self, channel: Door, change: Change) -> None:
        """Headers missing, changed, doubled; bodies changed where they are signed: 4xx, and nothing is stored."""
        genuine = channel.delivery("Väärennetty")
        headers, body = change.forge(genuine, channel.signs_body)
        with http() as client:
            answer = client.post(channel.house.url + channel.path, content=body, headers=headers)
        assert 400 <= answer.status_code < 500, answer.text
        assert channel.house.stored("Väärennetty") == []

    async def test_a_silent_bot_delays_no_acknowledgement_and_loses_nothing(self, channel: Door) -> None:
        customer, answering = channel.customer(), channel.house.bot.answering
        answering.clear()
        try:
            taken = []
            async with httpx.AsyncClient(trust_env=False, verify=False) as client:
                for number in range(50):
                    delivery, start = channel.delivery(f"Vauhti {number}"), time.monotonic()
                    url = channel.house.url + channel.path
                    answer = await client.post(url, content=delivery.body, headers=delivery.headers)
                    taken.append(time.monotonic() - start)
                    assert answer.status_code == 200
            await customer.write("Ensin")
            await customer.write("Sitten")
        finally:
            answering.set()
        await customer.said("Sitten")
        answers = " ".join(text for text in customer.texts() if text.startswith("Bot:"))
        assert answers.index("Ensin") < answers.index("Sitten")
        assert (answers.count("Ensin"), answers.count("Sitten")) == (1, 1)
        assert (sorted(taken)[47] < 0.2, max(taken) < 1) == (True, True), taken

    async def test_the_wait_that_the_service_asks_for_is_kept(self, channel: Door) -> None:
        customer = channel.customer()
        await customer.write("Alku")
        await customer.said("Bot: Alku")
        channel.refuse(customer, 1, after=3)
        before = len(channel.tries(customer))
        await customer.write("Uudelleen")
        await customer.said("Bot: Uudelleen", limit=30)
        refused, taken = channel.tries(customer)[before:]
        assert 2.9 <= taken - refused < 6

    async def test_the_channel_s_pace_is_kept(self, channel: Door) -> None:
        customer = channel.customer()
        for number in range(6):
            await customer.write(f"Nopea {number}")
        await customer.said("Nopea 5", limit=60)
        at = channel.tries(customer)
        gaps = [later - earlier for earlier, later in pairwise(at)]
        assert min(gaps) > 0.9 / channel.per_address, gaps
