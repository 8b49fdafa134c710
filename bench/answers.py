"""The bot's answers through the widget's socket, with more and more conversations at once."""

from __future__ import annotations

import asyncio
import json
import time

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bench.figures import Figures
from ops.stack import Stack

AT_ONCE = (1, 10, 50)
MESSAGES = (
    "Missä tilaukseni on?",
    "kuidas ma saan toote tagastada",
    "what are your opening hours?",
    "paljonko toimitus maksaa",
    "aitäh!",
    "can I pay by invoice",
)


async def answers() -> list[Figures]:
    """One row for each number of conversations."""
    with Stack(seconds=180) as stack:
        return [await _measure(stack.urls["desk"], count) for count in AT_ONCE]


async def _measure(url: str, count: int) -> Figures:
    seconds: list[float] = []

    async def customer(socket: ClientConnection) -> None:
        for number, text in enumerate(MESSAGES * 2):
            started = time.perf_counter()
            await socket.send(json.dumps({"type": "write", "id": f"m{number}", "text": text}))
            await _answered(socket)
            seconds.append(time.perf_counter() - started)

    sockets = [await _open(url) for _ in range(count)]
    started = time.perf_counter()
    await asyncio.gather(*map(customer, sockets))
    wall = time.perf_counter() - started
    for socket in sockets:
        await socket.close()
    return Figures(f"bot's answers, {count} at once", seconds, wall)


async def _open(url: str) -> ClientConnection:
    async with httpx.AsyncClient(headers={"Origin": url}) as http:
        token = (await http.post(f"{url}/api/widget/session", json={"locale": "fi"})).json()["token"]
    socket = await connect(url.replace("http", "ws", 1) + "/api/widget/socket", origin=url)  # type: ignore[arg-type]
    await socket.send(json.dumps({"type": "hello", "token": token, "after": 0, "locale": "fi"}))
    await socket.recv()
    return socket


async def _answered(socket: ClientConnection) -> None:
    while True:
        entries = json.loads(await socket.recv()).get("entries", ())
        if any(entry["author"]["role"] == "bot" for entry in entries):
            return
