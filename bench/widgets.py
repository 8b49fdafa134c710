"""Ten thousand open widgets on one desk process: memory, a message to one, and what all are told at once."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import tempfile
from pathlib import Path
from statistics import quantiles

import httpx
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from bench.clients import Json, console, customer, file_of, seed_sessions, sign_in, until
from bench.memory import resident
from bench.result import Bar, Chart, Goal, Result, Table, now
from ops.stack import Stack

COUNT, QUICK = 10_000, 200
OPENING = 50
"""Widgets that are opened side by side."""
REPLIES = 100
AGENTS = 10
"""Consoles, so that none writes more than a person can."""


async def measure(*, quick: bool = False) -> Result:
    """All on one process, with SQLite."""
    count = QUICK if quick else COUNT
    _allow_files(count + 1000)
    with tempfile.TemporaryDirectory(prefix="aspa-bench-") as folder:
        tokens = seed_sessions(file_of(Path(folder)), count)
        with Stack(("desk",), var=Path(folder)) as stack:
            empty = resident(stack.pid("desk"))
            started = now()
            widgets = await _open(stack.urls["desk"], tokens)
            opened = now() - started
            held = resident(stack.pid("desk"))
            seconds = await _replies(stack, widgets[:: max(1, count // REPLIES)][:REPLIES])
            told = await _told(stack, widgets)
    p50, p99 = (1000 * quantiles(seconds, n=100)[at] for at in (49, 98))
    return Result(
        part="widgets",
        title=f"{count:,} widgets on one desk process",
        about="Open sockets, each of a session of its own; an agent's reply to one of them, one after the other; and "
        "the end of the process (SIGTERM) as the notice that all of them get.",
        tables=[
            Table(
                ["what", "measured"],
                [
                    ["memory without widgets", f"{empty:.0f} MiB"],
                    [f"memory with {count:,}", f"{held:.0f} MiB, {1024 * (held - empty) / count:.0f} KiB each"],
                    ["to open all of them", f"{opened:.0f} s"],
                    ["agent's reply → widget, p50 and p99", f"{p50:.1f} and {p99:.1f} ms"],
                    ["a notice to all: until the last one has it", f"{told:.2f} s"],
                ],
            )
        ],
        charts=[
            Chart("Memory of the desk", "MiB", [_bar("no widget", empty), _bar(f"{count:,} widgets", held)], 600),
        ],
        goals=[
            Goal("memory with 10,000 widgets", held, 600, " MiB", at_most=True),
            Goal("a message to one of them, p99", p99, 50, " ms", at_most=True),
            Goal("a notice to all of them", told, 2, " s", at_most=True),
        ],
    )


def _allow_files(wanted: int) -> None:
    """For this program, and as much for the desk that it starts: each holds one end of each socket."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        if hard != resource.RLIM_INFINITY and hard < wanted:
            raise RuntimeError(f"{wanted} open files are needed and {hard} allowed: ulimit -Hn {wanted}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def _open(url: str, tokens: list[str]) -> list[ClientConnection]:
    few = asyncio.Semaphore(OPENING)

    async def one(token: str) -> ClientConnection:
        async with few:
            return await customer(url, token)

    return list(await asyncio.gather(*map(one, tokens)))


async def _replies(stack: Stack, widgets: list[ClientConnection]) -> list[float]:
    """Each of these asks for a person, and the agent answers: the time from the reply's sending to its arrival."""
    url = stack.urls["desk"]
    async with httpx.AsyncClient(headers={"Origin": url}, base_url=url, timeout=60) as http:
        signed_in = await sign_in(http, stack.var)
    agents = [await console(url, signed_in) for _ in range(AGENTS)]
    seconds: list[float] = []
    seen: set[str] = set()
    for number, widget in enumerate(widgets):
        agent = agents[number % AGENTS]
        await widget.send(json.dumps({"type": "human", "id": "h"}))
        case = await until(agent, '"queue"', lambda m: _waits(m) and m["summary"]["id"] not in seen)
        conversation = case["summary"]["id"]
        seen.add(conversation)
        await agent.send(json.dumps({"type": "claim", "id": f"c{number}", "conversation": conversation}))
        await until(widget, '"agent"', lambda m: m["type"] == "state" and m["state"]["owner"] == "agent")
        started = now()
        reply = {"type": "reply", "id": f"r{number}", "conversation": conversation, "text": f"vastaus {number}"}
        await agent.send(json.dumps(reply))
        await until(widget, f"vastaus {number}", lambda _: True)
        seconds.append(now() - started)
    return seconds


def _waits(message: Json) -> bool:
    return bool(message["type"] == "summary" and message["summary"]["owner"] == "queue")


async def _told(stack: Stack, widgets: list[ClientConnection]) -> float:
    """From SIGTERM until the last widget knows that the desk restarts."""

    async def end(widget: ClientConnection) -> float:
        try:
            while True:
                await widget.recv()
        except ConnectionClosed:
            return now()

    ends = [asyncio.create_task(end(each)) for each in widgets]
    await asyncio.sleep(0)
    started = now()
    await asyncio.to_thread(stack.kill, "desk", signal.SIGTERM)
    return max(await asyncio.gather(*ends)) - started


def _bar(label: str, value: float) -> Bar:
    return Bar(label, value, value, value)
