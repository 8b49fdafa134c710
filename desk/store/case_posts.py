"""How far another help desk has been told of each case (schema.case_posts): a cursor keeps the order by itself."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desk.conversation.state import Conversation, Owner
from desk.store import schema as t
from desk.store import statements as sql

WITH_PEOPLE = (Owner.QUEUE, Owner.AGENT, Owner.HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePost:
    """A case of which something is to be told now; `through`: told up to this event."""

    conversation: str
    through: int
    attempts: int


def order(connection: sa.Connection, before: Conversation, state: Conversation, at: int) -> None:
    """Something has happened to a case that people have, or had until now. One that waits already stays as it is."""
    if not state.case or (before.owner not in WITH_PEOPLE and state.owner not in WITH_PEOPLE):
        return
    known = connection.execute(sa.select(t.case_posts.c.due_at).where(t.case_posts.c.conversation == state.id)).first()
    if known is None:
        key, values = {"conversation": state.id}, {"through": 0, "attempts": 0, "due_at": at}
        statement = sql.upsert(connection.dialect.name, t.case_posts, ("conversation",), ("due_at",))
        connection.execute(statement, {**key, **values})
    elif known.due_at is None:
        this = t.case_posts.c.conversation == state.id
        connection.execute(t.case_posts.update().where(this).values(due_at=at))


def due(connection: sa.Connection, now: int, limit: int = 50) -> list[DuePost]:
    """What is to be told now, the longest due first."""
    c = t.case_posts.c
    query = sa.select(c.conversation, c.through, c.attempts).where(c.due_at <= now).order_by(c.due_at).limit(limit)
    return [DuePost(**each._mapping) for each in connection.execute(query)]


def next_due(connection: sa.Connection) -> int | None:
    """When something is to be told next."""
    soonest: int | None = connection.execute(sa.select(sa.func.min(t.case_posts.c.due_at))).scalar_one()
    return soonest


def told(connection: sa.Connection, conversation: str, through: int, now: int) -> None:
    """The other desk has everything up to `through`; what has come meanwhile is due at once."""
    newest = sa.select(t.conversations.c.seq).where(t.conversations.c.id == conversation).scalar_subquery()
    more = sa.case((newest > through, now), else_=None)
    _change(connection, conversation, through=through, attempts=0, due_at=more)


def put_off(connection: sa.Connection, conversation: str, until: int) -> None:
    """Try again then."""
    _change(connection, conversation, due_at=until, attempts=t.case_posts.c.attempts + 1)


def give_up(connection: sa.Connection, conversation: str) -> None:
    """Not told, until something happens to the case again."""
    _change(connection, conversation, due_at=None, attempts=0)


def _change(connection: sa.Connection, conversation: str, **values: object) -> None:
    this = t.case_posts.c.conversation == conversation
    connection.execute(t.case_posts.update().where(this).values(**values))
