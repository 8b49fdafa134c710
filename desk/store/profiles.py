"""Who the customers are, as far as known."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desk.conversation.state import Owner
from desk.store import schema as t
from desk.store import statements as sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known; empty where nothing is."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


def latest_names(connection: sa.Connection, most: int) -> list[str]:
    """Names of the customers of the latest `most` conversations, the latest first."""
    c = t.conversations.c
    # The index on (owner, last_at) gives each owner's latest without reading the others, however many there are.
    each = [
        sa.select(c.id, c.last_at).where(c.owner == owner).order_by(c.last_at.desc()).limit(most) for owner in Owner
    ]
    latest = sa.union_all(*(sa.select(one.subquery()) for one in each)).subquery()
    newest = sa.select(latest).order_by(latest.c.last_at.desc()).limit(most).subquery()
    query = sa.select(t.profiles.c.name).join(newest, newest.c.id == t.profiles.c.conversation)
    named = query.where(t.profiles.c.name.is_not(None)).order_by(newest.c.last_at.desc())
    return list(connection.execute(named).scalars())


def load(connection: sa.Connection, conversation: str) -> Profile:
    """The profile of one conversation's customer."""
    row = sql.PROFILE.first(connection, {"this": conversation})
    return Profile(name=row.name, email=row.email, phone=row.phone) if row else Profile()
