"""Who the customers are, as far as known."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desk.store import schema as t


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known; empty where nothing is."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


def load(connection: sa.Connection, conversation: str) -> Profile:
    """The profile of one conversation's customer."""
    c = t.profiles.c
    row = connection.execute(sa.select(c.name, c.email, c.phone).where(c.conversation == conversation)).one_or_none()
    return Profile(name=row.name, email=row.email, phone=row.phone) if row else Profile()
