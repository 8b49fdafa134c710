"""Keeping and reading the figures. Functions take a connection and belong into `Store.write` or `read`.

What is kept is made from the log alone. `keep` changes a contact and its day's sums in one transaction by the
difference, so the sums are always those of the contacts; a test compares them with a recount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from desk.conversation.rules import DAY
from desk.figures.clocks import day_of, start_of
from desk.figures.concurrency import of_agent
from desk.figures.contact import Contact, counts
from desk.figures.counted import Calendar, Cell, Counted, count, matter
from desk.figures.definitions import Figure
from desk.figures.reading import contacts
from desk.figures.tally import Tally, minus, plus
from desk.store import log
from desk.store import schema as t
from desk.store.log import upsert

AGENT = "agent"
"""The dimension of what belongs to no contact: how many cases an agent had at a time."""
PAGE = 50
LONGEST_LOG = 100_000
LONGEST_BEFORE = 60 * DAY
"""A contact that began earlier than this is not counted anew for a return."""
ADVISORY_LOCK = 0x66696775
"""On PostgreSQL one desk process counts at a time."""


type Cursor = tuple[str, int, str, int]
"""Day, beginning, conversation, number: the place in a list."""


@dataclass(frozen=True, slots=True)
class Read:
    """A conversation's contacts as of its event `seq`."""

    conversation: str
    seq: int
    contacts: list[Contact]


def uncounted(connection: sa.Connection, now: int, limit: int) -> list[str]:
    """Conversations whose figures are not up to date: something happened, or a silence has lasted long enough."""
    c, f = t.conversations.c, t.figure_contacts.c
    found = list(connection.execute(sa.select(c.id).where(c.uncounted == sa.true()).limit(limit)).scalars())
    due = sa.select(f.conversation).where(f.due_at <= now).order_by(f.due_at).limit(limit)
    return list(dict.fromkeys([*found, *connection.execute(due).scalars()]))[:limit]


def read_logs(connection: sa.Connection, conversations: Sequence[str]) -> list[Read]:
    """What the logs of these conversations say now."""
    found = []
    for conversation in conversations:
        events = log.read(connection, conversation, limit=LONGEST_LOG)
        found.append(Read(conversation, events[-1].seq if events else 0, contacts(events)))
    return found


def keep(connection: sa.Connection, logs: Sequence[Read], calendar: Calendar, now: int) -> bool:
    """Count what was read, all in the caller's transaction; False when another desk process is at it.

    A conversation that has gone on since it was read stays uncounted, for the next time."""
    if connection.dialect.name == "postgresql" and not _alone(connection):
        return False
    changes: defaultdict[Cell, Tally] = defaultdict(dict)
    touched: set[tuple[str, str]] = set()
    for read in logs:
        _keep_contacts(connection, read, calendar, now, changes)
        touched |= _keep_spans(connection, read, calendar)
        c = t.conversations.c
        mark = t.conversations.update().where(c.id == read.conversation, c.seq == read.seq)
        connection.execute(mark.values(uncounted=False))
    for cell, change in changes.items():
        _add(connection, cell, change)
    for agent, day in touched:
        _set_hands(connection, agent, day, calendar)
    return True


def _alone(connection: sa.Connection) -> bool:
    taken: bool = connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(ADVISORY_LOCK))).scalar_one()
    return taken


def _keep_contacts(
    connection: sa.Connection, read: Read, calendar: Calendar, now: int, changes: defaultdict[Cell, Tally]
) -> None:
    f = t.figure_contacts.c
    rows = connection.execute(sa.select(t.figure_contacts).where(f.conversation == read.conversation))
    old = {row.number: row for row in rows}
    for contact in read.contacts:
        counted = count(contact, calendar, _returned(connection, read, contact), now)
        if counted is None:
            continue
        before = old.pop(contact.number, None)
        if before is not None and contact.erased:  # what could still be seen then stays counted
            counted = replace(counted, cells=before.cells, tally=before.tally, due_at=None)
        _move(changes, counted.cells, counted.day, counted.tally, 1)
        if before is not None:
            _move(changes, before.cells, before.day, before.tally, -1)
        if not contact.erased and (before is None or before.matter != counted.matter):
            _wake(connection, read.conversation, counted.matter, counted.began_at)
            _wake(connection, read.conversation, before.matter if before else None, counted.began_at)
        _place(connection, read.conversation, counted)
    for row in old.values():
        _move(changes, row.cells, row.day, row.tally, -1)
        connection.execute(
            t.figure_contacts.delete().where(f.conversation == read.conversation, f.number == row.number)
        )
        _wake(connection, read.conversation, row.matter, row.began_at)


def _place(connection: sa.Connection, conversation: str, counted: Counted) -> None:
    key = {"conversation": conversation, "number": counted.number}
    values = {name: getattr(counted, name) for name in t.figure_contacts.c.keys() if name not in key}  # noqa: SIM118
    upsert(connection, t.figure_contacts, key, values)


def _returned(connection: sa.Connection, read: Read, contact: Contact) -> int | None:
    """When the customer began another contact about the same order and kind of problem, after the first end."""
    f, about = t.figure_contacts.c, matter(contact)
    if about is None or not contact.endings:
        return None
    first = contact.endings[0].at
    query = sa.select(sa.func.min(f.began_at)).where(
        f.matter == about, f.began_at >= first, f.conversation != read.conversation
    )
    elsewhere: int | None = connection.execute(query).scalar_one()
    here = [each.began_at for each in read.contacts if each is not contact and matter(each) == about]
    return min((at for at in (*here, elsewhere) if at is not None and at >= first), default=None)


