"""Databases of both kinds, and a real desk on a free port with a scripted bot."""

from __future__ import annotations

import itertools
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import anyio.to_thread  # noqa: E402
from databases import postgres_server  # noqa: E402
from scripted_bot import ScriptedBot  # noqa: E402

from desk.conversation.hours import OpeningHours  # noqa: E402
from desk.conversation.rules import Rules  # noqa: E402
from desk.service.desk import Desk  # noqa: E402
from desk.service.hub import Hub  # noqa: E402
from desk.store.engine import Store, open_store  # noqa: E402
from desk.store.migrate import migrate  # noqa: E402
from ops.stack import Stack  # noqa: E402

_numbers = itertools.count(1)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One server for all tests; each takes a database of its own."""
    with postgres_server() as server:
        yield server.url


async def _make_database(server: str) -> str:
    import asyncpg

    name = f"test_{next(_numbers)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return f"{server.rpartition('/')[0]}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that has the tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/desk.sqlite3"
    else:
        url = await _make_database(request.getfixturevalue("postgres"))
    await anyio.to_thread.run_sync(migrate, url)
    return url


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = open_store(database)
    yield opened
    await opened.close()


@dataclass
class Clock:
    """Time that stands until a test moves it; milliseconds since 1970 UTC."""

    at: int = 1_763_700_000_000

    def __call__(self) -> int:
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += int(seconds * 1000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return Desk(store, Hub(), Rules(), OpeningHours(ZoneInfo("Europe/Helsinki")), clock)


@dataclass
class House:
    """A desk process and its bot."""

    stack: Stack
    bot: ScriptedBot

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]

    @property
    def agent(self) -> tuple[str, str]:
        """Name and password of the demo's agent."""
        lines = (self.stack.var / "demo-agent.txt").read_text().splitlines()
        name, password = (line.partition(": ")[2] for line in lines)
        return name, password


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A desk of its own, so that tests may kill it."""
    with ScriptedBot() as bot:
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("desk",), env=settings, var=tmp_path / "var").start()
        try:
            yield House(stack, bot)
        finally:
            stack.stop()
