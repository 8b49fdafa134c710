"""Erasing what is personal of one conversation: the log stays, as the record that something was, and when."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store import attachments
from desk.store import schema as t


def erase(connection: sa.Connection, conversation: str) -> None:
    """What was said, who said it, where they are reached, what they sent. Belongs into the event's transaction."""
    attachments.erase(connection, conversation)
    for table in (t.contents, t.profiles, t.addresses, t.sent, t.failures, t.letters, t.watches, t.customer_sessions):
        connection.execute(table.delete().where(table.c.conversation == conversation))
    connection.execute(sa.delete(t.search).where(t.search.c.conversation == conversation))
    if connection.dialect.name == "sqlite":  # or the words would stay in the index until it is merged by chance
        connection.execute(sa.text("INSERT INTO search (search) VALUES ('optimize')"))
