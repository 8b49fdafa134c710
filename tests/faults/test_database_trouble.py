"""A database that cannot be written: nothing is acknowledged that is not stored; everybody hears when to come again."""

from __future__ import annotations

import asyncio
import json
import resource
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest
from checker import faults
from fortress import WEBHOOK_SECRET, Fortress, open_fortress
from lasting import Widget

from desk.connectors.webhook import PATH, Signature

pytestmark = pytest.mark.anyio
type Trouble = Callable[[Fortress], Any]


@contextmanager
def full(fortress: Fortress) -> Iterator[None]:
    """No file of the desk's can grow, as on a full disk: the database, its journal and the log."""
    pid = fortress.stack.pid("desk")
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def locked(fortress: Fortress) -> Iterator[None]:
    """Somebody else holds the database's write lock, and does not let go."""
    with closing(sqlite3.connect(fortress.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture(scope="module")
def fortress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fortress]:
    with open_fortress(tmp_path_factory.mktemp("trouble") / "var") as opened:
        yield opened


@pytest.mark.parametrize("trouble", [full, locked], ids=["full", "locked"])
async def test_nothing_is_acknowledged_that_is_not_stored(fortress: Fortress, trouble: Trouble) -> None:
    """503 with Retry-After over HTTP, a reject with `retry_after` on the socket; afterwards all goes on by itself."""
    name = f"d{secrets.token_hex(3)}"
    async with Widget(fortress.url, name) as customer:
        await customer.answered(await customer.write())
        with trouble(fortress):
            writing = asyncio.create_task(customer.write())
            for status, headers, body in await asyncio.gather(
                command(fortress, customer.token), delivery(fortress, f"{name}w-0"), session(fortress)
            ):
                assert status == 503, body
                assert int(headers["Retry-After"]) >= 1
            await customer.until(lambda: customer.refused.get("unavailable"))
            assert not writing.done()
        message = await writing
        await customer.answered(message)
        await customer.answered(await customer.write())
    assert faults(fortress.database, {name: customer.history}) == []
    assert fortress.stack.code("desk") is None


@pytest.mark.parametrize("trouble", [full, locked], ids=["full", "locked"])
async def test_what_runs_beside_goes_on_when_it_can_write_again(fortress: Fortress, trouble: Trouble) -> None:
    """The bot answers while nothing can be written, not even the log; afterwards its answers are stored and sent."""
    name = f"d{secrets.token_hex(3)}"
    fortress.bot.answering.clear()
    asked = len(fortress.bot.questions)
    async with Widget(fortress.url, name) as customer:
        try:
            message = await customer.write()
            async with asyncio.timeout(60):  # as services do: until it is taken
                while (await delivery(fortress, f"{name}w-0"))[0] != 200:  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
            await customer.until(lambda: len(fortress.bot.questions) >= asked + 2)
            with trouble(fortress):
                fortress.bot.answering.set()
                await customer.until(lambda: len(fortress.bot.questions) >= asked + 4)  # the answers went nowhere
        finally:
            fortress.bot.answering.set()
        await customer.answered(message)
        bodies = fortress.channel.bodies
        await customer.until(lambda: any(f"<{name}w-0>" in body["text"] for body in list(bodies.values())))


async def test_reading_goes_on_while_nothing_can_be_written(fortress: Fortress) -> None:
    """Customers who come back see what was said."""
    name = f"d{secrets.token_hex(3)}"
    async with Widget(fortress.url, name) as customer:
        message = await customer.write()
        await customer.answered(message)
        with full(fortress):
            await customer.drop()
            customer.history.arrived.clear()
            await customer.answered(message)


async def test_a_read_only_database_is_told_and_nothing_is_acknowledged(tmp_path: Path) -> None:
    with open_fortress(tmp_path / "var") as fortress:
        token = (await session(fortress))[2]["token"]
        await anyio.to_thread.run_sync(fortress.stack.kill, "desk")
    only_read = {"ASPA_DATABASE_URL": f"sqlite:///file:{fortress.database}?mode=ro&uri=true"}
    with open_fortress(tmp_path / "var", only_read) as fortress:
        status, headers, body = await command(fortress, token)
        assert status == 503, body
        assert int(headers["Retry-After"]) >= 1


type Answer = tuple[int, httpx.Headers, Any]


async def command(fortress: Fortress, token: str) -> Answer:
    """A customer's message where sockets are cut off."""
    headers = {"Authorization": f"Bearer {token}", "Origin": fortress.url}
    body = {"type": "write", "id": secrets.token_hex(8), "text": "Hei"}
    return await _post(fortress, "/api/widget/command", json.dumps(body).encode(), headers)


async def delivery(fortress: Fortress, name: str) -> Answer:
    """A message of another channel."""
    raw = json.dumps({"type": "message", "customer": name, "text": f"<{name}>", "locale": "fi"}).encode()
    return await _post(fortress, PATH, raw, Signature(WEBHOOK_SECRET).headers(name, raw))


async def session(fortress: Fortress) -> Answer:
    """Somebody new."""
    return await _post(fortress, "/api/widget/session", b'{"locale": "fi"}', {"Origin": fortress.url})


async def _post(fortress: Fortress, path: str, raw: bytes, headers: dict[str, str]) -> Answer:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        answer = await http.post(fortress.url + path, content=raw, headers=headers)
    return answer.status_code, answer.headers, answer.json()
