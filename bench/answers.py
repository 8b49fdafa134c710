"""The bot's answers through the widget's socket, with more and more conversations at once, beside stock Rasa's."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bench.figures import Figures
from bench.memory import resident
from bench.stock import CONFIGURATIONS, stock
from ops.stack import Stack

AT_ONCE = (1, 10, 50, 200)
MESSAGES = (
    "Missä tilaukseni on?",
    "kuidas ma saan toote tagastada",
    "what are your opening hours?",
    "paljonko toimitus maksaa",
    "aitäh!",
    "can I pay by invoice",
)

type Ask = Callable[[str], Awaitable[None]]
"""Write a message and wait for its answer."""


@dataclass(frozen=True)
class Answering:
    """One program: its times by conversations at once, MiB held, seconds from start to first answer."""

    name: str
    figures: list[Figures]
    memory: float
    ready: float


async def aspa() -> Answering:
    """Desk, bot and action server together."""
    started = time.perf_counter()
    with Stack(seconds=180) as stack:
        url = stack.urls["desk"]
        first = await _open(url)
        await _ask(first)(MESSAGES[0])
        ready = time.perf_counter() - started
        await first.close()
        figures = [await _through_the_desk(url, count) for count in AT_ONCE]
        memory = sum(resident(stack.pid(name)) for name in ("desk", "bot", "actions"))
        return Answering("Aspa: desk, bot and actions", figures, memory, ready)


async def stock_rasa() -> list[Answering]:
    """Stock Rasa in each of its configurations, over its REST channel."""
    return [await _stock(name) for name in CONFIGURATIONS]


async def _stock(name: str) -> Answering:
    with stock(name, _free_port()) as running:
        figures = [await _over_rest(running.url, name, count) for count in AT_ONCE]
        return Answering(f"stock Rasa, {name}", figures, running.memory, running.ready)


async def _through_the_desk(url: str, count: int) -> Figures:
    sockets = [await _open(url) for _ in range(count)]
    figures = await _measure(f"Aspa, {count} at once", [_ask(each) for each in sockets])
    for each in sockets:
        await each.close()
    return figures


async def _over_rest(url: str, name: str, count: int) -> Figures:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=600, limits=limits) as http:

        def customer(number: int) -> Ask:
            async def ask(text: str) -> None:
                answer = await http.post(url, json={"sender": f"{count}-{number}", "message": text})
                if not answer.json():
                    raise RuntimeError("stock Rasa gave no answer")

            return ask

        return await _measure(f"stock Rasa, {name}, {count} at once", [customer(number) for number in range(count)])


async def _measure(name: str, customers: list[Ask]) -> Figures:
    seconds: list[float] = []

    async def talk(ask: Ask) -> None:
        for text in MESSAGES * 2:
            started = time.perf_counter()
            await ask(text)
            seconds.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*map(talk, customers))
    return Figures(name, seconds, time.perf_counter() - started)


def _ask(peer: ClientConnection) -> Ask:
    numbers = iter(range(1_000_000))

    async def ask(text: str) -> None:
        await peer.send(json.dumps({"type": "write", "id": f"m{next(numbers)}", "text": text}))
        while True:
            entries = json.loads(await peer.recv()).get("entries", ())
            if any(entry["author"]["role"] == "bot" for entry in entries):
                return

    return ask


async def _open(url: str) -> ClientConnection:
    async with httpx.AsyncClient(headers={"Origin": url}) as http:
        token = (await http.post(f"{url}/api/widget/session", json={"locale": "fi"})).json()["token"]
    peer = await connect(url.replace("http", "ws", 1) + "/api/widget/socket", origin=url)  # type: ignore[arg-type]
    await peer.send(json.dumps({"type": "hello", "token": token, "after": 0, "locale": "fi"}))
    await peer.recv()
    return peer


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
