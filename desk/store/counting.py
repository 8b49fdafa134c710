"""Keeping up the figures. Functions take a connection and belong into `Store.write` or `read`.

What is kept is made from the log alone. `keep` changes contacts and the sums of their days in one transaction by the
difference, so the sums are always those of the contacts; a test compares them with a recount. Many conversations are
worked off at once with a few statements, because a database with a million old ones is counted, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from desk.conversation.event import join
from desk.conversation.rules import DAY
from desk.conversation.state import Stored
from desk.figures.contact import Contact, counts
from desk.figures.counted import Calendar, Cell, Counted, count, matter
from desk.figures.reading import contacts
from desk.figures.tally import Tally, pour
from desk.store import figure_sums
from desk.store import schema as t
from desk.store import statements as sql
from desk.store.among import among
from desk.store.counted_hands import keep_hands

LONGEST_BEFORE = 60 * DAY
"""A contact that began earlier than this is not counted anew for a return."""
ADVISORY_LOCK = 0x66696775
"""On PostgreSQL one desk process counts at a time."""
EVENTS = 10_000
"""Read at once, or one conversation, however long."""


@dataclass(frozen=True, slots=True)
class Read:
    """A conversation's contacts as of its event `seq`."""

    conversation: str
    seq: int
    contacts: list[Contact]


def uncounted(connection: sa.Connection, now: int, limit: int) -> list[str]:
    """Conversations whose figures are not up to date: something happened, or a silence has lasted long enough."""
    c, f = t.conversations.c, t.figure_contacts.c
    found = list(connection.execute(sa.select(c.id).where(sql.UNCOUNTED).limit(limit)).scalars())
    due = sa.select(f.conversation).where(f.due_at <= now).order_by(f.due_at).limit(limit)
    return list(dict.fromkeys([*found, *connection.execute(due).scalars()]))[:limit]


def read_logs(connection: sa.Connection, conversations: Sequence[str]) -> list[Read]:
    """What the logs of these conversations say now."""
    c = t.conversations.c
    rows = connection.execute(sa.select(c.id, c.seq).where(among(c.id, conversations)))
    lengths = {row.id: row.seq for row in rows}
    found: list[Read] = []
    for some in _portions(lengths):
        found_events = connection.execute(sql.logs_of(some))
        for conversation, events in groupby(found_events, key=lambda row: str(row.conversation)):
            log = [Stored(seq=row.seq, at=row.at, event=join(row.type, row.data, row.content)) for row in events]
            found.append(Read(conversation, log[-1].seq, contacts(log)))
    return found


def _portions(lengths: Mapping[str, int]) -> Iterator[list[str]]:
    """Conversations whose logs fit into memory together."""
    some: list[str] = []
    events = 0
    for conversation, length in lengths.items():
        if some and events + length > EVENTS:
            yield some
            some, events = [], 0
        some.append(conversation)
        events += length
    if some:
        yield some


def keep(connection: sa.Connection, logs: Sequence[Read], calendar: Calendar, now: int) -> bool:
    """Count what was read, all in the caller's transaction; False when another desk process is at it.

    A conversation that has gone on since it was read stays uncounted, for the next time."""
    if connection.dialect.name == "postgresql" and not _alone(connection):
        return False
    old = _kept(connection, logs)
    others = _Others(connection, logs, old.values())
    work = _Work(connection)
    for read in logs:
        for contact in read.contacts:
            counted = count(contact, calendar, others.returned(read, contact), now)
            if counted is not None:
                work.place(read.conversation, counted, old.pop((read.conversation, contact.number), None))
    for row in old.values():
        work.remove(row)
    _mark(connection, others.wakened(work.begun), uncounted=True)
    work.write()
    keep_hands(connection, {read.conversation: read.contacts for read in logs}, calendar)
    if logs:
        connection.execute(sql.COUNTED, [{"this": read.conversation, "read": read.seq} for read in logs])
    return True


def _alone(connection: sa.Connection) -> bool:
    taken: bool = connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(ADVISORY_LOCK))).scalar_one()
    return taken


