"""The end of the log, over all conversations, for whoever was not told of changes. For `Store.read`."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from desk.conversation.fold import evolve
from desk.conversation.state import Conversation, Stored
from desk.store import log
from desk.store import schema as t

OVERLAP = 500
"""Positions that are read again: PostgreSQL gives them out before the commit, so that a lower one may come later."""
MOST = 10_000

type Change = tuple[Conversation, Conversation, tuple[Stored, ...]]
"""The state before, the state after, and the events between them."""


def position(connection: sa.Connection) -> int:
    """Of the newest event; 0 for an empty log."""
    return int(connection.execute(sa.select(sa.func.max(t.events.c.position))).scalar_one() or 0)


def changes(connection: sa.Connection, after: int, known: Mapping[str, int]) -> tuple[int, list[Change]]:
    """(where the log ends, what has changed since `after`), a change for each conversation; without what is `known`:
    conversation → the last event that was told."""
    c = t.events.c
    recent = sa.select(c.position, c.conversation, c.seq).where(c.position > after - OVERLAP).order_by(c.position)
    end, first = after, dict[str, int]()
    for row in connection.execute(recent.limit(MOST)):
        end = max(end, row.position)
        if row.seq > known.get(row.conversation, 0):
            first[row.conversation] = min(row.seq, first.get(row.conversation, row.seq))
    return end, [_change(connection, conversation, seq - 1) for conversation, seq in first.items()]


def _change(connection: sa.Connection, conversation: str, after: int) -> Change:
    """What happened in it after the event `after`."""
    before = Conversation(id=conversation)
    for stored in log.read(connection, conversation, limit=after) if after else ():
        before = evolve(before, stored)
    state, fresh = before, tuple(log.read(connection, conversation, after=after, limit=MOST))
    for stored in fresh:
        state = evolve(state, stored)
    return before, state, fresh
