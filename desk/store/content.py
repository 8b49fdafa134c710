"""Drafts of what the shop says, and its editions: what stood before, what stands since, by whom."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from desk.store import schema as t
from desk.store import statements as sql

SHOWN = 20

type Fields = dict[str, dict[str, str]]


def draft(connection: sa.Connection, kind: str, key: str) -> dict[str, Any] | None:
    """`{"fields", "by", "at"}` of the piece's draft."""
    c = t.content_drafts.c
    row = connection.execute(sa.select(c.fields, c.by, c.at).where(c.kind == kind, c.key == key)).one_or_none()
    return dict(row._mapping) if row else None


def drafts(connection: sa.Connection) -> set[tuple[str, str]]:
    """Kind and key of all pieces that have one."""
    c = t.content_drafts.c
    return {(row.kind, row.key) for row in connection.execute(sa.select(c.kind, c.key))}


def save_draft(connection: sa.Connection, kind: str, key: str, fields: Fields, by: str, at: int) -> None:
    """One draft a piece: the latest."""
    values = {"fields": fields, "by": by, "at": at}
    statement = sql.upsert(connection.dialect.name, t.content_drafts, ("kind", "key"), tuple(values))
    connection.execute(statement, {"kind": kind, "key": key, **values})


def drop_draft(connection: sa.Connection, kind: str, key: str) -> None:
    """It was published, or is not wanted."""
    c = t.content_drafts.c
    connection.execute(t.content_drafts.delete().where(c.kind == kind, c.key == key))


def add_edition(
    connection: sa.Connection, kind: str, key: str, before: Fields | None, after: Fields | None, by: str, at: int
) -> None:
    """None: the piece was not there, or is not any more."""
    row = {"kind": kind, "key": key, "before": before, "after": after, "by": by, "at": at}
    connection.execute(t.content_editions.insert().values(**row))


def editions(connection: sa.Connection, kind: str, key: str) -> list[dict[str, Any]]:
    """`{"number", "before", "after", "by", "at"}`, the latest first."""
    c = t.content_editions.c
    query = sa.select(c.number, c.before, c.after, c.by, c.at).where(c.kind == kind, c.key == key)
    return [dict(row._mapping) for row in connection.execute(query.order_by(c.number.desc()).limit(SHOWN))]
