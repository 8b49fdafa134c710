"""How far customers have been told (schema.outbox)."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store import schema as t


def delivered(connection: sa.Connection, conversation: str) -> int:
    """The customer's client has everything up to this event."""
    row = t.outbox.c
    found = connection.execute(
        sa.select(row.delivered_seq).where(row.conversation == conversation)
    ).scalar_one_or_none()
    return int(found or 0)


def move_delivered(connection: sa.Connection, conversation: str, seq: int) -> bool:
    """The customer's client has everything up to `seq`, but not more than was written. True if that is news."""
    row = t.outbox.c
    reached = sa.case((row.last_seq < seq, row.last_seq), else_=seq)
    forward = t.outbox.update().where(
        row.conversation == conversation, row.delivered_seq < seq, row.delivered_seq < row.last_seq
    )
    return connection.execute(forward.values(delivered_seq=reached, sent_seq=reached)).rowcount == 1


def retry(connection: sa.Connection, conversation: str, seq: int, at: int) -> None:
    """An agent wants a failed message sent again."""
    failed = t.failures.delete().where(t.failures.c.conversation == conversation, t.failures.c.seq == seq)
    if connection.execute(failed).rowcount:
        again = t.outbox.update().where(t.outbox.c.conversation == conversation, t.outbox.c.channel != "widget")
        connection.execute(again.values(due_at=at, attempts=0, error=None))