def _wake(connection: sa.Connection, conversation: str, about: str | None, began_at: int) -> None:
    """A contact that has begun may be a return: then the one before was not helped, and is counted anew."""
    if about is None:
        return
    f, c = t.figure_contacts.c, t.conversations.c
    earlier = sa.select(f.conversation).where(
        f.matter == about,
        f.began_at <= began_at,
        f.began_at >= began_at - LONGEST_BEFORE,
        f.conversation != conversation,
    )
    connection.execute(t.conversations.update().where(c.id.in_(earlier)).values(uncounted=True))


def _move(changes: defaultdict[Cell, Tally], cells: dict[str, str], day: str, tally: Tally, sign: int) -> None:
    for dimension, value in cells.items():
        cell = (dimension, value, day)
        changes[cell] = plus(changes[cell], tally) if sign > 0 else minus(changes[cell], tally)


def _add(connection: sa.Connection, cell: Cell, change: Tally) -> None:
    if not change:
        return
    before = connection.execute(_cell(sa.select(t.figure_days.c.tally), cell)).scalar_one_or_none()
    _set(connection, cell, plus(before or {}, change))


def _set(connection: sa.Connection, cell: Cell, tally: Tally) -> None:
    if not tally:
        connection.execute(_cell(t.figure_days.delete(), cell))
        return
    upsert(connection, t.figure_days, dict(zip(("dimension", "value", "day"), cell, strict=True)), {"tally": tally})


def _cell(statement: Any, cell: Cell) -> Any:
    d = t.figure_days.c
    return statement.where(d.dimension == cell[0], d.value == cell[1], d.day == cell[2])


def _keep_spans(connection: sa.Connection, read: Read, calendar: Calendar) -> set[tuple[str, str]]:
    """The finished spans of agents; gives the agents and days whose sums have changed."""
    s, zone = t.figure_spans.c, calendar(None).zone
    query = sa.select(s.agent, s.started_at, s.ended_at).where(s.conversation == read.conversation).order_by(s.position)
    old = [tuple(row) for row in connection.execute(query)]
    new = [
        (span.agent, span.since, span.until)
        for contact in read.contacts
        if counts(contact)
        for span in contact.spans
        if span.until is not None and span.until > span.since
    ]
    if old == new:
        return set()
    connection.execute(t.figure_spans.delete().where(s.conversation == read.conversation))
    names = ("agent", "started_at", "ended_at")
    rows = [
        {"conversation": read.conversation, "position": at, **dict(zip(names, span, strict=True))}
        for at, span in enumerate(new)
    ]
    if rows:
        connection.execute(t.figure_spans.insert(), rows)
    touched = set()
    for agent, since, until in {*old, *new}:
        day, last = day_of(since, zone), day_of(until, zone)
        while day <= last:
            touched.add((agent, day.isoformat()))
            day += timedelta(days=1)
    return touched


def _set_hands(connection: sa.Connection, agent: str, day: str, calendar: Calendar) -> None:
    s, zone = t.figure_spans.c, calendar(None).zone
    on = date.fromisoformat(day)
    start, end = start_of(on, zone), start_of(on + timedelta(days=1), zone)
    query = sa.select(s.started_at, s.ended_at).where(s.agent == agent, s.ended_at > start, s.started_at < end)
    spans = [(row.started_at, row.ended_at) for row in connection.execute(query)]
    _set(connection, (AGENT, agent, day), of_agent(spans, start, end))


# Reading


def days(
    connection: sa.Connection, dimension: str, since: str, until: str, value: str | None = None
) -> Iterator[tuple[str, str, Tally]]:
    """(value, day, sums) of the days from `since` through `until`, of one value or of all."""
    d = t.figure_days.c
    query = sa.select(d.value, d.day, d.tally).where(d.dimension == dimension, d.day >= since, d.day <= until)
    if value is not None:
        query = query.where(d.value == value)
    for row in connection.execute(query.order_by(d.day, d.value)):
        yield row.value, row.day, row.tally


def listed(
    connection: sa.Connection,
    since: str,
    until: str,
    *,
    figure: Figure | None = None,
    key: str | None = None,
    cell: tuple[str, str] | None = None,
    after: Cursor | None = None,
    limit: int = PAGE,
) -> list[dict[str, Any]]:
    """The contacts of these days that add to a figure (or to one key of it), the latest first, after a cursor."""
    f = t.figure_contacts.c
    query = sa.select(f.conversation, f.number, f.day, f.began_at, f.ended_at, f.facts).where(
        f.day >= since, f.day <= until
    )
    if figure is not None:
        query = query.where(_adds(figure, key))
    if cell is not None:
        query = query.where(f.cells[cell[0]].as_string() == cell[1])
    order = (f.day, f.began_at, f.conversation, f.number)  # as the index has it: a page is read, not the year sorted
    if after is not None:
        query = query.where(sa.tuple_(*order) < sa.tuple_(*after))
    query = query.order_by(*(each.desc() for each in order)).limit(limit)
    return [dict(row._mapping) for row in connection.execute(query)]


def _adds(figure: Figure, key: str | None) -> sa.ColumnElement[bool]:
    name, _, only = figure.of.partition(":")
    keys = [key] if key is not None else only.split("+") if only else []
    tally = t.figure_contacts.c.tally
    found = [tally[(name, each)] for each in keys] or [tally[name]]
    return sa.or_(*(each.as_string().is_not(None) for each in found))


def cursor_of(row: dict[str, Any]) -> Cursor:
    """Where a row of `listed` stands."""
    return row["day"], row["began_at"], row["conversation"], row["number"]
