"""A hundred times kill -9 of desks, bot, actions, PostgreSQL and Redis, under twenty messages a second, the real bot.

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
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
import pytest
from checker import faults, unanswered
from databases import RedisServer, Server, postgres_server
from lasting import Console, Widget
from staff import hire

from ops.stack import Stack

pytestmark = pytest.mark.anyio
KILLS = int(os.environ.get("ASPA_SOAK_KILLS", "100"))
CUSTOMERS = 40
PACE = 2.0
"""Seconds between a customer's messages: twenty a second from all."""
VICTIMS = ("desk", "second desk", "bot", "actions", "postgres", "redis")
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


@dataclass
class Town:
    """Everything as it is: two desk processes on PostgreSQL and Redis."""

    stack: Stack
    second: Stack
    postgres: Server
    redis: RedisServer

    @property
    def urls(self) -> tuple[str, str]:
        return self.stack.urls["desk"], self.second.urls["desk"]

    @property
    def login(self) -> tuple[str, str]:
        """Name and password of the demo's agent."""
        return self.stack.demo_agent

    def kill(self, name: str) -> None:
        """And start it again at once; the bot takes its time, and nobody waits for it."""
        match name:
            case "postgres":
                self.postgres.restart("immediate")
            case "redis":
                self.redis.kill()
                self.redis.start()
            case _:
                stack = self.second if name == "second desk" else self.stack
                program = name.split()[-1]
                if stack.code(program) is None:
                    stack.kill(program)
                stack.restart(program, wait=program == "desk")


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    with postgres_server() as postgres, RedisServer() as redis:
        env = {"ASPA_DATABASE_URL": postgres.url, "ASPA_REDIS_URL": redis.url}
        with Stack(env=env, var=folder / "var", seconds=300) as stack:
            shared = ("ASPA_BOT_TOKEN", "ASPA_SECRET_KEY", "ASPA_BOT_PORT", "ASPA_ACTIONS_PORT")
            of_first = {name: stack.env[name] for name in shared}
            with Stack(("desk",), env=env | of_first, var=folder / "second", seconds=300) as second:
                yield Town(stack, second, postgres, redis)


async def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Acknowledged messages lost 0, answers doubled 0, cases lost 0, claimed twice 0."""
    dice, killed = random.Random(7), Counter[str]()
    with town(tmp_path) as here:
        customers = [Widget(here.urls[number % 2], f"k{number}") for number in range(CUSTOMERS)]
        over = asyncio.Event()
        logins = (here.login, await hire(here.urls[0], here.login))
        agents = [asyncio.create_task(_help(*each)) for each in zip(here.urls, logins, strict=True)]
        async with AsyncExitStack() as sockets:
            for customer in customers:
                await sockets.enter_async_context(customer)
            writing = [asyncio.create_task(_write(customer, over)) for customer in customers]
            for _ in range(KILLS):
                await asyncio.sleep(dice.uniform(*BETWEEN))
                name = dice.choice(VICTIMS)
                killed[name] += 1
                await anyio.to_thread.run_sync(here.kill, name)
            over.set()
            await asyncio.gather(*writing)
            async with asyncio.timeout(SETTLE):
                while await anyio.to_thread.run_sync(unanswered, here.postgres.url):  # noqa: ASYNC110 - others do it
                    await asyncio.sleep(1)
            await asyncio.gather(*map(_come_back, customers))
        for agent in agents:
            agent.cancel()
        done = await asyncio.gather(*agents, return_exceptions=True)
        assert not [each for each in done if isinstance(each, Exception)], done
        histories = {each.name: each.history for each in customers}
        sent = sum(len(history.acknowledged) for history in histories.values())
        silent = sum(customer.silences for customer in customers)
        print(f"killed: {dict(killed)}; acknowledged messages: {sent}; connections given up for silence: {silent}")
        wrong = await anyio.to_thread.run_sync(faults, here.postgres.url, histories)
        assert not wrong, "\n".join(wrong)


async def _come_back(customer: Widget) -> None:
    """Whoever comes back has everything: what was said to the very end, once."""
    before = customer.connections
    await customer.drop()
    await customer.until(lambda: customer.connections > before and customer.caught_up)


async def _write(customer: Widget, over: asyncio.Event) -> None:
    texts = itertools.cycle(TEXTS)
    await asyncio.sleep(random.uniform(0, PACE))
    while not over.is_set():
        message = customer.new_id()
        answer = await customer.do(type="write", id=message, text=next(texts))
        assert answer["type"] == "ack", answer
        customer.history.acknowledged.append(message)
        await asyncio.sleep(PACE)
    await customer.until(lambda: customer.state.get("owner") != "queue", limit=SETTLE)


async def _help(url: str, login: tuple[str, str]) -> None:
    """Two agents want the same cases; each that they get is answered and given back."""
    async with Console(url, login) as agent:
        while True:
            for case in [str(each["id"]) for each in await agent.waiting()]:
                about = {"conversation": case}
                if (await agent.do(type="claim", id=secrets.token_hex(8), **about))["type"] == "ack":
                    returned = {"type": "reject"}
                    while returned["type"] != "ack":  # the customer may write at any moment, and wants an answer
                        said = await agent.do(type="reply", id=secrets.token_hex(8), text="Hoidan asian.", **about)
                        if said["type"] != "ack":
                            break  # given back to the queue meanwhile
                        returned = await agent.do(
                            type="return_to_bot", id=secrets.token_hex(8), seen=said["seq"], **about
                        )
            await asyncio.sleep(0.5)
