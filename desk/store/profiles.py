"""Who the customers are, as far as known."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desk.store import schema as t
from desk.store import statements as sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known; empty where nothing is."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


def latest_names(connection: sa.Connection, most: int) -> list[str]:
    """Names of customers who wrote last."""
    c = t.profiles.c
    joined = t.profiles.join(t.conversations, t.conversations.c.id == c.conversation)
    query = sa.select(c.name).select_from(joined).where(c.name.is_not(None))
    return list(connection.execute(query.order_by(t.conversations.c.last_at.desc()).limit(most)).scalars())


def load(connection: sa.Connection, conversation: str) -> Profile:
    """The profile of one conversation's customer."""
    row = connection.execute(sql.PROFILE, {"this": conversation}).one_or_none()
    return Profile(name=row.name, email=row.email, phone=row.phone) if row else Profile()
