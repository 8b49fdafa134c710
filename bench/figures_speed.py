"""`python -m bench.figures_speed [conversations] [folder]`: the figures over a year, timed.

A week is simulated by the desk's own decisions and counted as ever; the year is that week again and again, each
conversation several times under other names, because a million simulated one by one would take hours.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.simulation.customer import hours_of
from bench.simulation.month import stories
from bench.simulation.world import HOURS, TEAM_HOURS, ZONE
from desk.conversation.rules import DAY, Rules
from desk.figures.clocks import start_of
from desk.figures.counted import Cell, Counted, count, recount
from desk.figures.reading import contacts
from desk.figures.tally import Tally
from desk.figures.words import FigureWords
from desk.service.desk import Desk
from desk.service.figures import Figures
from desk.service.hub import Hub
from desk.service.outlook import Outlook
from desk.store import figure_sums
from desk.store.accounts import AgentRow
from desk.store.engine import open_store, sqlite_engine
from desk.store.migrate import migrate

LAST = date(2026, 11, 22)
WEEKS = 52
AT_ONCE = 20_000
WORDS = Path(__file__).resolve().parents[1] / "data" / "figures"
BOSS = AgentRow(id="a_boss", name="boss", display_name="Boss", role="supervisor", locale="en", presence="online",
                active=True)  # fmt: skip


def week() -> list[Counted]:
    """A week's conversations, counted long after."""
    first = LAST - timedelta(days=6)
    now = start_of(LAST + timedelta(days=90), ZONE)
    found = (count(each, hours_of, None, now) for one in stories(first, 7, 150) for each in contacts(one.log))
    return [each for each in found if each and first.isoformat() <= each.day <= LAST.isoformat()]


def rows(base: list[Counted], copies: int) -> Iterator[dict[str, Any]]:
    """A year's contacts, as the table has them."""
    texts = [{name: json.dumps(getattr(each, name)) for name in ("cells", "tally", "facts")} for each in base]
    for back in range(WEEKS):
        for number, each in enumerate(base):
            day = (date.fromisoformat(each.day) - timedelta(days=7 * back)).isoformat()
            shared = {"number": 1, "day": day, "began_at": each.began_at - 7 * back * DAY, **texts[number]}
            for copy in range(copies):
                yield {**shared, "conversation": f"c_{back}_{number}_{copy}", "ended_at": each.ended_at}


def sums(base: list[Counted], copies: int) -> Iterator[tuple[Cell, Tally]]:
    """The year's daily sums."""
    for back in range(WEEKS):
        moved = [
            replace(each, day=(date.fromisoformat(each.day) - timedelta(days=7 * back)).isoformat()) for each in base
        ]
        for (dimension, value, day), tally in recount(moved).items():
            whole = {name: {key: n * copies for key, n in keys.items()} for name, keys in tally.items()}
            yield (dimension, value, day), whole


def fill(path: Path, wanted: int) -> int:
    """Writes the tables; gives the number of conversations."""
    url = f"sqlite:///{path}"
    migrate(url)
    base = week()
    copies = max(1, round(wanted / (len(base) * WEEKS)))
    names = ("conversation", "number", "day", "began_at", "ended_at", "cells", "tally", "facts")
    # Text beside SQLAlchemy's JSON: it would be made anew a million times.
    insert = sa.insert(sa.table("figure_contacts", *map(sa.column, names)))
    engine = sqlite_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        figure_sums.move(connection, dict(sums(base, copies)))
        batch: list[dict[str, Any]] = []
        for row in rows(base, copies):
            batch.append(row)
            if len(batch) == AT_ONCE:
                connection.execute(insert, batch)
                batch.clear()
        if batch:
            connection.execute(insert, batch)
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("ANALYZE")
    return copies * len(base) * WEEKS


async def measure(path: Path) -> list[tuple[str, float, float, int]]:
    """(what, best of three in seconds on the wall and of the processor, bytes of JSON)."""
    now = start_of(LAST + timedelta(days=1), ZONE) - 3_600_000
    desk = Desk(open_store(f"sqlite:///{path}"), Hub(), Rules(), HOURS, lambda: now, team_hours=TEAM_HOURS)
    figures, outlook = Figures(desk, FigureWords.load(WORDS)), Outlook(desk)
    month = figures.read(None, None, None, "channel")
    year = figures.read((LAST - timedelta(days=363)).isoformat(), None)
    channel = figures.read((LAST - timedelta(days=363)).isoformat(), None, "channel:email", "intent")
    asked: list[tuple[str, Callable[[], Awaitable[Any]]]] = [
        ("28 days, by channel", lambda: figures.overview(BOSS, month)),
        ("a year", lambda: figures.overview(BOSS, year)),
        ("a year of e-mail, by problem", lambda: figures.overview(BOSS, channel)),
        ("what surges, the days ahead", lambda: outlook.look(BOSS)),
        ("conversations behind a frequent figure, a year",
         lambda: figures.conversations(BOSS, year, "wait", None, None)),
        ("conversations behind a rare key, a year",
         lambda: figures.conversations(BOSS, year, "refusals", "already_shipped", None)),
        ("conversations behind what never was, 28 days",
         lambda: figures.conversations(BOSS, month, "wrong_answers", None, None)),
    ]  # fmt: skip
    found: list[tuple[str, float, float, int]] = []
    for what, ask in asked:
        times, work = [], []
        for _ in range(3):
            began, worked = time.perf_counter(), time.process_time()
            answer = json.dumps(await ask())
            times.append(time.perf_counter() - began)
            work.append(time.process_time() - worked)
        found.append((what, min(times), min(work), len(answer)))
    await desk.store.close()
    return found


def main() -> None:
    """Prints a table in Markdown."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        path = Path(folder) / "desk.sqlite3"
        number = fill(path, wanted)
        print(f"{number:,} conversations of {WEEKS} weeks, {path.stat().st_size / 1e6:,.0f} MB\n", flush=True)
        print("| what | seconds | of the processor | kB |\n| --- | --- | --- | --- |")
        for what, seconds, work, size in asyncio.run(measure(path)):
            print(f"| {what} | {seconds:.2f} | {work:.2f} | {size / 1000:.0f} |", flush=True)


if __name__ == "__main__":
    main()
