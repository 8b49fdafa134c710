"""Customer → agent → customer through the desk, beside a bare Sanic socket with one SQLite insert a message."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bench.figures import Figures
from ops.stack import Stack

CUSTOMERS = 80
ROUNDS = 15
"""Messages of one customer: fewer than the widget's burst limit, so that no limit is measured."""
CONSOLES = 20


async def person_to_person() -> Figures:
    """Each customer writes, waits for the agent's reply, and writes again; the time of a message is there and back."""
    with Stack(("desk",)) as stack:
        url = stack.urls["desk"]
        async with httpx.AsyncClient(headers={"Origin": url}, base_url=url) as http:
            customers = [await _customer(http, url) for _ in range(CUSTOMERS)]
            consoles = [await _console(http, url, stack.var) for _ in range(CONSOLES)]
            cases = await _waiting(http)
            helpers = [
                asyncio.create_task(_help(console, cases[number::CONSOLES])) for number, console in enumerate(consoles)
            ]
            await asyncio.gather(*(_until(customer, _joined) for customer in customers))
            figures = await _measure("through the desk", [_exchange(customer) for customer in customers])
            for helper in helpers:
                helper.cancel()
            return figures


async def bare() -> Figures:
    """The same exchange with the least that could keep a message."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.bare", str(Path(folder) / "bare.sqlite3")]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220, S603 - our own program
        try:
            assert server.stdout is not None  # noqa: S101
            address = server.stdout.readline().strip()
            sockets = [await connect(address) for _ in range(CUSTOMERS)]
            return await _measure("bare socket and insert", [_echo(socket) for socket in sockets])
        finally:
            server.terminate()
            server.wait()


async def _measure(name: str, exchanges: list[Callable[[int], Awaitable[None]]]) -> Figures:
    seconds: list[float] = []

    async def one(exchange: Callable[[int], Awaitable[None]]) -> None:
        for number in range(ROUNDS):
            started = time.perf_counter()
            await exchange(number)
            seconds.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*map(one, exchanges))
    return Figures(name, seconds, time.perf_counter() - started)


def _exchange(customer: ClientConnection) -> Callable[[int], Awaitable[None]]:
    async def exchange(number: int) -> None:
        await customer.send(json.dumps({"type": "write", "id": f"m{number}", "text": f"viesti {number}"}))
        await _until(customer, lambda message: _has(message, f"vastaus: viesti {number}"))

    return exchange


def _echo(socket: ClientConnection) -> Callable[[int], Awaitable[None]]:
    async def exchange(number: int) -> None:
        await socket.send(json.dumps({"type": "write", "id": f"m{number}", "text": f"viesti {number}"}))
        await socket.recv()

    return exchange


async def _customer(http: httpx.AsyncClient, url: str) -> ClientConnection:
    token = (await http.post("/api/widget/session", json={"locale": "fi"})).json()["token"]
    socket = await connect(url.replace("http", "ws", 1) + "/api/widget/socket", origin=url)  # type: ignore[arg-type]
    await socket.send(json.dumps({"type": "hello", "token": token, "after": 0, "locale": "fi"}))
    await socket.send(json.dumps({"type": "human", "id": "h"}))
    await _until(socket, lambda message: message["type"] == "ack")
    return socket


async def _console(http: httpx.AsyncClient, url: str, var: Path) -> ClientConnection:
    name, password = (line.partition(": ")[2] for line in (var / "demo-agent.txt").read_text().splitlines())
    answer = await http.post("/api/console/login", json={"name": name, "password": password})
    headers = {"Cookie": f"aspa_agent={answer.cookies['aspa_agent']}"}
    address = url.replace("http", "ws", 1) + "/api/console/socket"
    socket = await connect(address, origin=url, additional_headers=headers)  # type: ignore[arg-type]
    await socket.send(json.dumps({"type": "hello", "csrf": answer.json()["csrf"]}))
    return socket


async def _waiting(http: httpx.AsyncClient) -> list[str]:
    """All cases of the queue."""
    cases: list[str] = []
    after = ""
    while True:
        page = (await http.get(f"/api/console/conversations?view=waiting&after={after}")).json()
        cases += [each["id"] for each in page["conversations"]]
        if not page["next"]:
            return cases
        after = page["next"]


async def _help(console: ClientConnection, cases: list[str]) -> None:
    """An agent who answers everything at once."""
    numbers = iter(range(1_000_000))
    for case in cases:
        await console.send(json.dumps({"type": "open", "id": f"o{case}", "conversation": case, "after": 0}))
        await console.send(json.dumps({"type": "claim", "id": f"c{case}", "conversation": case}))
    while True:
        message = json.loads(await console.recv())
        for entry in message.get("entries", ()):
            if entry["kind"] == "message" and entry["author"]["role"] == "customer":
                reply = {"type": "reply", "id": f"r{next(numbers)}", "text": f"vastaus: {entry['text']}"}
                await console.send(json.dumps({**reply, "conversation": message["conversation"]}))


async def _until(socket: ClientConnection, wanted: Callable[[dict[str, Any]], bool]) -> None:
    while not wanted(json.loads(await socket.recv())):
        pass


def _joined(message: dict[str, Any]) -> bool:
    return bool(message["type"] == "state" and message["state"]["owner"] == "agent")


def _has(message: dict[str, Any], text: str) -> bool:
    return any(entry["text"] == text for entry in message.get("entries", ()))
