"""A hundred times kill -9 of desk, bot, actions and PostgreSQL, under twenty messages a second, with the real bot.

ASPA_SOAK_KILLS: how many. What customers saw is compared with the database by tests/faults/checker.py.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio.to_thread
import pytest
from checker import faults, unanswered
from databases import Server, postgres_server
from lasting import Console, Widget

from ops.stack import Stack

pytestmark = pytest.mark.anyio
KILLS = int(os.environ.get("ASPA_SOAK_KILLS", "100"))
CUSTOMERS = 40
PACE = 2.0
"""Seconds between a customer's messages: twenty a second from all."""
BETWEEN = (2.0, 5.0)
SETTLE = 300.0
"""Seconds in which everything that is open must be answered after the last kill."""
TEXTS = (
    "Missä tilaukseni 100233 viipyy? maija.virtanen@example.fi",
    "mitä toimitus maksaa",
    "kus mu tellimus 100236 on, mari.tamm@example.ee",
    "How many days do I have to return something?",
    "kiitos",
)


async def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Acknowledged messages lost 0, answers doubled 0, cases lost 0, claimed twice 0."""
    dice, killed = random.Random(7), Counter[str]()
    with house(tmp_path / "var") as (stack, server):
        customers = [Widget(stack.urls["desk"], f"k{number}") for number in range(CUSTOMERS)]
        over = asyncio.Event()
        agents = [asyncio.create_task(_help(stack)) for _ in range(2)]
        writing = [asyncio.create_task(_write(customer, over)) for customer in customers]
        for _ in range(KILLS):
            await asyncio.sleep(dice.uniform(*BETWEEN))
            name = dice.choice(("desk", "bot", "actions", "postgres"))
            killed[name] += 1
            await anyio.to_thread.run_sync(_kill, stack, server, name)
        over.set()
        await asyncio.gather(*writing)
        histories = {each.name: each.history for each in customers}
        async with asyncio.timeout(SETTLE):
            while await anyio.to_thread.run_sync(unanswered, server.url):  # noqa: ASYNC110 - other processes do it
                await asyncio.sleep(1)
        for agent in agents:
            agent.cancel()
        done = await asyncio.gather(*agents, return_exceptions=True)
        assert not [each for each in done if isinstance(each, Exception)], done
        sent = sum(len(history.acknowledged) for history in histories.values())
        print(f"killed: {dict(killed)}; acknowledged messages: {sent}")
        assert await anyio.to_thread.run_sync(faults, server.url, histories) == []


@contextmanager
def house(var: Path) -> Iterator[tuple[Stack, Server]]:
    """Everything as it is, on PostgreSQL."""
    with postgres_server() as server, Stack(env={"ASPA_DATABASE_URL": server.url}, var=var, seconds=300) as stack:
        yield stack, server


def _kill(stack: Stack, server: Server, name: str) -> None:
    """And start it again at once; the bot takes its time, and nobody waits for it."""
    if name == "postgres":
        server.restart("immediate")
        return
    if stack.code(name) is None:
        stack.kill(name)
    stack.restart(name, wait=name == "desk")


async def _write(customer: Widget, over: asyncio.Event) -> None:
    texts = itertools.cycle(TEXTS)
    await asyncio.sleep(random.uniform(0, PACE))
    async with customer:
        while not over.is_set():
            message = customer.new_id()
            answer = await customer.do(type="write", id=message, text=next(texts))
            assert answer["type"] == "ack", answer
            customer.history.acknowledged.append(message)
            await asyncio.sleep(PACE)
        await customer.until(lambda: customer.state.get("owner") != "queue", limit=SETTLE)


async def _help(stack: Stack) -> None:
    """Two agents want the same cases; each that they get is answered and given back."""
    lines = (stack.var / "demo-agent.txt").read_text().splitlines()
    login = (lines[0].partition(": ")[2], lines[1].partition(": ")[2])
    async with Console(stack.urls["desk"], login) as agent:
        while True:
            for case in [str(each["id"]) for each in await agent.waiting()]:
                about = {"conversation": case}
                if (await agent.do(type="claim", id=secrets.token_hex(8), **about))["type"] == "ack":
                    await agent.do(type="reply", id=secrets.token_hex(8), text="Hoidan asian.", **about)
                    await agent.do(type="return_to_bot", id=secrets.token_hex(8), **about)
            await asyncio.sleep(0.5)
