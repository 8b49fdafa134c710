"""Cases that also stand in a team's channel (schema.team_threads)."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desk.store import schema as t

_ALL = sa.true()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamThread:
    """A case in the channel `place`. `through` is the last event that was shown there."""

    place: str
    thread: str
    conversation: str
    case_number: int
    through: int
    live: bool
    shown: str


def add(connection: sa.Connection, thread: TeamThread) -> None:
    """A case has come into the channel; the threads of the conversation's earlier cases have ended."""
    row = t.team_threads.c
    earlier = t.team_threads.update().where(row.place == thread.place, row.conversation == thread.conversation)
    connection.execute(earlier.values(live=False))
    values = {field: getattr(thread, field) for field in TeamThread.__dataclass_fields__}
    connection.execute(t.team_threads.insert().values(**values))


def latest(connection: sa.Connection, place: str, conversation: str) -> TeamThread | None:
    """The thread of a conversation's latest case."""
    row = t.team_threads.c
    return _one(connection, (row.place == place) & (row.conversation == conversation))


def at(connection: sa.Connection, place: str, thread: str) -> TeamThread | None:
    """The case of a thread."""
    row = t.team_threads.c
    return _one(connection, (row.place == place) & (row.thread == thread))


def move(connection: sa.Connection, thread: TeamThread, through: int, live: bool, shown: str) -> None:
    """Shown up to this event."""
    values = {"through": through, "live": live, "shown": shown}
    connection.execute(t.team_threads.update().where(_this(thread)).values(**values))


def act(connection: sa.Connection, thread: TeamThread, agent: str, at: int) -> None:
    """An agent works from there, and counts as being at work."""
    connection.execute(t.team_threads.update().where(_this(thread)).values(agent=agent, acted_at=at))


def acting(connection: sa.Connection, since: int) -> list[str]:
    """Agents who have worked from there since then."""
    row = t.team_threads.c
    return list(connection.execute(sa.select(row.agent).where(row.acted_at >= since).distinct()).scalars())


def behind(connection: sa.Connection, place: str, seen: sa.ColumnElement[bool] = _ALL, limit: int = 50) -> list[str]:
    """Conversations of which the channel does not show all yet: come into the queue, and to be `seen` there, or gone on
    while live."""
    row, c = t.team_threads.c, t.conversations.c
    live = (row.place == place) & (row.live == sa.true())
    gone_on = sa.select(c.id, c.last_at).join(t.team_threads, row.conversation == c.id).where(live, row.through < c.seq)
    come = sa.select(c.id, c.last_at).where(
        c.owner == "queue", seen, ~sa.exists().where(live, row.conversation == c.id)
    )
    both = sa.union(gone_on, come).subquery()
    return list(connection.execute(sa.select(both.c.id).order_by(both.c.last_at).limit(limit)).scalars())


def _this(thread: TeamThread) -> sa.ColumnElement[bool]:
    row = t.team_threads.c
    return (row.place == thread.place) & (row.thread == thread.thread)


def _one(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> TeamThread | None:
    query = sa.select(t.team_threads).where(condition).order_by(t.team_threads.c.case_number.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return TeamThread(**{field: getattr(row, field) for field in TeamThread.__dataclass_fields__}) if row else None
