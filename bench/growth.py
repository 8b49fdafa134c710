"""What a message costs in a long conversation: to people through the desk, and to the bot, beside stock Rasa."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import httpx

from bench.answers import MESSAGES, free_port
from bench.clients import customer, file_of, seed_sessions, until
from bench.result import Chart, Goal, Result, Table, bar, now, spread
from bench.stock import stock
from desk.connectors.customer_desk import CustomerDesk
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.store import accounts
from desk.store.engine import open_store
from ops.stack import Stack

SHORT, LONG = 10, 1_000
CONVERSATIONS, WRITES = 8, 12
TURNS, QUICK_TURNS = 160, 12
"""Some six events a turn: a thousand."""
FIRST, LAST = slice(1, 9), slice(-8, None)

type Times = tuple[list[float], list[float]]
"""In milliseconds: of short conversations, of long ones."""


async def measure(*, quick: bool = False) -> Result:
    """Each pair by turns in the same run."""
    turns = QUICK_TURNS if quick else TURNS
    pairs = {"desk: customer's message to people, kept and acknowledged": await _people(50 if quick else LONG)}
    pairs["bot: a turn"] = await _bot(turns)
    missing = []
    if not quick:
        try:
            pairs["stock Rasa, light: a turn"] = await _stock(turns)
        except (subprocess.SubprocessError, RuntimeError, httpx.HTTPError) as error:
            missing.append(f"Stock Rasa was not measured: {type(error).__name__}.")
    rows = [
        [name, spread(short, 1), spread(long, 1), f"{median(long) / median(short):.2f} ×"]
        for name, (short, long) in pairs.items()
    ]
    bars = [
        bar(f"{name.partition(':')[0]}, {at}", times)
        for name, pair in pairs.items()
        for at, times in zip((SHORT, LONG), pair, strict=True)
    ]
    ours = [(name, pair) for name, pair in pairs.items() if not name.startswith("stock")]
    return Result(
        part="growth",
        title="Long conversations",
        about=f"A message in conversations of {SHORT} events and of {LONG:,}, the middle in ms (least–most). The bot "
        f"and stock Rasa: the first turns of a conversation and those after {turns} turns.",
        tables=[Table(["what", f"{SHORT} events", f"{LONG:,} events", "grows"], rows)],
        charts=[Chart("A message by the conversation's events", "ms", bars)],
        goals=[
            Goal(f"{name}: {LONG:,} events beside {SHORT}", median(long) / median(short), 1.2, " ×", at_most=True)
            for name, (short, long) in ours
        ],
        says=missing,
    )


async def _people(events: int) -> Times:
    with tempfile.TemporaryDirectory(prefix="aspa-bench-") as folder:
        url = file_of(Path(folder))
        tokens = seed_sessions(url, 2 * CONVERSATIONS)
        await _fill(url, tokens, events)
        with Stack(("desk",), var=Path(folder)) as stack:
            sockets = [await customer(stack.urls["desk"], token) for token in tokens]
            times: Times = ([], [])
            for number in range(WRITES):
                for at, socket in enumerate(sockets):
                    started = now()
                    await socket.send(json.dumps({"type": "write", "id": f"n{number}", "text": "ja vielä tämä"}))
                    await until(socket, f'"n{number}"', lambda message: message["type"] == "ack")
                    times[at % 2].append(1000 * (now() - started))
            return times


async def _fill(url: str, tokens: list[str], events: int) -> None:
    """Every second conversation becomes long; all wait for a person."""
    store = open_store(url)
    desk = Desk(store, Hub(), Rules(), OpeningHours(ZoneInfo("Europe/Helsinki")), lambda: 1_760_000_000_000)
    customers = CustomerDesk(desk)

    async def fill(at: int, token: str) -> None:
        conversation = await store.read(lambda connection: accounts.customer_conversation(connection, token))
        assert conversation  # noqa: S101 - seeded above
        where = (conversation, "widget", "fi")
        await customers.ask_for_person(*where, "h")
        seq = 0
        while seq < (events if at % 2 else SHORT):
            seq = (await customers.write(*where, f"s{seq}", "missä pakettini on")).seq

    await asyncio.gather(*(fill(at, token) for at, token in enumerate(tokens)))
    await store.close()


async def _bot(turns: int) -> Times:
    with Stack(("demo", "actions", "bot"), seconds=240) as stack:
        headers = {"Authorization": f"Bearer {stack.env['ASPA_BOT_TOKEN']}"}
        async with httpx.AsyncClient(base_url=stack.urls["bot"], headers=headers, timeout=60) as http:

            async def ask(number: int, text: str) -> None:
                question = {"conversation": "c_growth", "message_id": f"m{number}", "text": text, "channel": "widget"}
                answer = await http.post("/webhooks/desk/webhook", json={**question, "locale": "fi"})
                answer.raise_for_status()

            return await _turns(ask, turns)


async def _stock(turns: int) -> Times:
    with stock("light", free_port()) as running:
        async with httpx.AsyncClient(timeout=60) as http:

            async def ask(_: int, text: str) -> None:
                (await http.post(running.url, json={"sender": "growth", "message": text})).raise_for_status()

            return await _turns(ask, turns)


async def _turns(ask: Callable[[int, str], Awaitable[None]], turns: int) -> Times:
    times = []
    for number in range(turns):
        started = now()
        await ask(number, MESSAGES[number % len(MESSAGES)])
        times.append(1000 * (now() - started))
    return times[FIRST], times[LAST]
