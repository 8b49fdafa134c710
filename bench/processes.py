"""One, two and four desk processes on PostgreSQL and Redis: what each adds, and what telling each other costs."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import ExitStack
from statistics import median

from bench.figures import HEADS, Figures
from bench.people import person_to_person
from bench.result import Chart, Goal, Result, Table, bar, spread
from bench.servers import postgres, redis
from ops.stack import Stack

COUNTS, QUICK = (1, 2, 4), (1, 2)
RUNS = 3


async def measure(*, quick: bool = False) -> Result:
    """Person to person as in `people`; nobody is at the process of whom they talk with."""
    counts = QUICK if quick else COUNTS
    found = {count: [await _run(count) for _ in range(1 if quick else RUNS)] for count in counts}
    cpu = {count: [each.milliseconds("programs", messages=2) for each in runs] for count, runs in found.items()}
    rows = [
        [
            str(count),
            spread([2 * each.rate for each in runs]),
            *(spread([each.percentile(at) for each in runs], 1) for at in HEADS),
            spread(cpu[count], 2),
        ]
        for count, runs in found.items()
    ]
    last = counts[-1]
    return Result(
        part="processes",
        title="Several desk processes",
        about="As person to person, on PostgreSQL and Redis, without sticky sessions: each agent is at another process "
        "than the customer. All processes, the load, PostgreSQL and Redis share this machine's cores, so that the rate "
        "cannot grow here; what shows how it would grow is the processor time of a message.",
        tables=[
            Table(["desks", "messages a second", "p50 ms", "p95 ms", "p99 ms", "desks' processor ms a message"], rows)
        ],
        charts=[
            Chart(
                "The desks' processor time for a message", "ms", [bar(f"{count} desks", cpu[count]) for count in counts]
            )
        ],
        goals=[
            Goal(
                f"a message's processor time with {last} desks beside one",
                median(cpu[last]) / median(cpu[counts[0]]),
                2,
                " ×",
                at_most=True,
            )
        ],
    )


async def _run(count: int) -> Figures:
    with ExitStack() as opened:
        database, hints = opened.enter_context(postgres()), opened.enter_context(redis())
        shared = {name: secrets.token_urlsafe(32) for name in ("ASPA_SECRET_KEY", "ASPA_BOT_TOKEN")}
        env = {"ASPA_DATABASE_URL": database, "ASPA_REDIS_URL": hints, **shared}
        stacks = []
        for _ in range(count):  # one after the other: the first makes the demo's agent
            stacks.append(await asyncio.to_thread(opened.enter_context, Stack(("desk",), env=env)))
        return await person_to_person(stacks)
