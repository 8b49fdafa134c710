"""How soon a new case is seen: fifty consoles, a thousand open cases, customers who ask for a person."""

from __future__ import annotations

import asyncio
import json
import tempfile
from functools import partial
from pathlib import Path
from statistics import quantiles

import httpx
from websockets.asyncio.client import ClientConnection

from bench.clients import console, customer, file_of, seed_sessions, sign_in
from bench.result import Bar, Chart, Goal, Result, Table, now
from bench.seeds import OPEN, seed
from desk.store.engine import open_store
from ops.stack import Stack

CONSOLES, CASES, QUICK = 50, 60, 5
PAUSE = 0.25
"""Seconds between two new cases."""


async def measure(*, quick: bool = False) -> Result:
    """From the customer's press to each console's list."""
    count = QUICK if quick else CASES
    with tempfile.TemporaryDirectory(prefix="aspa-bench-") as folder:
        url = file_of(Path(folder))
        tokens = seed_sessions(url, count)
        store = open_store(url)
        await store.write(partial(seed, count=1_000))
        await store.close()
        with Stack(("desk",), var=Path(folder)) as stack:
            seconds = await _seen(stack, tokens)
    p50, p99 = (1000 * quantiles(seconds, n=100)[at] for at in (49, 98))
    most = 1000 * max(seconds)
    rows = [[str(count), str(len(seconds)), f"{p50:.0f}", f"{p99:.0f}", f"{most:.0f}"]]
    return Result(
        part="visible",
        title="A new case, seen by all",
        about=f"{CONSOLES} consoles, {OPEN:,} open cases, a new one every {PAUSE} s: from the customer's press on "
        "“talk to a person” until it stands in each console's list.",
        tables=[Table(["new cases", "times", "p50 ms", "p99 ms", "longest ms"], rows)],
        charts=[
            Chart(
                "Until a new case is seen",
                "ms",
                [Bar("p50 to the longest", p50, p50, most), Bar("p99", p99, p99, most)],
                1000,
            )
        ],
        goals=[Goal("visible to all consoles, p99", p99, 1000, " ms", at_most=True)],
    )


async def _seen(stack: Stack, tokens: list[str]) -> list[float]:
    url = stack.urls["desk"]
    async with httpx.AsyncClient(headers={"Origin": url}, base_url=url, timeout=60) as http:
        signed_in = await sign_in(http, stack.var)
    consoles = [await console(url, signed_in) for _ in range(CONSOLES)]
    widgets = [await customer(url, token) for token in tokens]
    seen: list[dict[str, float]] = [{} for _ in consoles]
    watchers = [asyncio.create_task(_watch(each, mine)) for each, mine in zip(consoles, seen, strict=True)]
    pressed = []
    for widget in widgets:
        pressed.append(now())
        await widget.send(json.dumps({"type": "human", "id": "h"}))
        await asyncio.sleep(PAUSE)
    await asyncio.sleep(5)
    for watcher in watchers:
        watcher.cancel()
    if short := sum(len(each) < len(tokens) for each in seen):
        raise RuntimeError(f"{short} consoles have not seen all new cases")
    # One after the other they came, and in that order they were seen.
    return [at - began for each in seen for began, at in zip(pressed, sorted(each.values()), strict=False)]


async def _watch(socket: ClientConnection, seen: dict[str, float]) -> None:
    while True:
        text = str(await socket.recv())
        if '"summary"' in text:
            at = now()
            message = json.loads(text)
            if message["type"] == "summary" and message["summary"]["owner"] == "queue":
                seen.setdefault(message["summary"]["id"], at)
