"""Half an hour at five messages a second: nothing grows, and hardly anybody is turned away. ASPA_SOAK_MINUTES."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from pathlib import Path
from statistics import median

import pytest
from checker import faults, unanswered
from lasting import Widget

from ops.stack import Stack

pytestmark = pytest.mark.anyio
MINUTES = float(os.environ.get("ASPA_SOAK_MINUTES", "30"))
CUSTOMERS = 25
PACE = 5.0
"""Seconds between a customer's messages: five a second from all."""
WARM = 0.2
"""Part of the time after which growth is counted from: caches fill at first."""
AVAILABILITY = 0.9995
GROWTH = 1.1
TEXTS = ("Missä tilaukseni 100233 viipyy? maija.virtanen@example.fi", "mitä toimitus maksaa", "kiitos", "aukioloajat?")


async def test_nothing_grows_and_everybody_is_served(tmp_path: Path) -> None:
    """Customers come and go: each talks for a while, and another takes the place."""
    answers: Counter[str] = Counter()
    taken: list[float] = []
    histories = {}
    with Stack(var=tmp_path / "var", seconds=300) as stack:
        end = time.monotonic() + MINUTES * 60

        async def one(place: int) -> None:
            for round_ in range(10**6):
                if time.monotonic() > end:
                    return
                customer = Widget(stack.urls["desk"], f"e{place}x{round_}")
                histories[customer.name] = customer.history
                async with customer:
                    await _talk(customer, answers, taken)

        watching = asyncio.create_task(_watch(stack, end))
        await asyncio.gather(*(one(place) for place in range(CUSTOMERS)))
        samples = await watching
        database = stack.var / "desk.sqlite3"
        async with asyncio.timeout(120):
            while await asyncio.to_thread(unanswered, database):  # noqa: ASYNC110 - other processes do it
                await asyncio.sleep(1)
        for name, held in samples.items():
            first, last = held[int(len(held) * WARM)], held[-1]
            print(f"{name}: {first[0] / 1024:.0f} → {last[0] / 1024:.0f} MiB, {first[1]} → {last[1]} file handles")
        accepted = answers["ack"] / answers.total()
        taken.sort()
        times = f"p50 {median(taken) * 1000:.0f} ms, p99 {taken[int(len(taken) * 0.99)] * 1000:.0f} ms"
        print(f"{answers.total()} messages, acknowledged {accepted:.4%} at the first try, {times}")
        assert accepted >= AVAILABILITY
        assert faults(database, histories) == []
        for name, held in samples.items():
            first, last = held[int(len(held) * WARM)], held[-1]
            assert last[0] <= GROWTH * first[0], f"{name} grows: {first[0]} → {last[0]} KiB"
            assert last[1] <= first[1] + 20, f"{name} keeps files open: {first[1]} → {last[1]}"


async def _talk(customer: Widget, answers: Counter[str], taken: list[float]) -> None:
    for text in TEXTS:
        message, start = customer.new_id(), time.monotonic()
        answer = await customer.do(type="write", id=message, text=text)
        taken.append(time.monotonic() - start)
        answers[answer["type"]] += 1
        customer.history.acknowledged.append(message)
        await asyncio.sleep(PACE)
    answers["refused"] += customer.refused.total()


async def _watch(stack: Stack, end: float) -> dict[str, list[tuple[int, int]]]:
    """(KiB, file handles) of each program, now and then."""
    samples: dict[str, list[tuple[int, int]]] = {name: [] for name in ("desk", "bot", "actions")}
    while time.monotonic() < end:
        for name, held in samples.items():
            held.append(_held(stack.pid(name)))
        await asyncio.sleep(10)
    return samples


def _held(pid: int) -> tuple[int, int]:
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return resident, len(list(Path(f"/proc/{pid}/fd").iterdir()))
