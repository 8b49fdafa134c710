"""Customers and consoles as the protocol has them, and sessions for many of them at once."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from websockets.asyncio.client import ClientConnection, connect

from desk.service.accounts import SESSION
from desk.service.desk import new_conversation_id
from desk.store import accounts
from desk.store.accounts import AgentRow
from desk.store.engine import open_store, sqlite_engine
from desk.store.migrate import migrate
from ops.stack import demo_agent

LIMIT_SECONDS = 120
"""What has not come by then never comes: the part fails, and says so."""
type Json = dict[str, Any]


def file_of(var: Path) -> str:
    """The address of the SQLite file of a desk that works in `var`."""
    return f"sqlite:///{var}/desk.sqlite3"


def seed_sessions(url: str, count: int) -> list[str]:
    """Keys of new customers, written past the desk, which lets one address open only a few at a time."""
    migrate(url)
    engine = sqlite_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        tokens = [_session(connection) for _ in range(count)]
        connection.exec_driver_sql("COMMIT")
    engine.dispose()
    return tokens


def _session(connection: sa.Connection) -> str:
    token = secrets.token_urlsafe(32)
    accounts.add_customer_session(connection, token, new_conversation_id(), 0)
    return token


async def seed_agents(url: str, count: int) -> list[tuple[str, str]]:
    """(cookie, csrf token) of new agents, signed in past the desk. Theirs is no password, so nobody else signs in."""
    store = open_store(url)
    try:
        return await store.write(partial(_agents, count=count))
    finally:
        await store.close()


def _agents(connection: sa.Connection, count: int) -> list[tuple[str, str]]:
    now, sessions = int(time.time() * 1000), []
    for number in range(count):
        name, token, csrf = f"agent{number}", secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        row = AgentRow(
            id=f"a_{name}", name=name, display_name=name, role="agent", locale="fi", presence="online", active=True
        )
        accounts.add_agent(connection, row, "-", now)
        accounts.add_agent_session(connection, token, row.id, csrf, now, now + SESSION)
        sessions.append((token, csrf))
    return sessions


async def token_of(http: httpx.AsyncClient) -> str:
    """A customer's key, as the widget gets it."""
    answer = await http.post("/api/widget/session", json={"locale": "fi"})
    return str(answer.json()["token"])


async def customer(url: str, token: str) -> ClientConnection:
    """A widget that was welcomed."""
    socket = await connect(_socket(url, "widget"), origin=url, compression=None, max_size=None)  # type: ignore[arg-type]
    await socket.send(json.dumps({"type": "hello", "token": token, "after": 0, "locale": "fi"}))
    await until(socket, '"welcome"', lambda message: message["type"] == "welcome")
    return socket


async def sign_in(http: httpx.AsyncClient, var: Path) -> tuple[str, str]:
    """(cookie, csrf token) of the demo's agent."""
    name, password = demo_agent(var)
    answer = await http.post("/api/console/login", json={"name": name, "password": password})
    return answer.cookies["aspa_agent"], str(answer.json()["csrf"])


async def console(url: str, signed_in: tuple[str, str]) -> ClientConnection:
    """A console that was welcomed."""
    cookie, csrf = signed_in
    headers = {"Cookie": f"aspa_agent={cookie}"}
    options: Json = {"origin": url, "additional_headers": headers, "compression": None, "max_size": None}
    socket = await connect(_socket(url, "console"), **options)
    await socket.send(json.dumps({"type": "hello", "csrf": csrf}))
    await until(socket, '"welcome"', lambda message: message["type"] == "welcome")
    return socket


async def until(socket: ClientConnection, part: str, wanted: Callable[[Json], bool]) -> Json:
    """The first message for which `wanted` holds. Only those with `part` in them are read at all: what the load costs
    is taken from the desk."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            text = await socket.recv()
            if part in str(text) and wanted(message := json.loads(text)):
                found: Json = message
                return found


def _socket(url: str, kind: str) -> str:
    return f"{url.replace('http', 'ws', 1)}/api/{kind}/socket"
