"""How long an agent waits for lists, search and a thread with 100,000 conversations in the store: the real desk, over
HTTP and the console's socket, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection

from bench.clients import console, sign_in, until
from bench.result import Chart, Goal, Result, Table, bar, now
from bench.seeds import LONG, LONG_EVENTS, OPEN, seed, seed_long
from bench.store import SEARCHES, database, settle
from desk.store.engine import open_store
from desk.store.migrate import migrate
from ops.stack import Stack

SIZE, QUICK = 100_000, 500
TIMES, QUICK_TIMES = 40, 3
GOAL = 200
"""Milliseconds."""
KEPT = dict.fromkeys(("ASPA_KEEP_CONTENT_DAYS", "ASPA_KEEP_IDENTITY_DAYS", "ASPA_KEEP_ORDER_DAYS"), "0")
"""What was seeded is years old, and is not to go while it is read."""
VIEWS = ("waiting", "mine", "team", "bot", "resolved")
type Milliseconds = dict[str, list[float]]
type Ask = Callable[[int], Awaitable[object]]


async def measure(*, quick: bool = False) -> Result:
    """Each thing in turn, many times."""
    size, times = (QUICK, QUICK_TIMES) if quick else (SIZE, TIMES)
    found = {kind: await _one(kind, size, times) for kind in ("SQLite", "PostgreSQL")}
    rows = [[kind, name, *_figures(each)] for kind, by_name in found.items() for name, each in by_name.items()]
    slowest = {kind: max((_p95(each), name) for name, each in by_name.items()) for kind, by_name in found.items()}
    return Result(
        part="lists",
        title="What an agent waits for",
        about=f"The real desk with {size:,} conversations, {OPEN:,} open ones beside; one agent's requests, one after "
        f"the other, {times} of each, from the request to the last byte. The thread has {LONG_EVENTS} events.",
        tables=[Table(["store", "what", "p50 ms", "p95 ms", "longest ms"], rows)],
        charts=[
            Chart(f"{kind}, {size:,} conversations", "ms", [bar(*one) for one in by_name.items()], GOAL)
            for kind, by_name in found.items()
        ],
        goals=[
            Goal(f"{kind}, the slowest of them, p95 ({name})", worst, GOAL, " ms", at_most=True)
            for kind, (worst, name) in slowest.items()
        ],
    )


async def _one(kind: str, size: int, times: int) -> Milliseconds:
    with database(kind) as url, tempfile.TemporaryDirectory(prefix="aspa-bench-") as folder:
        await asyncio.to_thread(migrate, url)
        store = open_store(url)
        for work in (partial(seed, count=size), seed_long):
            await store.write(work)
        await settle(store, url)
        await store.close()
        with Stack(("desk",), env=KEPT | {"ASPA_DATABASE_URL": url}, var=Path(folder)) as stack:
            return await _times(stack, times)


async def _times(stack: Stack, times: int) -> Milliseconds:
    url = stack.urls["desk"]
    async with httpx.AsyncClient(headers={"Origin": url}, base_url=url, timeout=60) as http:
        cookie, csrf = await sign_in(http, stack.var)
        socket = await console(url, (cookie, csrf))
        get = partial(_get, http)
        work: dict[str, Ask] = {f"list: {view}": partial(get, "conversations", view=view) for view in VIEWS}
        for view in ("waiting", "resolved"):
            work[f"list: {view}, a later page"] = await _later(http, view)
        for name, query in SEARCHES.items():
            work[f"search: {name}"] = partial(_search, get, query)
        work["thread: opened by its address"] = partial(get, f"conversations/{LONG}")
        work["thread: opened in the list"] = partial(_open, socket)
        work["supervisor's board"] = partial(get, "board")
        found: Milliseconds = {name: [] for name in work}
        for number in range(times + 1):
            for name, ask in work.items():
                started = now()
                await ask(number)
                found[name].append(1000 * (now() - started))
        await socket.close()
    return {name: each[1:] for name, each in found.items()}  # the first fills caches


async def _get(http: httpx.AsyncClient, path: str, _: int = 0, **asked: Any) -> dict[str, Any]:
    answer = await http.get(f"/api/console/{path}", params=asked)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


async def _later(http: httpx.AsyncClient, view: str) -> Ask:
    """The fifth page: further than anybody scrolls."""
    after: dict[str, Any] = {}
    for _ in range(4):
        after = {"after": (await _get(http, "conversations", view=view, **after))["next"]}
    return partial(_get, http, "conversations", view=view, **after)


async def _search(get: Callable[..., Awaitable[dict[str, Any]]], query: str, number: int) -> object:
    return await get("search", q=query.format(number=1_000_001 + number))


async def _open(socket: ClientConnection, number: int) -> None:
    """Until the packet has come, which the thread needs last; then it is closed again."""
    await socket.send(json.dumps({"type": "open", "id": f"o{number}", "conversation": LONG, "after": 0}))
    await until(socket, '"packet"', lambda message: message["type"] == "packet")
    await socket.send(json.dumps({"type": "close", "id": f"c{number}", "conversation": LONG}))


def _p95(milliseconds: list[float]) -> float:
    return quantiles(milliseconds, n=20, method="inclusive")[-1]


def _figures(milliseconds: list[float]) -> list[str]:
    middle = median(milliseconds)
    return [f"{each:.0f}" for each in (middle, _p95(milliseconds), max(milliseconds))]
