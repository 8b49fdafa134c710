"""`python -m bench.simulation sqlite:///var/desk.sqlite3 [--days 35] [--a-day 150] [--quiet]`: a month in a database.

Five days before its end a carrier begins to lose parcels, six times as many as ever, unless it is to be quiet."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from datetime import date, timedelta

from bench.simulation.month import Trouble, stories
from bench.simulation.writing import AT_ONCE, Steps, hire
from desk.conversation.event import Event
from desk.conversation.state import Conversation
from desk.store.engine import open_store
from desk.store.migrate import migrate


def main() -> None:
    """For trying the console; the desk must not run meanwhile. It counts the figures when it starts."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulation", description=__doc__.split("\n")[0])
    parser.add_argument("database")
    parser.add_argument("--days", type=int, default=35)
    parser.add_argument("--a-day", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quiet", action="store_true", help="nothing out of the ordinary happens")
    wanted = parser.parse_args()
    migrate(wanted.database)
    trouble = None if wanted.quiet else Trouble(date.today() - timedelta(days=5), factor=6)
    asyncio.run(_fill(wanted.database, wanted.days, wanted.a_day, wanted.seed, trouble))


async def _fill(database: str, days: int, a_day: int, seed: int, trouble: Trouble | None) -> None:
    store, steps, now = open_store(database), Steps(), int(time.time() * 1000)
    await hire(store, now)
    first = date.today() - timedelta(days=days - 1)

    def took(state: Conversation, events: Sequence[Event], at: int) -> None:
        if at <= now:  # what is still to come happens in the desk itself, or not at all
            steps(state, events, at)

    simulated = stories(first, days, a_day, seed=seed, took=took, until=now, trouble=trouble)
    written = 0
    for written, _ in enumerate(simulated, 1):
        if written % AT_ONCE == 0:
            await steps.write(store)
    await steps.write(store)
    await store.close()
    print(f"{written} conversations of {days} days.")


if __name__ == "__main__":
    main()
