"""Several bots: each conversation has its own, and none is lost with one of them."""

from __future__ import annotations

from collections import Counter

import anyio
import pytest
from scripted_bot import ScriptedBot

from desk.bot.spread import Bots
from desk.errors import BotUnavailable

pytestmark = pytest.mark.anyio
IDS = [f"c_{number}" for number in range(3_000)]
THREE = ("http://bot-1:8005", "http://bot-2:8005", "http://bot-3:8005")


def first(urls: tuple[str, ...]) -> dict[str, str]:
    bots = Bots(urls, "token", 1)
    return {each: bots.order(each)[0] for each in IDS}


async def test_conversations_are_spread_evenly_and_always_alike() -> None:
    """Every desk process comes to the same bot, whatever the order of the addresses."""
    shares = Counter(first(THREE).values())
    assert all(abs(share - 1_000) < 150 for share in shares.values())
    assert first(THREE) == first(THREE[::-1])


async def test_a_bot_that_is_lost_or_added_moves_only_its_own_share() -> None:
    """What the others have stays with them."""
    three, two = first(THREE), first(THREE[:2])
    assert {each: bot for each, bot in three.items() if bot != THREE[2]}.items() <= two.items()


def question(conversation: str) -> dict[str, str]:
    return {"conversation": conversation, "message_id": "m1", "text": "hei", "channel": "widget", "locale": "fi"}


async def test_while_a_bot_is_away_another_answers_and_then_it_has_its_own_again() -> None:
    """At once, in the same question; and the one that is back is asked again by itself."""
    with ScriptedBot() as stays:
        with ScriptedBot() as goes:
            port = goes.port
            urls = tuple(f"http://127.0.0.1:{bot.port}" for bot in (stays, goes))
            bots = Bots(urls, "x" * 32, 5)
            its_own = next(each for each in IDS if bots.order(each)[0] == urls[1])
            await bots.ask(question(its_own))
            assert len(goes.questions) == 1
        said = await bots.ask(question(its_own))
        assert said.messages[0].text == "Bot: hei"
        assert len(stays.questions) == 1
        with ScriptedBot(port=port) as back:
            with anyio.fail_after(40):
                while not back.questions:
                    await bots.ask(question(its_own))
                    await anyio.sleep(0.2)
        await bots.close()


async def test_when_all_are_away_that_is_told() -> None:
    """The breaker of the worker goes on from there."""
    bots = Bots(("http://127.0.0.1:9", "http://127.0.0.1:10"), "x" * 32, 1)
    with pytest.raises(BotUnavailable):
        await bots.ask(question("c_1"))
    assert not await bots.healthy()
    await bots.close()
