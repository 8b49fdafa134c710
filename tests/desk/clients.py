"""A customer's widget and an agent's console, as the protocol has them, for tests that need no browser."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect

type Json = dict[str, Any]
_ids = itertools.count(1)
LIMIT = 15.0


class Socket:
    """A WebSocket that keeps what came; `until` waits for a message of a kind."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.got: list[Json] = []

    async def send(self, **message: Any) -> str:
        """Send a message with an id of its own."""
        message.setdefault("id", f"t{next(_ids)}")
        await self.socket.send(json.dumps(message))
        return str(message["id"])

    async def until(self, wanted: Callable[[Json], bool], limit: float = LIMIT) -> Json:
        """The first message, of those already here or to come, for which `wanted` holds."""
        for message in self.got:
            if wanted(message):
                return message
        async with asyncio.timeout(limit):
            while True:
                message = json.loads(await self.socket.recv())
                self.got.append(message)
                if wanted(message):
                    return message

    async def answered(self, command: str) -> Json:
        """The ack or reject of a command."""
        return await self.until(lambda m: m["type"] in ("ack", "reject") and m["id"] == command)

    async def do(self, **message: Any) -> Json:
        """Send a command and wait for its answer."""
        return await self.answered(await self.send(**message))

    def entries(self) -> list[Json]:
        """All entries that came, as they came."""
        return [entry for message in self.got for entry in message.get("entries", [])]

    def texts(self, *roles: str) -> list[str]:
        """What these roles said."""
        return [e["text"] for e in self.entries() if e["kind"] == "message" and e["author"]["role"] in roles]

    async def said(self, role: str, part: str, limit: float = LIMIT) -> Json:
        """Wait until `role` has said something with `part` in it; the entry."""

        def found(message: Json) -> bool:
            return any(self._is(entry, role, part) for entry in message.get("entries", []))

        message = await self.until(found, limit)
        return next(entry for entry in message["entries"] if self._is(entry, role, part))

    @staticmethod
    def _is(entry: Json, role: str, part: str) -> bool:
        return entry["kind"] in ("message", "note") and entry["author"]["role"] == role and part in entry["text"]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()


async def new_token(url: str, locale: str = "fi") -> str:
    """A customer's session."""
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{url}/api/widget/session", json={"locale": locale}, headers={"Origin": url})
        answer.raise_for_status()
        return str(answer.json()["token"])


async def widget(url: str, token: str, after: int = 0, locale: str = "fi", origin: str | None = None) -> Socket:
    """A customer's widget that has said hello and was welcomed (or not: look at `got[0]`)."""
    address = url.replace("http", "ws", 1) + "/api/widget/socket"
    socket = Socket(await connect(address, origin=origin or url, max_size=None))  # type: ignore[arg-type]
    await socket.socket.send(json.dumps({"type": "hello", "token": token, "after": after, "locale": locale}))
    await socket.until(lambda m: m["type"] in ("welcome", "error"))
    return socket


async def console(url: str, name: str, password: str) -> Socket:
    """An agent's console, signed in."""
    async with httpx.AsyncClient(headers={"Origin": url}) as http:
        answer = await http.post(f"{url}/api/console/login", json={"name": name, "password": password})
        answer.raise_for_status()
        cookie, csrf = answer.cookies["aspa_agent"], answer.json()["csrf"]
    address = url.replace("http", "ws", 1) + "/api/console/socket"
    headers = {"Cookie": f"aspa_agent={cookie}"}
    socket = Socket(await connect(address, origin=url, additional_headers=headers, max_size=None))  # type: ignore[arg-type]
    await socket.socket.send(json.dumps({"type": "hello", "csrf": csrf}))
    await socket.until(lambda m: m["type"] == "welcome")
    return socket


@asynccontextmanager
async def supervisor(url: str, name: str, password: str) -> AsyncIterator[httpx.AsyncClient]:
    """A supervisor's browser, signed in."""
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=60) as http:
        answer = await http.post("/api/console/login", json={"name": name, "password": password})
        http.headers["X-CSRF-Token"] = answer.json()["csrf"]
        yield http
