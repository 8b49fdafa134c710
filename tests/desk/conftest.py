"""Databases of both kinds, and a real desk on a free port with a scripted bot."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from clients import supervisor  # noqa: E402
from databases import postgres_server  # noqa: E402
from parts import Clock, House, drop_database, make_database  # noqa: E402
from scripted_bot import ScriptedBot  # noqa: E402

from desk.conversation.hours import OpeningHours  # noqa: E402
from desk.conversation.rules import Rules  # noqa: E402
from desk.service.desk import Desk  # noqa: E402
from desk.service.hub import Hub  # noqa: E402
from desk.store.engine import Store, open_store  # noqa: E402
from desk.store.migrate import migrate  # noqa: E402
from ops.stack import Stack  # noqa: E402
from ops.warm import keep_warm  # noqa: E402

keep_warm("desk.bootstrap")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One server for all tests; each takes a database of its own."""
    with postgres_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has the tables and nothing in them, made once: each test takes a copy."""
    path = tmp_path_factory.mktemp("tables") / "desk.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_tables(postgres: str) -> str:
    """The name of a database that has the tables and nothing in them, made once: each test takes a copy."""
    url = asyncio.run(make_database(postgres))
    migrate(url)
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that has the tables."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_tables"), tmp_path / "desk.sqlite3")
        yield f"sqlite:///{path}"
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres", "postgres_tables"))
    url = asyncio.run(make_database(server, template))
    yield url
    asyncio.run(drop_database(url))


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = open_store(database)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return Desk(store, Hub(), Rules(), OpeningHours(ZoneInfo("Europe/Helsinki")), clock)


@pytest.fixture
def house(tmp_path: Path, sqlite_tables: Path) -> Iterator[House]:
    """A desk of its own, so that tests may kill it."""
    (tmp_path / "var").mkdir()
    shutil.copy(sqlite_tables, tmp_path / "var" / "desk.sqlite3")
    with ScriptedBot() as bot:
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("desk",), env=settings, var=tmp_path / "var").start()
        try:
            yield House(stack, bot)
        finally:
            stack.stop()


@pytest.fixture
async def boss(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with supervisor(house.url, *house.agent) as http:
        yield http
