"""kill -9 of the desk under load, with a bot that hangs now and then: nothing is lost or doubled, all is answered."""

from __future__ import annotations

import asyncio
import json
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from checker import History, faults
from clients import new_token
from scripted_bot import ScriptedBot, said
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from ops.stack import Stack

pytestmark = pytest.mark.anyio
CUSTOMERS = 6
MESSAGES = 12
KILLS = 8
PACE = 1.1
"""Seconds between a customer's messages: below the widget's limit, so that none is refused."""


async def test_random_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """A checker that shares no code with the desk compares what customers saw with what is stored."""
    with ScriptedBot() as bot:
        bot.script = lambda question: said(f"Vastaus: {question['text']}")
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("desk",), env=settings, var=tmp_path / "var").start()
        try:
            histories = await _under_fire(stack, bot)
        finally:
            stack.stop()
    assert faults(tmp_path / "var" / "desk.sqlite3", histories) == []
    assert sum(len(history.acknowledged) for history in histories.values()) == CUSTOMERS * MESSAGES


async def _under_fire(stack: Stack, bot: ScriptedBot) -> dict[str, History]:
    url = stack.urls["desk"]
    histories = {f"k{number}": History() for number in range(CUSTOMERS)}
    tokens = [await new_token(url) for _ in histories]
    customers = [
        asyncio.create_task(_customer(url, token, name, history))
        for token, (name, history) in zip(tokens, histories.items(), strict=True)
    ]
    dice = random.Random(20261121)
    for _ in range(KILLS):
        await asyncio.sleep(dice.uniform(0.2, 1.5))
        if dice.random() < 0.3:
            bot.answering.clear()
        await asyncio.to_thread(stack.kill, "desk")
        await asyncio.to_thread(stack.restart, "desk")
        bot.answering.set()
    await asyncio.gather(*customers)
    return histories


async def _customer(url: str, token: str, name: str, history: History) -> None:
    """A widget: resends what was not acknowledged, comes back with its cursor, ends when everything is answered."""
    waiting = [f"{name}-{number}" for number in range(MESSAGES)]
    async with asyncio.timeout(300):
        while waiting or not _all_answered(name, history):
            with suppress(OSError, WebSocketException, TimeoutError):
                address = url.replace("http", "ws", 1) + "/api/widget/socket"
                async with connect(address, origin=url) as socket:  # type: ignore[arg-type]
                    await _talk(socket, token, name, waiting, history)
            await asyncio.sleep(0.05)


async def _talk(socket: ClientConnection, token: str, name: str, waiting: list[str], history: History) -> None:
    after = max(history.arrived, default=0)
    await socket.send(json.dumps({"type": "hello", "token": token, "after": after, "locale": "fi"}))
    while waiting or not _all_answered(name, history):
        started = time.monotonic()
        if waiting:
            await socket.send(json.dumps({"type": "write", "id": waiting[0], "text": f"<{waiting[0]}>"}))
        sent = waiting[0] if waiting else None
        while True:
            message = json.loads(await asyncio.wait_for(socket.recv(), 2))
            for entry in message.get("entries", ()):
                history.saw(entry)
            if message["type"] == "ack" and message["id"] == sent:
                history.acknowledged.append(waiting.pop(0))
                break
            if message["type"] == "reject" or sent is None:
                break
        await asyncio.sleep(max(0.0, PACE - (time.monotonic() - started)))


def _all_answered(name: str, history: History) -> bool:
    said = " ".join(text for role, text in history.arrived.values() if role == "bot")
    return all(f"<{name}-{number}>" in said for number in range(MESSAGES))