def _kept(connection: sa.Connection, logs: Sequence[Read]) -> dict[tuple[str, int], Any]:
    """The rows of these conversations' contacts, by conversation and number."""
    names = [read.conversation for read in logs]
    rows = connection.execute(sa.select(t.figure_contacts).where(among(t.figure_contacts.c.conversation, names)))
    return {(row.conversation, row.number): row for row in rows}


def _mark(connection: sa.Connection, conversations: Iterable[str], *, uncounted: bool) -> None:
    wanted = sorted(conversations)
    if wanted:
        c = t.conversations.c
        connection.execute(t.conversations.update().where(among(c.id, wanted)).values(uncounted=uncounted))


class _Others:
    """Who came when with which order and kind of problem: what is stored of other conversations, and what was read of
    these."""

    def __init__(self, connection: sa.Connection, logs: Sequence[Read], rows: Iterable[Any]) -> None:
        self._stored: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._read: defaultdict[str, list[tuple[int, str, Contact]]] = defaultdict(list)
        for read in logs:
            for contact in read.contacts:
                if about := matter(contact):
                    self._read[about].append((contact.began_at, read.conversation, contact))
        f, these = t.figure_contacts.c, [read.conversation for read in logs]
        abouts = {*self._read, *(row.matter for row in rows if row.matter)}
        query = sa.select(f.matter, f.began_at, f.conversation).where(among(f.matter, sorted(abouts)))
        for row in connection.execute(query.where(~among(f.conversation, these))) if abouts else ():
            self._stored[row.matter].append((row.began_at, row.conversation))

    def returned(self, read: Read, contact: Contact) -> int | None:
        """When the customer began another contact about the same order and kind of problem, after the first end."""
        about = matter(contact)
        if about is None or not contact.endings:
            return None
        first = contact.endings[0].at
        here = [
            at
            for at, conversation, other in self._read[about]
            if other is not contact and (conversation == read.conversation or counts(other))
        ]
        return min((at for at in (*here, *(at for at, _ in self._stored[about])) if at >= first), default=None)

    def wakened(self, begun: Iterable[tuple[str, int]]) -> set[str]:
        """A contact that has begun may be a return: then the one before was not helped, and is counted anew."""
        return {
            conversation
            for about, at in begun
            for began_at, conversation in self._stored[about]
            if at - LONGEST_BEFORE <= began_at <= at
        }


class _Work:
    """What is to be written: gathered first, then written with one statement of a kind."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._changes: defaultdict[Cell, Tally] = defaultdict(dict)
        self._placed: list[dict[str, Any]] = []
        self._removed: list[dict[str, Any]] = []
        self.begun: list[tuple[str, int]] = []
        """Matters that were begun or are no longer, with the time."""

    def place(self, conversation: str, counted: Counted, before: Any | None) -> None:
        """A contact as it is now; `before`, as it is kept."""
        erased = counted.facts["erased"]
        if before is not None:
            self._move(before, -1)
            if erased:  # what could still be seen then stays counted
                counted = replace(counted, cells=before.cells, tally=before.tally, due_at=None)
        self._move(counted, 1)
        was = before.matter if before is not None else None
        if not erased and (before is None or was != counted.matter):
            self.begun += [(about, counted.began_at) for about in (counted.matter, was) if about]
        values = {name: getattr(counted, name) for name in _VALUES}
        self._placed.append({"conversation": conversation, **values})

    def remove(self, row: Any) -> None:
        """A contact that is none any more, or does not count."""
        self._move(row, -1)
        self._removed.append({"this": row.conversation, "which": row.number})
        if row.matter:
            self.begun.append((row.matter, row.began_at))

    def _move(self, one: Any, sign: int) -> None:
        for dimension, value in one.cells.items():
            pour(self._changes[dimension, value, one.day], one.tally, sign)

    def write(self) -> None:
        """All of it."""
        if self._removed:
            self._connection.execute(sql.FORGET_CONTACT, self._removed)
        if self._placed:
            keyed = ("conversation", "number")
            changed = tuple(name for name in _VALUES if name not in keyed)
            upsert = sql.upsert(self._connection.dialect.name, t.figure_contacts, keyed, changed)
            self._connection.execute(upsert, self._placed)
        figure_sums.move(self._connection, self._changes)


_VALUES = tuple(name for name in t.figure_contacts.c.keys() if name != "conversation")  # noqa: SIM118 - columns
