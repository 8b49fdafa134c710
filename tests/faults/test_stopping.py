"""The desk is told to stop under load, the bot hangs, the database server is restarted: what stays and what goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
import httpx
import pytest
from checker import faults
from databases import postgres_server
from fortress import open_fortress
from lasting import Console, Widget

from ops.child import Child

pytestmark = pytest.mark.anyio
WRITERS = 6
PATIENCE = 20.0
"""Seconds for what takes one or two on a quiet machine."""


async def test_sigterm_under_load_is_heard_within_ten_seconds_and_loses_nothing(tmp_path: Path) -> None:
    """Twice; the desk ends by itself with code 0, and customers come back."""
    with open_fortress(tmp_path / "var") as fortress:
        customers = [Widget(fortress.url, f"t{number}") for number in range(WRITERS)]
        over = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            writers = [group.create_task(_write_until(customer, over)) for customer in customers]
            for _ in range(2):
                await asyncio.sleep(1)
                start = time.monotonic()
                await anyio.to_thread.run_sync(fortress.stack.kill, "desk", signal.SIGTERM)
                assert time.monotonic() - start <= 10
                assert fortress.stack.code("desk") == 0
                await anyio.to_thread.run_sync(fortress.stack.restart, "desk")
            await asyncio.sleep(1)
            over.set()
        assert all(writer.result() for writer in writers)
        assert faults(fortress.database, {each.name: each.history for each in customers}) == []


async def test_a_bot_that_hangs_delays_no_acknowledgement_and_its_cases_go_to_people(tmp_path: Path) -> None:
    """SIGSTOP: its port takes connections and answers nothing. The breaker opens; when it goes on, so does the desk."""
    with bot_process() as bot, open_fortress(tmp_path / "var", bot.settings) as fortress:
        async with AsyncExitStack() as stack:
            customers = [await stack.enter_async_context(Widget(fortress.url, f"b{n}")) for n in range(WRITERS)]
            agent = await stack.enter_async_context(Console(fortress.url, fortress.login))
            for customer in customers:
                assert await customer.answered(await customer.write()) == "bot"
            bot.hang()
            start = time.monotonic()
            messages = [await customer.write() for customer in customers]
            assert (time.monotonic() - start) / WRITERS <= 1
            await customers[0].until(lambda: all(each.state["owner"] == "queue" for each in customers))
            assert len(await agent.waiting()) == WRITERS
            await agent.until(lambda: "bot_unavailable" in fortress.stack.log("desk"))
            async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False) as http:
                while (await http.get(f"{fortress.url}/health")).json()["bot"]:  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.1)
            bot.go_on()
            for customer, message in zip(customers, messages, strict=True):
                assert await customer.answered(message) == "bot"
                await customer.until(lambda customer=customer: customer.state["owner"] == "bot")
        assert faults(fortress.database, {each.name: each.history for each in customers}) == []


async def test_postgres_is_restarted_and_the_desk_goes_on_by_itself(tmp_path: Path) -> None:
    """Both ways: stopped in order, and killed."""
    with postgres_server() as server, open_fortress(tmp_path / "var", {"ASPA_DATABASE_URL": server.url}) as fortress:
        customers = [Widget(fortress.url, f"p{number}") for number in range(WRITERS)]
        over = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for customer in customers:
                group.create_task(_write_until(customer, over))
            for mode in ("fast", "immediate"):
                await asyncio.sleep(1)
                await anyio.to_thread.run_sync(server.restart, mode)
            await asyncio.sleep(1)
            over.set()
        histories = {each.name: each.history for each in customers}
        assert await anyio.to_thread.run_sync(faults, server.url, histories) == []
        assert fortress.stack.code("desk") is None
        assert "Traceback" not in fortress.stack.log("desk"), "an outage is foreseen, not a bug"


async def _write_until(customer: Widget, over: asyncio.Event) -> int:
    """A message after the other, each answered; how many. Below the widget's limit, so that none is refused."""
    async with customer:
        while not over.is_set():
            await customer.answered(await customer.write())
            await asyncio.sleep(0.4)
        return len(customer.history.acknowledged)


@dataclass
class BotProcess:
    """The scripted bot as a program of its own."""

    child: Child
    port: int

    @property
    def settings(self) -> dict[str, str]:
        return {"ASPA_BOT_URL": f"http://127.0.0.1:{self.port}", "ASPA_BOT_PORT": str(self.port)}

    def hang(self) -> None:
        self.child.signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.child.signal(signal.SIGCONT)


@contextmanager
def bot_process() -> Iterator[BotProcess]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    paths = os.pathsep.join(each for each in sys.path if each)
    command = [sys.executable, str(Path(__file__).with_name("bot_process.py")), str(port)]
    child = Child(command, {**os.environ, "PYTHONPATH": paths})
    try:
        yield BotProcess(child, port)
    finally:
        child.sweep()
