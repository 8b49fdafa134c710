"""Two desk processes on one PostgreSQL and one Redis, without sticky sessions: they are one desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import anyio
import anyio.to_thread
import httpx
import pytest
from clients import Socket, console, new_token, widget
from databases import RedisServer
from parts import make_database
from scripted_bot import ScriptedBot
from websockets.exceptions import ConnectionClosed

from ops.stack import Stack

pytestmark = pytest.mark.anyio
LIMIT = 40.0
BEFORE_THE_NEXT_BEAT = 12.0
"""Seconds. A console asks by itself 15 s after its beginning whether its session lives."""
SHARED = {name: f"{name}-shared-by-both-processes-of-the-test" for name in ("ASPA_BOT_TOKEN", "ASPA_SECRET_KEY")}


@dataclass
class Pair:
    """Two processes; `left` was started first."""

    left: Stack
    right: Stack
    redis: RedisServer
    bot: ScriptedBot

    async def console(self, stack: Stack) -> Socket:
        return await console(stack.urls["desk"], *self.left.demo_agent)

    async def widget(self, stack: Stack, token: str = "") -> tuple[Socket, str]:
        token = token or await new_token(self.left.urls["desk"])
        return await widget(stack.urls["desk"], token), token


@pytest.fixture
async def pair(postgres: str, tmp_path: Path) -> AsyncIterator[Pair]:
    database = await make_database(postgres)
    with ScriptedBot() as bot, RedisServer() as redis:
        bot_at = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        env = {"ASPA_DATABASE_URL": database, "ASPA_REDIS_URL": redis.url, **SHARED, **bot_at}
        stacks = [Stack(("desk",), env=env, var=tmp_path / name) for name in ("left", "right")]
        try:
            for stack in stacks:
                await anyio.to_thread.run_sync(stack.start)
            yield Pair(*stacks, redis, bot)
        finally:
            for stack in stacks:
                await anyio.to_thread.run_sync(stack.stop)


async def until(holds: Callable[[], bool]) -> None:
    with anyio.fail_after(LIMIT):
        while not holds():  # noqa: ASYNC110 - a log tells nobody
            await anyio.sleep(0.1)


async def sign_out_elsewhere(stack: Stack) -> None:
    """The agent ends all other sessions at this process."""
    url = stack.urls["desk"]
    name, password = stack.demo_agent
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as http:
        answer = await http.post("/api/console/login", json={"name": name, "password": password})
        http.headers["X-CSRF-Token"] = answer.json()["csrf"]
        (await http.post("/api/console/account/end_sessions", json={})).raise_for_status()


async def waiting_case(agent: Socket) -> str:
    found = await agent.until(lambda m: m["type"] == "summary" and m["summary"]["owner"] == "queue", LIMIT)
    return str(found["summary"]["id"])


async def test_a_customer_at_one_process_and_an_agent_at_another_talk_as_at_one(pair: Pair) -> None:
    """The case shows in the other's list at once, the reply arrives, and so do typing and the agent's name; who signs
    out at the one is out at the other, too."""
    agent = await pair.console(pair.right)
    customer, _ = await pair.widget(pair.left)
    async with agent, customer:
        await customer.do(type="write", text="ota ihminen")
        case = await waiting_case(agent)
        assert (await agent.do(type="open", conversation=case, after=0))["type"] == "ack"
        assert (await agent.do(type="claim", conversation=case))["type"] == "ack"
        await customer.until(lambda m: m["type"] == "state" and m["state"]["owner"] == "agent", LIMIT)
        await agent.send(type="typing", conversation=case, on=True)
        await customer.until(lambda m: m["type"] == "typing", LIMIT)
        await agent.do(type="reply", conversation=case, text="Hei, täällä Liisa.")
        await customer.said("agent", "täällä Liisa", LIMIT)
        await customer.do(type="write", text="hyvä")
        await agent.said("customer", "hyvä", LIMIT)
        fresh = await pair.console(pair.right)
        with anyio.fail_after(BEFORE_THE_NEXT_BEAT):
            await sign_out_elsewhere(pair.left)
            with pytest.raises(ConnectionClosed):
                while True:
                    await fresh.socket.recv()


async def test_agents_see_each_other_at_a_case_over_processes(pair: Pair) -> None:
    """Who looks at a case is known in all processes; when a process dies, its agents are no longer shown."""
    here, there = await pair.console(pair.left), await pair.console(pair.right)
    customer, _ = await pair.widget(pair.left)
    async with here, there, customer:
        await customer.do(type="write", text="ota ihminen")
        case = await waiting_case(here)
        await here.do(type="open", conversation=case, after=0)
        await there.do(type="open", conversation=case, after=0)

        def viewed(message: dict[str, object]) -> bool:
            return message["type"] == "viewers" and message["conversation"] == case

        await here.until(viewed, LIMIT)
        here.got.clear()
        pair.right.kill("desk")
        await here.until(viewed, LIMIT)


async def test_without_redis_everything_arrives_and_after_it_too(pair: Pair) -> None:
    """While Redis is away the processes read the log; when it is back they tell each other again."""
    agent = await pair.console(pair.right)
    customer, _ = await pair.widget(pair.left)
    async with agent, customer:
        await customer.do(type="write", text="ota ihminen")
        case = await waiting_case(agent)
        await agent.do(type="open", conversation=case, after=0)
        await agent.do(type="claim", conversation=case)
        await anyio.to_thread.run_sync(pair.redis.kill)
        await agent.do(type="reply", conversation=case, text="ilman Redistä")
        await customer.said("agent", "ilman Redistä", LIMIT)
        await customer.do(type="write", text="luen kyllä")
        await agent.said("customer", "luen kyllä", LIMIT)
        await anyio.to_thread.run_sync(pair.redis.start)
        for number in range(5):
            await agent.do(type="reply", conversation=case, text=f"taas {number}")
            await customer.said("agent", f"taas {number}", LIMIT)
        texts = customer.texts("agent")
        assert texts == ["ilman Redistä", *(f"taas {number}" for number in range(5))]


async def test_what_a_dead_process_left_undone_another_does(pair: Pair) -> None:
    """The bot's turn and the timers of a process that was killed go on in the other; the answer comes once."""
    await until(lambda: "keeper_begins" in pair.left.log("desk"))
    assert "keeper_begins" not in pair.right.log("desk")
    pair.bot.answering.clear()
    customer, token = await pair.widget(pair.left)
    await customer.do(type="write", text="missä paketti")
    await until(lambda: any("paketti" in each["text"] for each in pair.bot.questions))
    pair.left.kill("desk")
    pair.bot.answering.set()
    await until(lambda: "keeper_begins" in pair.right.log("desk"))
    other, _ = await pair.widget(pair.right, token)
    async with other:
        await other.until(lambda m: bool(m.get("entries")) and "Bot: missä paketti" in other.texts("bot"), LIMIT)
        assert other.texts("bot").count("Bot: missä paketti") == 1


async def test_what_was_acknowledged_by_one_process_another_knows(pair: Pair) -> None:
    """A message sent again through another process changes nothing."""
    customer, token = await pair.widget(pair.left)
    async with customer:
        first = await customer.do(type="write", id="same", text="hei")
        other, _ = await pair.widget(pair.right, token)
        async with other:
            again = await other.do(type="write", id="same", text="hei")
    assert (first["type"], first["seq"]) == (again["type"], again["seq"])
