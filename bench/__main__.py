"""`python -m bench [people|answers]`: measure, print, and write docs/benchmarks.md when all was measured."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.answers import AT_ONCE, Answering, aspa, stock_rasa
from bench.figures import Figures, table
from bench.people import CONSOLES, CUSTOMERS, bare, person_to_person

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main(wanted: list[str]) -> int:
    """The page says on which machine and when; ratios carry further than times."""
    rows = asyncio.run(_run(wanted or ["people", "answers"]))
    print("\n".join(rows))
    if not wanted:
        PAGE.write_text("\n".join([*_opening(), *rows]) + "\n", encoding="utf-8")
    return 0


async def _run(wanted: list[str]) -> list[str]:
    rows: list[str] = []
    if "people" in wanted:
        ours, least = await person_to_person(), await bare()
        rows += ["## Person to person", "", _about_people(), "", table([ours, least]), "", _ratio(ours, least), ""]
    if "answers" in wanted:
        rows += _compared(await aspa(), await stock_rasa())
    return rows


def _compared(own: Answering, stock: list[Answering]) -> list[str]:
    programs = [own, *stock]
    held = [f"| {each.name} | {each.memory:.0f} | {each.ready:.1f} |" for each in programs]
    ratios = [_beside(own, other) for other in stock]
    return [
        *("## The bot's answers", "", _ABOUT_ANSWERS, ""),
        *(table([figures for each in programs for figures in each.figures]), ""),
        *("| what | MiB held after it | seconds from start to first answer |", "| --- | --- | --- |", *held, ""),
        *(*ratios, ""),
    ]


def _beside(own: Answering, other: Answering) -> str:
    pairs = zip(own.figures, other.figures, strict=True)
    shown = "; ".join(
        f"{at}: {one.rate / two.rate:.1f} × the rate, p95 {one.percentile(95) / two.percentile(95):.2f} ×"
        for at, (one, two) in zip(AT_ONCE, pairs, strict=True)
    )
    return f"- Aspa beside {other.name}, by conversations at once: {shown}."


def _opening() -> list[str]:
    when = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return ["# Benchmarks", "", f"Made by `make bench` on {when}: {machine}. The load comes from the same machine.", ""]


def _about_people() -> str:
    return (
        f"{CUSTOMERS} customers, each writing as soon as the agent has answered, and {CONSOLES} consoles. "
        "A time is customer → desk → agent → desk → customer: two messages kept, told and acknowledged. Beside it a "
        "bare Sanic socket that inserts each message into SQLite and sends it back: one message kept."
    )


def _ratio(ours: Figures, least: Figures) -> str:
    kept = 2 * ours.rate
    return f"The desk keeps and passes on {kept:.0f} messages a second, {kept / least.rate:.0%} of the bare socket's."


_ABOUT_ANSWERS = (
    "Customer's message in the widget's socket → the bot's answer, with one desk, one bot and one action server, "
    "SQLite, in three languages. Each conversation writes as soon as it is answered. Stock Rasa 3.6 beside it "
    "(`bench/stock.py`): same training data, its REST channel and SQLite tracker store, one fixed text an intent; it "
    "keeps no log of its own, calls no action server and asks no shop."
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
