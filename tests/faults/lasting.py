"""A widget and a console that hold through kills: they come back with their cursor and send again what stands open."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import httpx
from checker import History
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

type Json = dict[str, Any]
AWAY = ("unavailable", "rate_limited")
"""Rejects after which the same command is sent again: nothing was accepted."""
BREATH = 0.05
LOOK = 0.1
LIMIT = 300.0
SILENCE = 15.0
"""Seconds without a message after which a sign of life is asked for, and again until the connection is given up."""


class Lasting:
    """Commands until they are answered, over as many connections as it takes."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.got: list[Json] = []
        self.connections = 0
        self.refused: Counter[str] = Counter()
        """How often a command was put off, by the reject's code."""
        self.silences = 0
        """Connections that lived and said nothing."""
        self._open: dict[str, tuple[Json, asyncio.Future[Json]]] = {}
        self._came = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._stay())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def do(self, **command: Any) -> Json:
        """The ack, or a reject that is no outage."""
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._open[command["id"]] = (command, answer)
        await self._send(command)
        async with asyncio.timeout(LIMIT):
            return await answer

    async def until(self, holds: Callable[[], Any], limit: float = LIMIT) -> Any:
        """Wait until it holds, looking again whenever something comes, and now and then; what it gave."""
        async with asyncio.timeout(limit):
            while not (found := holds()):
                self._came.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._came.wait(), LOOK)
        return found

    async def drop(self) -> None:
        """The network breaks."""
        if self._socket:
            self._socket.transport.abort()

    async def _stay(self) -> None:
        while True:
            with suppress(OSError, WebSocketException, TimeoutError, httpx.HTTPError):
                async with await self._connect() as socket:
                    await self._hello(socket)
                    self.connections += 1
                    self._socket = socket
                    for command, _ in list(self._open.values()):
                        await self._send(command)
                    await self._listen(socket)
            self._socket = None
            await asyncio.sleep(BREATH)

    async def _listen(self, socket: ClientConnection) -> None:
        """Until the connection breaks, or nothing comes any more: then the client comes back, as ours do."""
        asked = False
        while True:
            try:
                self._take(json.loads(await asyncio.wait_for(socket.recv(), SILENCE)))
                asked = False
            except TimeoutError:
                if asked:
                    self.silences += 1
                    return
                asked = True
                await socket.send('{"type": "ping"}')

    async def _send(self, message: Json) -> None:
        if self._socket:
            with suppress(WebSocketException):
                await self._socket.send(json.dumps(message))

    def _take(self, message: Json) -> None:
        self._read(message)
        self._came.set()
        if message["type"] not in ("ack", "reject") or message["id"] not in self._open:
            return
        command, answer = self._open[message["id"]]
        if message["type"] == "reject" and message["code"] in AWAY:
            self.refused[message["code"]] += 1
            asyncio.get_running_loop().call_later(message.get("retry_after", 0.5), self._again, command)
            return
        del self._open[message["id"]]
        if not answer.done():
            answer.set_result(message)

    def _again(self, command: Json) -> None:
        if command["id"] in self._open:
            asyncio.get_running_loop().create_task(self._send(command))

    def _read(self, message: Json) -> None:
        self.got.append(message)

    async def _connect(self) -> Any:
        raise NotImplementedError

    async def _hello(self, socket: ClientConnection) -> None:
        raise NotImplementedError


class Widget(Lasting):
    """A customer. Ids of messages begin with `name`, by which the checker knows whose history it is."""

    def __init__(self, url: str, name: str, language: str = "fi") -> None:
        super().__init__(url)
        self.name = name
        self.language = language
        self.history = History()
        self.entries: dict[int, Json] = {}
        self.state: Json = {}
        self.caught_up = False
        self._numbers = itertools.count()
        self.token = ""

    async def write(self, text: str = "") -> str:
        """A message that names itself and wants an answer; its id, once it was acknowledged."""
        message = self.new_id()
        answer = await self.do(type="write", id=message, text=f"{text} <{message}>".strip())
        assert answer["type"] == "ack", answer
        self.history.acknowledged.append(message)
        return message

    def new_id(self) -> str:
        """For a message or a press."""
        return f"{self.name}-{next(self._numbers)}"

    async def answered(self, message: str, limit: float = LIMIT) -> str:
        """Who answered this message, the bot or an agent."""
        role: str = await self.until(lambda: self._answer(message), limit)
        return role

    def _answer(self, message: str) -> str | None:
        said = ((role, text) for role, text in self.history.arrived.values() if role in ("bot", "agent"))
        return next((role for role, text in said if f"<{message}>" in text), None)

    def _read(self, message: Json) -> None:
        super()._read(message)
        for entry in message.get("entries", ()):
            self.history.saw(entry)
            self.entries[entry["seq"]] = entry
        self.state = message.get("state") or self.state
        if message["type"] in ("welcome", "entries"):
            self.caught_up = not message["more"]

    async def _connect(self) -> Any:
        if not self.token:
            async with httpx.AsyncClient(trust_env=False) as http:
                body, origin = {"locale": self.language}, {"Origin": self.url}
                answer = await http.post(f"{self.url}/api/widget/session", json=body, headers=origin)
                answer.raise_for_status()
                self.token = answer.json()["token"]
        return connect(self.url.replace("http", "ws", 1) + "/api/widget/socket", origin=self.url, max_size=None)  # type: ignore[arg-type]

    async def _hello(self, socket: ClientConnection) -> None:
        after, self.caught_up = max(self.history.arrived, default=0), False
        await socket.send(json.dumps({"type": "hello", "token": self.token, "after": after, "locale": self.language}))


class Console(Lasting):
    """An agent at work."""

    def __init__(self, url: str, login: tuple[str, str]) -> None:
        super().__init__(url)
        self.cases: dict[str, Json] = {}
        """The newest summary of each conversation."""
        self._login = login
        self._cookie, self._csrf = "", ""

    async def _connect(self) -> Any:
        if not self._cookie:
            async with httpx.AsyncClient(trust_env=False) as http:
                body = {"name": self._login[0], "password": self._login[1]}
                answer = await http.post(f"{self.url}/api/console/login", json=body, headers={"Origin": self.url})
                answer.raise_for_status()
                self._cookie, self._csrf = answer.cookies["aspa_agent"], answer.json()["csrf"]
        return connect(
            self.url.replace("http", "ws", 1) + "/api/console/socket",
            origin=self.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"aspa_agent={self._cookie}"},
            max_size=None,
        )

    async def _hello(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"type": "hello", "csrf": self._csrf}))

    async def waiting(self) -> list[Json]:
        """The queue's first page, by asking for it; empty when the desk does not answer."""
        async with httpx.AsyncClient(trust_env=False, cookies={"aspa_agent": self._cookie}, timeout=5) as http:
            with suppress(httpx.HTTPError):
                answer = await http.get(f"{self.url}/api/console/conversations?view=waiting")
                if answer.status_code == 200:
                    found: list[Json] = answer.json()["conversations"]
                    return found
        return []

    async def finds(self, text: str, limit: float = LIMIT) -> str:
        """The waiting conversation in which the customer said this last."""
        async with asyncio.timeout(limit):
            while True:
                for each in await self.waiting():
                    if text in (each["preview"] or {"text": ""})["text"]:
                        return str(each["id"])
                await asyncio.sleep(LOOK)

    def _read(self, message: Json) -> None:
        if message["type"] == "summary":
            summary = message["summary"]
            if self.cases.get(summary["id"], {"seq": 0})["seq"] <= summary["seq"]:
                self.cases[summary["id"]] = summary
