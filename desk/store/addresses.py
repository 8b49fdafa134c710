"""Reading where customers are reached (schema.addresses); outbox.py writes it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from desk.conversation.state import Conversation
from desk.store import schema as t


def carried(data: dict[str, Any]) -> dict[str, Any]:
    """The columns that hold an address' data: `person` stands beside it, to be found by."""
    return {"data": data, "person": data.get("person")}


def known_at(connection: sa.Connection, channel: str, key: str) -> str | None:
    """The conversation of an address, if there is one."""
    row = t.addresses.c
    query = sa.select(row.conversation).where(row.channel == channel, row.key == key)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def find(connection: sa.Connection, channel: str, key: str) -> tuple[str, dict[str, Any]] | None:
    """(conversation, data) of an address, if it is known."""
    row = t.addresses.c
    query = sa.select(row.conversation, row.data).where(row.channel == channel, row.key == key)
    found = connection.execute(query).one_or_none()
    return (found.conversation, dict(found.data)) if found else None


def change_data(connection: sa.Connection, channel: str, person: str, changes: dict[str, Any]) -> None:
    """Of all addresses whose data name this `person`."""
    row = t.addresses.c
    theirs = (row.channel == channel) & (row.person == person)
    for key, data in connection.execute(sa.select(row.key, row.data).where(theirs)).all():
        this = (row.channel == channel) & (row.key == key)
        connection.execute(t.addresses.update().where(this).values(**carried({**data, **changes})))


def person_of(connection: sa.Connection, channel: str, conversation: str) -> str | None:
    """Whom a conversation's address names as `person`."""
    row = t.addresses.c
    query = sa.select(row.person).where(row.conversation == conversation, row.channel == channel)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def of_person(connection: sa.Connection, channel: str, person: str, limit: int) -> list[Conversation]:
    """The conversations whose address' data name this `person`, the latest first."""
    a, c = t.addresses.c, t.conversations.c
    query = (
        sa.select(c.state)
        .join(t.addresses, a.conversation == c.id)
        .where(a.channel == channel, a.person == person)
        .order_by(c.last_at.desc())
        .limit(limit)
    )
    return [Conversation.from_json(state) for state in connection.execute(query).scalars()]
