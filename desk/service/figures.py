"""The figures: kept up beside the requests, read by supervisors."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from desk.errors import BadRequest, DeskError
from desk.figures.clocks import day_of
from desk.figures.counted import COLUMNS, DIMENSIONS
from desk.figures.definitions import BY_NAME, FIGURES, GROUPS, Kind
from desk.figures.showing import show
from desk.figures.tally import Tally, add, pour
from desk.figures.words import FigureWords
from desk.service.desk import Desk
from desk.service.staff import SUPERVISORS, Staff, allow
from desk.store import counting
from desk.store import figures as kept
from desk.store.accounts import AgentRow

log = structlog.get_logger()
EVERY = 5.0
"""Seconds between two looks at what has happened."""
READ, WRITTEN = 500, 25
"""Conversations that are read at once, and counted in one transaction: the writer is never held up for long."""
LONGEST = 800
"""Days that may be asked for."""
CSV_PAGE = 1_000


class FigureKeeper:
    """Counts anew what has changed, forever."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self) -> None:
        """Forever; a failure is logged and tried again."""
        while True:
            try:
                await self.once()
            except DeskError as error:
                log.warning("figures_wait", error=str(error))
            except Exception:
                log.exception("figures_failed")
            await asyncio.sleep(EVERY)

    async def once(self) -> None:
        """Everything that has happened by now."""
        while True:
            found = await self._next()
            for at in range(0, len(found), WRITTEN):
                now = self._desk.clock()
                work = partial(counting.keep, logs=found[at : at + WRITTEN], calendar=self._desk.hours_of, now=now)
                if not await self._desk.store.write(work):
                    return
            if len(found) < READ:  # what changes meanwhile waits for the next round: each reads the whole log
                return

    async def _next(self) -> list[counting.Read]:
        waiting = await self._desk.store.read(partial(counting.uncounted, now=self._desk.clock(), limit=READ))
        return await self._desk.store.read(partial(counting.read_logs, conversations=waiting)) if waiting else []


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days, and of what: all, or one value of a dimension; `by` splits by a dimension."""

    since: date
    until: date
    cell: tuple[str, str] | None = None
    by: str | None = None

    @property
    def days(self) -> list[str]:
        """All of them, in order."""
        return _days(self.since, self.until)

    @property
    def before(self) -> Asked:
        """As many days before."""
        length = (self.until - self.since).days + 1
        shift = timedelta(days=-(-length // 7) * 7 if length >= 7 else length)  # whole weeks: Mondays beside Mondays
        return Asked(self.since - shift, self.until - shift, self.cell)


class Figures:
    """Every method takes who asks, fresh from the store, and raises Forbidden unless a supervisor does."""

    def __init__(self, desk: Desk, words: FigureWords) -> None:
        self._desk = desk
        self._staff = Staff(desk)
        self.words = words

    def read(self, since: str | None, until: str | None, of: str | None = None, by: str | None = None) -> Asked:
        """What a request asks for; by default the last 28 days. `of`: `channel:widget`. Raises BadRequest."""
        today = day_of(self._desk.clock(), self._desk.hours.zone)
        last = _date(until, today)
        first = _date(since, last - timedelta(days=27))
        if not 0 <= (last - first).days < LONGEST:
            raise BadRequest("bad_request", f"since comes before until, by {LONGEST} days at most.")
        dimension, _, value = (of or "").partition(":")
        for each in (dimension, by or ""):
            if each and each not in DIMENSIONS[1:]:
                raise BadRequest("bad_request", f"A dimension is one of {', '.join(DIMENSIONS[1:])}.")
        return Asked(first, last, (dimension, value) if dimension else None, by)

    async def overview(self, agent: AgentRow, asked: Asked) -> dict[str, Any]:
        """All figures of these days, with each day's value, and those of the days before, where all of these were
        counted: a shop's first week is no growth."""
        allow(agent, SUPERVISORS)
        by_day = await self._by_day(asked)
        now, before = add(by_day.values()), await self._total(asked.before)
        days, first = asked.days, await self._desk.store.read(kept.first_day)
        is_whole = first is not None and first <= asked.before.since.isoformat()
        shown = []
        for figure in FIGURES:
            value = show(figure, now)
            row = {"name": figure.name, "group": figure.group, "kind": figure.kind, "good": figure.good, **value}
            row["before"] = show(figure, before)["value"] if is_whole else None
            if figure.kind is not Kind.LIST and figure.kind is not Kind.MONEY:
                row["days"] = [show(figure, by_day.get(day, {}))["value"] for day in days]
            shown.append(row)
        return {
            "since": asked.since.isoformat(),
            "until": asked.until.isoformat(),
            "days": days,
            "groups": GROUPS,
            "figures": shown,
            "names": await self._staff.names(),
            "parts": await self._parts(asked) if asked.by else None,
        }

    async def _by_day(self, asked: Asked) -> dict[str, Tally]:
        """The sums of each day."""
        dimension, value = asked.cell or ("all", "")
        since, until = asked.since.isoformat(), asked.until.isoformat()

        def read(connection: sa.Connection) -> dict[str, Tally]:
            found = {day: tally for _, day, tally in kept.days(connection, dimension, since, until, value)}
            for day, tally in _hands(connection, asked):
                found[day] = add((found.get(day, {}), tally))
            return found

        return await self._desk.store.read(read)

    async def _total(self, asked: Asked) -> Tally:
        """The same as one sum."""
        dimension, value = asked.cell or ("all", "")

        def read(connection: sa.Connection) -> Tally:
            found = (tally for _, tally in kept.sums(connection, dimension, asked.since, asked.until, value))
            return add((*found, *(tally for _, tally in _hands(connection, asked))))

        return await self._desk.store.read(read)

    async def _parts(self, asked: Asked) -> list[dict[str, Any]]:
        """Each value of the dimension that is split by, the largest first, with those figures that are one number."""
        by = asked.by or ""

        def read(connection: sa.Connection) -> dict[str, Tally]:
            totals: defaultdict[str, Tally] = defaultdict(dict)
            for value, tally in kept.sums(connection, by, asked.since, asked.until):
                pour(totals[value], tally)
            return totals

        single = [each for each in FIGURES if each.kind not in (Kind.LIST, Kind.MONEY)]
        parts = [
            {"value": value, "figures": {each.name: show(each, total)["value"] for each in single}}
            for value, total in (await self._desk.store.read(read)).items()
        ]
        return sorted(parts, key=lambda part: (-part["figures"]["conversations"], part["value"]))

    async def conversations(
        self, agent: AgentRow, asked: Asked, name: str, key: str | None, after: str | None
    ) -> dict[str, Any]:
        """The conversations behind a figure, the latest first."""
        allow(agent, SUPERVISORS)
        if name not in BY_NAME:
            raise BadRequest("bad_request", "There is no such figure.")
        if key is not None and ('"' in key or len(key) > 200):
            raise BadRequest("bad_request", "There is no such key.")
        rows = await self._desk.store.read(
            partial(
                kept.listed,
                since=asked.since.isoformat(),
                until=asked.until.isoformat(),
                figure=BY_NAME[name],
                key=key,
                cell=asked.cell,
                after=_cursor(after),
            )
        )
        last = rows[-1] if len(rows) == kept.PAGE else None
        return {
            "conversations": rows,
            "next": ".".join(map(str, kept.cursor_of(last))) if last else None,
        }

    async def rows(self, agent: AgentRow, asked: Asked) -> AsyncIterator[list[Any]]:
        """One row a conversation for the CSV file, the head first."""
        allow(agent, SUPERVISORS)
        yield ["conversation", *COLUMNS]
        after: kept.Cursor | None = None
        while True:
            page = await self._desk.store.read(
                partial(
                    kept.listed,
                    since=asked.since.isoformat(),
                    until=asked.until.isoformat(),
                    cell=asked.cell,
                    after=after,
                    limit=CSV_PAGE,
                )
            )
            for row in page:
                yield [row["conversation"], *(row["facts"].get(name) for name in COLUMNS)]
            if len(page) < CSV_PAGE:
                return
            after = kept.cursor_of(page[-1])


def _hands(connection: sa.Connection, asked: Asked) -> Iterator[tuple[str, Tally]]:
    """(day, sums) of how many cases agents had at a time: the whole shop's, and nothing of one channel's."""
    if asked.cell is None:
        for _, day, tally in kept.days(connection, kept.AGENT, asked.since.isoformat(), asked.until.isoformat()):
            yield day, tally


def _days(since: date, until: date) -> list[str]:
    return [(since + timedelta(days=offset)).isoformat() for offset in range((until - since).days + 1)]


def _date(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError as error:
        raise BadRequest("bad_request", "A day looks like 2026-11-24.") from error


def _cursor(text: str | None) -> kept.Cursor | None:
    if not text:
        return None
    day, began, conversation, number = (text.split(".") + [""] * 4)[:4]
    if not began.isdigit() or not number.isdigit() or len(began) > 18 or len(number) > 9:
        raise BadRequest("bad_request", "after must be the next of the page before.")
    return day, int(began), conversation, int(number)
