"""Letters that are to be sent (schema.letters)."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desk.store import schema as t


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLetter:
    """A letter whose time has come; `after`: the last one of its kind that was sent, as the number of its order."""

    conversation: str
    seq: int
    letter: str
    attempts: int
    after: int


def order(connection: sa.Connection, conversation: str, seq: int, letter: str, due_at: int) -> None:
    """Send it at `due_at`. One of this kind that still waits is enough: it says what is new when it leaves."""
    row = t.letters.c
    waits = sa.select(row.seq).where(
        row.conversation == conversation, row.letter == letter, row.due_at.is_not(None), row.sent_at.is_(None)
    )
    if connection.execute(waits.limit(1)).first() is None:
        values = {"conversation": conversation, "seq": seq, "letter": letter, "due_at": due_at, "attempts": 0}
        connection.execute(t.letters.insert().values(**values))


def due(connection: sa.Connection, now: int, limit: int = 50) -> list[DueLetter]:
    """What is to be sent now, the longest due first."""
    row, earlier = t.letters.c, t.letters.alias()
    after = sa.select(sa.func.coalesce(sa.func.max(earlier.c.through), 0)).where(
        earlier.c.conversation == row.conversation, earlier.c.letter == row.letter, earlier.c.sent_at.is_not(None)
    )
    columns = (row.conversation, row.seq, row.letter, row.attempts, after.scalar_subquery().label("after"))
    query = sa.select(*columns).where(row.due_at <= now).order_by(row.due_at).limit(limit)
    return [DueLetter(**each._mapping) for each in connection.execute(query)]


def next_due(connection: sa.Connection) -> int | None:
    """When something is to be sent next."""
    soonest: int | None = connection.execute(sa.select(sa.func.min(t.letters.c.due_at))).scalar_one()
    return soonest


def mark_sent(connection: sa.Connection, conversation: str, seq: int, through: int, at: int) -> None:
    """It has left, and says what happened up to `through`."""
    _change(connection, conversation, seq, due_at=None, sent_at=at, through=through)


def give_up(connection: sa.Connection, conversation: str, seq: int) -> None:
    """It will not be sent."""
    _change(connection, conversation, seq, due_at=None)


def put_off(connection: sa.Connection, conversation: str, seq: int, until: int) -> None:
    """Try again then."""
    _change(connection, conversation, seq, due_at=until, attempts=t.letters.c.attempts + 1)


def _change(connection: sa.Connection, conversation: str, seq: int, **values: object) -> None:
    row = t.letters.c
    this = (row.conversation == conversation) & (row.seq == seq)
    connection.execute(t.letters.update().where(this).values(**values))
