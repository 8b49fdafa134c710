"""Erasing what is personal of one conversation: the log stays, as the record that something was, and when.

What is deleted and what is emptied stands in the register (desk/privacy/tables.py, events.py); this carries it out,
whole or one class at a time, in the transaction that appends `Erased` or `Expired`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from desk.conversation.event import EVENT_TYPES
from desk.privacy import events as register
from desk.privacy.kinds import PERSONAL, Erasure, Kind
from desk.privacy.tables import DESK
from desk.store import attachments, tidying
from desk.store import schema as t

_NAMING = ("CustomerNamed",)
"""Events whose content is who the customer is."""


def erase(connection: sa.Connection, conversation: str, kinds: Collection[Kind] = PERSONAL) -> None:
    """Of these classes: what was said, who said it, where they are reached, what they sent, which order it was about.
    The folded state is emptied by the event itself."""
    if Kind.CONTENT in kinds:
        attachments.erase(connection, conversation)  # first: its pieces are found by its rows
        connection.execute(sa.delete(t.search).where(t.search.c.conversation == conversation))
        tidying.erased(connection)
        connection.execute(t.profiles.update().where(t.profiles.c.conversation == conversation).values(preview=None))
    for table in deleted_with(kinds):
        connection.execute(table.delete().where(table.c.conversation == conversation, _of_kinds(table, kinds)))
    for table, columns in emptied_with(kinds).items():
        connection.execute(table.update().where(table.c.conversation == conversation).values(columns))
    if Kind.IDENTITY in kinds:  # there is nobody to send to any more
        connection.execute(t.outbox.update().where(t.outbox.c.conversation == conversation).values(due_at=None))
    _empty_events(connection, conversation, kinds)


def deleted_with(kinds: Collection[Kind]) -> list[sa.Table]:
    """The tables whose rows of a conversation go with one of these classes."""
    names = [name for name, place in DESK.items() if place.goes_with & frozenset(kinds)]
    tables = [t.metadata.tables[name] for name in names if name in t.metadata.tables]
    return [table for table in tables if "conversation" in table.c and table is not t.attachments]


def emptied_with(kinds: Collection[Kind]) -> dict[sa.Table, dict[str, None]]:
    """Of rows that stay, the columns that are emptied with these classes. The folded state empties itself, events their
    fields."""
    found = {
        name: {
            column: None
            for column, datum in place.columns.items()
            if datum.erasure is Erasure.EMPTIED and datum.kind in kinds
        }
        for name, place in DESK.items()
        if name not in ("conversations", "events")
    }
    return {t.metadata.tables[name]: columns for name, columns in found.items() if columns}


def _of_kinds(table: sa.Table, kinds: Collection[Kind]) -> sa.ColumnElement[bool]:
    if table is not t.contents or {Kind.CONTENT, Kind.IDENTITY} <= set(kinds):
        return sa.true()
    naming = sa.select(t.events.c.seq).where(
        t.events.c.conversation == t.contents.c.conversation,
        t.events.c.seq == t.contents.c.seq,
        t.events.c.type.in_(_NAMING),
    )
    return sa.exists(naming) if Kind.IDENTITY in kinds else ~sa.exists(naming)


def _empty_events(connection: sa.Connection, conversation: str, kinds: Collection[Kind]) -> None:
    """Our own ids and figures stay in the log; order numbers, the senders' ids, tags and errors' texts go."""
    emptied = register.emptied(kinds)
    c = t.events.c
    query = sa.select(c.position, c.type, c.data).where(c.conversation == conversation, c.type.in_(emptied))
    for row in connection.execute(query).all():
        rest = {name: _empty(row.type, name, row.data[name]) for name in emptied[row.type] if name in row.data}
        if any(row.data[name] != value for name, value in rest.items()):
            connection.execute(t.events.update().where(c.position == row.position).values(data={**row.data, **rest}))


def _empty(type_name: str, name: str, value: Any) -> Any:
    """What the field reads as afterwards; of a system text's figures only those go that point at the customer."""
    if isinstance(value, dict) and name == "params":
        return {key: "–" if key in register.PARAMS_OF_CUSTOMER else each for key, each in value.items()}
    if isinstance(value, list):
        return []
    field = next(each for each in fields(EVENT_TYPES[type_name]) if each.name == name)
    return None if field.default is None else ""
