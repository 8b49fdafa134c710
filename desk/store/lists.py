"""The agents' lists: which conversations stand in which view, in which order, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.conversation.state import Conversation
from desk.store import schema as t

PAGE = 50
VIEWS = ("waiting", "mine", "team", "bot", "resolved")


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation with what lists show of its customer."""

    state: Conversation
    profile: dict[str, Any]


def page(connection: sa.Connection, view: str, agent: str, after: str | None) -> tuple[list[Row], str | None]:
    """The rows of a view after a cursor, and the next cursor. ValueError for a cursor that is none of ours."""
    c = t.conversations.c
    query = _rows().where(_belongs(view, agent))
    # A waiting case's rank is (urgent first, queue entry, id); the others come by their last event, newest first.
    if view == "waiting":
        if after:
            urgent, at, key = _cursor(after)
            later = (c.queued_at > at) | ((c.queued_at == at) & (c.id > key))
            calm = c.urgent == sa.false()
            query = query.where(sa.or_(calm, later) if urgent else calm & later)
        query = query.order_by(c.urgent.desc(), c.queued_at, c.id)
    else:
        if after:
            _, at, key = _cursor(after)
            query = query.where((c.last_at < at) | ((c.last_at == at) & (c.id < key)))
        query = query.order_by(c.last_at.desc(), c.id.desc())
    rows = [_row(each) for each in connection.execute(query.limit(PAGE + 1))]
    if len(rows) <= PAGE:
        return rows, None
    last = rows[PAGE - 1].state
    stands_at = last.queued_at if view == "waiting" else last.last_at
    return rows[:PAGE], f"{int(last.urgent)}.{stands_at}.{last.id}"


def one(connection: sa.Connection, conversation: str) -> Row | None:
    """One conversation's row."""
    found = connection.execute(_rows().where(t.conversations.c.id == conversation)).one_or_none()
    return _row(found) if found else None


def counts(connection: sa.Connection, agent: str) -> dict[str, int]:
    """How many stand in each view that an agent works on."""
    columns = [
        sa.select(sa.func.count())
        .select_from(t.conversations)
        .where(_belongs(view, agent))
        .scalar_subquery()
        .label(view)
        for view in VIEWS[:-1]
    ]
    row = connection.execute(sa.select(*columns)).one()
    return {view: int(row[index]) for index, view in enumerate(VIEWS[:-1])}


def _rows() -> sa.Select[Any]:
    c, p = t.conversations.c, t.profiles.c
    return sa.select(c.state, p.name, p.email, p.phone, p.preview).outerjoin(t.profiles, p.conversation == c.id)


def _belongs(view: str, agent: str) -> sa.ColumnElement[bool]:
    c = t.conversations.c
    match view:
        case "waiting":
            return c.owner == "queue"
        case "mine":
            return (c.agent == agent) & c.owner.in_(("agent", "hold"))
        case "team":
            return c.owner.in_(("agent", "hold"))
        case "bot":
            return c.owner == "bot"
        case _:
            return c.owner == "closed"


def _row(row: Any) -> Row:
    profile = {"name": row.name, "email": row.email, "phone": row.phone, "preview": row.preview}
    return Row(Conversation.from_json(row.state), profile)


def _cursor(text: str) -> tuple[bool, int, str]:
    urgent, at, key = text.split(".", 2)
    return urgent == "1", int(at), key
