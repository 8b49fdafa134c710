"""Queries about the queue and who works on it. Functions take a connection and belong into `Store.read` or `write`."""

from __future__ import annotations

import sqlalchemy as sa

from desk.conversation import queue
from desk.conversation.queue import Ahead
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Crowd
from desk.conversation.teams import Need
from desk.store import schema as t
from desk.store import staff
from desk.store import statements as sql

RECENT_CASES = 40


def crowd(connection: sa.Connection, state: Conversation, seen_after: int) -> Crowd:
    """The queue before this conversation, as if it stood in it, and who is at work."""
    workers = staff.at_work(connection, seen_after)
    place, share, mine = queue.competing(queue.need_of(state), _ahead(connection, state), workers)
    return Crowd(ahead=place, share=share, workers=tuple(mine), durations=tuple(recent_durations(connection)))


def kinds_waiting(connection: sa.Connection, entered_before: int | None = None) -> list[Ahead]:
    """The waiting cases, counted by what they ask for; those in the queue since before then, if it is given."""
    c = t.conversations.c
    earlier = sa.true() if entered_before is None else c.queued_at < entered_before
    return _counted(connection, (c.owner == "queue") & earlier)


def of_kind(connection: sa.Connection, need: Need, entered_before: int) -> list[str]:
    """The waiting cases that ask for exactly this."""
    c = t.conversations.c
    asked = (
        (c.locale == need.locale)
        & c.team.is_not_distinct_from(need.team)
        & c.skill.is_not_distinct_from(need.skill)
        & c.wanted_agent.is_not_distinct_from(need.wanted)
        & (c.for_everybody == need.for_everybody)
    )
    query = sa.select(c.id).where(c.owner == "queue", c.queued_at < entered_before, asked)
    return list(connection.execute(query).scalars())


def in_order(connection: sa.Connection, limit: int = 200) -> list[Conversation]:
    """The queue from its head."""
    c = t.conversations.c
    query = sa.select(c.state).where(c.owner == "queue").order_by(c.grade, c.queued_at, c.id).limit(limit)
    return [Conversation.from_json(each) for each in connection.execute(query).scalars()]


def _ahead(connection: sa.Connection, state: Conversation) -> list[Ahead]:
    """The cases that come before this one in queue.rank's order."""
    c = t.conversations.c
    before = sa.tuple_(c.grade, c.queued_at, c.id) < sa.tuple_(*queue.rank(state))
    return _counted(connection, (c.owner == "queue") & (c.id != state.id) & before)


def _counted(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Ahead]:
    c = t.conversations.c
    asked = (c.locale, c.team, c.skill, c.for_everybody, c.wanted_agent)
    rows = connection.execute(sa.select(*asked, sa.func.count().label("many")).where(which).group_by(*asked))
    return [
        Ahead(
            need=Need(
                locale=row.locale,
                team=row.team,
                skill=row.skill,
                for_everybody=row.for_everybody,
                wanted=row.wanted_agent,
            ),
            count=row.many,
        )
        for row in rows
    ]


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


def with_bot_work(connection: sa.Connection, before: int | None = None) -> list[str]:
    """Conversations in which the bot has something to do, the oldest first; those idle since `before`, if given."""
    return _idle_with(connection, sql.BOT_WORK, before)


def with_shop_work(connection: sa.Connection, before: int | None = None) -> list[str]:
    """Conversations in which something is to be done in the shop; those idle since `before`, if given."""
    return _idle_with(connection, sql.SHOP_WORK, before)


def _idle_with(connection: sa.Connection, work: sa.TextClause, before: int | None) -> list[str]:
    c = t.conversations.c
    # Not the bare column: SQLite would look for it in an index of all conversations instead of those with work.
    idle = sa.true() if before is None else c.last_at + 0 < before
    return list(connection.execute(sa.select(c.id).where(work, idle).order_by(c.last_at)).scalars())


def banners_told(connection: sa.Connection, conversation: str) -> set[str]:
    """The banners that this customer has been told."""
    c = t.events.c
    rows = connection.execute(sa.select(c.data).where(c.conversation == conversation, c.type == "BannerTold"))
    return {str(data["banner"]) for data in rows.scalars()}
