"""Queries about the queue and who works on it. Functions take a connection and belong into `Store.read` or `write`."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store import schema as t

RECENT_CASES = 40


def cases_ahead(connection: sa.Connection, conversation: str, urgent: bool, since: int) -> int:
    """How many cases in the queue come before one that is `urgent` and in the queue since then (queue.rank's order)."""
    c = t.conversations.c
    earlier = (c.queued_at < since) | ((c.queued_at == since) & (c.id < conversation))
    before = earlier & (c.urgent == sa.true()) if urgent else (c.urgent == sa.true()) | earlier
    query = sa.select(sa.func.count()).where(c.owner == "queue", c.id != conversation, before)
    return int(connection.execute(query).scalar_one())


def agents_at_work(connection: sa.Connection, seen_after: int) -> int:
    """Agents who are online and whose console was heard of since then."""
    c = t.agents.c
    query = sa.select(sa.func.count()).where(c.active == sa.true(), c.presence == "online", c.seen_at > seen_after)
    return int(connection.execute(query).scalar_one())


def recent_durations(connection: sa.Connection) -> list[int]:
    """How long people worked on the latest cases, in milliseconds."""
    c = t.handled.c
    query = (
        sa.select(c.ended_at - c.claimed_at)
        .where(c.ended_at.is_not(None))
        .order_by(c.ended_at.desc())
        .limit(RECENT_CASES)
    )
    return [int(each) for each in connection.execute(query).scalars()]


def deserted(connection: sa.Connection, seen_before: int, limit: int = 200) -> list[str]:
    """Conversations owned by agents whose console was not heard of since then."""
    query = (
        sa.select(t.conversations.c.id)
        .join(t.agents, t.agents.c.id == t.conversations.c.agent)
        .where(t.conversations.c.owner == "agent", t.agents.c.seen_at < seen_before)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def due(connection: sa.Connection, now: int, limit: int = 200) -> list[str]:
    """Conversations in which time alone brings something about, the longest due first."""
    c = t.conversations.c
    query = sa.select(c.id).where(c.due_at <= now).order_by(c.due_at).limit(limit)
    return list(connection.execute(query).scalars())


def next_due(connection: sa.Connection) -> int | None:
    """When the next one is due."""
    soonest: int | None = connection.execute(sa.select(sa.func.min(t.conversations.c.due_at))).scalar_one()
    return soonest


def with_bot_work(connection: sa.Connection) -> list[str]:
    """Conversations in which the bot has something to do, the oldest first."""
    c = t.conversations.c
    return list(connection.execute(sa.select(c.id).where(c.bot_work == sa.true()).order_by(c.last_at)).scalars())
