"""What those who run the desk can ask it."""

from __future__ import annotations

import secrets
from pathlib import Path

import anyio.to_thread
import httpx
import pytest
from clients import new_token, widget
from parts import House, make_database
from scripted_bot import ScriptedBot

from ops.stack import Stack

pytestmark = pytest.mark.anyio


async def ask(url: str, path: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(timeout=20) as http:
        return await http.get(url + path, headers=headers)


async def test_metrics_count_what_happens_and_name_nobody(house: House) -> None:
    """Messages by author and channel, answers with their time, cases; no text, no id."""
    customer = await widget(house.url, await new_token(house.url))
    async with customer:
        await customer.do(type="write", text="salainen lause")
        await customer.said("bot", "salainen lause")
        await customer.do(type="write", text="ota ihminen")
        await customer.until(lambda m: m["type"] == "state" and m["state"]["owner"] == "queue")
    text = (await ask(house.url, "/metrics")).text
    assert 'aspa_messages_total{author="customer",channel="widget"} 2.0' in text
    assert 'aspa_handoffs_total{channel="widget"} 1.0' in text
    assert 'aspa_conversations{owner="queue"} 1.0' in text
    assert "aspa_bot_answer_seconds_count 2.0" in text
    assert "salainen" not in text
    assert "c_" not in text.replace("gc_", "").replace("_sec_", "")


async def test_metrics_are_not_for_the_internet(house: House) -> None:
    """Without a token they are for this machine alone, and what a proxy passes on is not from this machine."""
    assert (await ask(house.url, "/metrics")).status_code == 200
    assert (await ask(house.url, "/metrics", **{"X-Forwarded-For": "127.0.0.1"})).status_code == 401


async def test_with_a_token_metrics_are_for_who_shows_it(tmp_path: Path) -> None:
    """Also on this machine."""
    token = secrets.token_urlsafe(32)
    with Stack(("desk",), env={"ASPA_METRICS_TOKEN": token}, var=tmp_path / "var") as stack:
        url = stack.urls["desk"]
        assert (await ask(url, "/metrics")).status_code == 401
        assert (await ask(url, "/metrics", Authorization=f"Bearer {token}")).status_code == 200


async def test_ready_is_who_has_a_database(postgres: str, tmp_path: Path) -> None:
    """A balancer sends nobody to a process that cannot store; the process lives on."""
    database = await make_database(postgres)
    with ScriptedBot() as bot:
        env = {"ASPA_DATABASE_URL": database, "ASPA_BOT_PORT": str(bot.port)}
        with Stack(("desk",), env=env, var=tmp_path / "var") as stack:
            url = stack.urls["desk"]
            assert (await ask(url, "/ready")).status_code == 200
            await anyio.to_thread.run_sync(_drop, database)
            answer = await ask(url, "/ready")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert (await ask(url, "/health")).status_code == 200


def _drop(database: str) -> None:
    """Takes the database away under the desk."""
    import asyncio

    import asyncpg

    server, _, name = database.rpartition("/")

    async def drop() -> None:
        connection = await asyncpg.connect(f"{server}/postgres")
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()

    asyncio.run(drop())
