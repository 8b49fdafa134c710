"""The supervisor's board: queries about the moment. Functions take a connection and belong into `Store.read`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from desk.conversation.rules import DAY
from desk.store import schema as t
from desk.store.lists import PRACTICE, Row, row_of, rows

SHOWN = 50
AHEAD = DAY
"""Promises are shown that are due within this time."""
SEARCHED = 1_000


def queue(connection: sa.Connection) -> dict[str, Any]:
    """How many wait, since when the longest, how many are urgent, and how many in each team."""
    c = t.conversations.c
    urgent = sa.func.sum(sa.case((c.urgent == sa.true(), 1), else_=0))
    found = sa.select(
        c.team, sa.func.count().label("many"), sa.func.min(c.queued_at).label("since"), urgent.label("urgent")
    )
    teams = connection.execute(found.where(c.owner == "queue").group_by(c.team)).all()
    return {
        "waiting": sum(row.many for row in teams),
        "longest_since": min((row.since for row in teams), default=None),
        "urgent": sum(int(row.urgent) for row in teams),
        "teams": [{"team": row.team, "waiting": row.many, "longest_since": row.since} for row in teams],
    }


def escalated(connection: sa.Connection) -> list[Row]:
    """Waiting cases whose target time has passed, in the queue's order."""
    c = t.conversations.c
    query = rows().where(c.owner == "queue", c.escalated == sa.true()).order_by(c.grade, c.queued_at, c.id)
    return [row_of(each) for each in connection.execute(query.limit(SHOWN))]


def promises(connection: sa.Connection, until: int) -> list[tuple[int, str, Row]]:
    """(due, kind, conversation) of the open promises due until then, the soonest first."""
    c = t.conversations.c
    # A conversation's due time is that of its soonest promise, or sooner for another reason.
    query = rows().where(c.due_at <= until, c.owner.not_in(("bot", PRACTICE))).order_by(c.due_at).limit(SEARCHED)
    found = []
    for each in connection.execute(query):
        row = row_of(each)
        found += [(promise.due, promise.kind, row) for promise in row.state.promises if promise.due <= until]
    return sorted(found, key=lambda one: (one[0], one[2].state.id))[:SHOWN]


def cases_of(connection: sa.Connection, agent: str) -> list[str]:
    """The conversations that this agent has now."""
    c = t.conversations.c
    return list(connection.execute(sa.select(c.id).where(c.agent == agent, c.owner == "agent")).scalars())
