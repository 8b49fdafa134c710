"""One, two and four bot processes on PostgreSQL behind one desk: what each adds, and what sharing costs."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from bench.answers import WARM_UP, free_port, through_the_desk
from bench.figures import HEADS, Figures
from bench.memory import cpu_seconds, resident
from bench.result import Chart, Goal, Result, Table, bar, spread
from bench.servers import postgres
from ops.stack import Stack

COUNTS, QUICK = (1, 2, 4), (1, 2)
RUNS = 3
LOAD, QUICK_LOAD = (50, 3, 4), (5, 1, 2)
"""Conversations at once, times, messages of each."""


@dataclass(frozen=True)
class Run:
    """`spent`: the bots' processor time of an answer, ms; `memory`: MiB of one; `least`: the smallest share of the
    work that one of them did, beside an equal one."""

    figures: Figures
    spent: float
    memory: float
    least: float


async def measure(*, quick: bool = False) -> Result:
    """The bot's answers as in `answers`."""
    load = QUICK_LOAD if quick else LOAD
    counts = QUICK if quick else COUNTS
    found = {count: [await _run(count, load) for _ in range(1 if quick else RUNS)] for count in counts}
    spent = {count: [each.spent for each in runs] for count, runs in found.items()}
    last = counts[-1]
    head = ["bots", "answers a second", "p50 ms", "p95 ms", "p99 ms", "bots' processor ms an answer", "MiB of one"]
    return Result(
        part="bots",
        title="Several bot processes",
        about=f"The bot's answers, {load[0]} conversations at once, one desk, PostgreSQL for the desk and another for "
        "the bots; conversations are spread by hash. All of it shares this machine's cores, so that the rate cannot "
        "grow here; what shows how it would grow is the processor time of an answer.",
        tables=[Table([*head, "least share of the work"], [_row(count, runs) for count, runs in found.items()])],
        charts=[
            Chart("The bots' processor time for an answer", "ms", [bar(f"{each} bots", spent[each]) for each in counts])
        ],
        goals=[
            Goal(
                f"an answer's processor time with {last} bots beside one",
                median(spent[last]) / median(spent[counts[0]]),
                1.2,
                " ×",
                at_most=True,
            )
        ],
    )


def _row(count: int, runs: Sequence[Run]) -> list[str]:
    return [
        str(count),
        spread([each.figures.rate for each in runs]),
        *(spread([each.figures.percentile(at) for each in runs]) for at in HEADS),
        spread([each.spent for each in runs], 1),
        spread([each.memory for each in runs]),
        spread([each.least for each in runs], 2),
    ]


async def _run(count: int, load: tuple[int, int, int]) -> Run:
    ports = [str(free_port()) for _ in range(count)]
    tokens = {name: secrets.token_urlsafe(32) for name in ("ASPA_SECRET_KEY", "ASPA_BOT_TOKEN", "ASPA_SHOP_TOKEN")}
    with ExitStack() as opened:
        store, trackers = opened.enter_context(postgres()), opened.enter_context(postgres())
        urls = ",".join(f"http://127.0.0.1:{port}" for port in ports)
        env = tokens | {"ASPA_DATABASE_URL": store, "ASPA_BOT_URL": urls}
        desk = await asyncio.to_thread(opened.enter_context, Stack(("demo", "desk"), env=env))
        shop = desk.env["ASPA_SHOP_PORT"]
        bots = []
        for port in ports:  # one after the other: the first makes the tables
            own = tokens | {"ASPA_BOT_DATABASE_URL": trackers, "ASPA_BOT_PORT": port, "ASPA_SHOP_PORT": shop}
            bots.append(await asyncio.to_thread(opened.enter_context, Stack(("bot",), env=own, seconds=180)))
        await through_the_desk(desk.urls["desk"], *WARM_UP)
        pids = [each.pid("bot") for each in bots]
        before = [cpu_seconds(pid) for pid in pids]
        figures = await through_the_desk(desk.urls["desk"], *load)
        used = [cpu_seconds(pid) - was for pid, was in zip(pids, before, strict=True)]
        spent = 1000 * sum(used) / len(figures.seconds)
        memory = sum(map(resident, pids)) / count
        return Run(figures, spent, memory, min(used) / (sum(used) / count))
