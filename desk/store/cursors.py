"""How far a source outside has been read (schema.cursors)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from desk.store import schema as t
from desk.store.log import upsert


def read(connection: sa.Connection, source: str) -> dict[str, Any] | None:
    """What was kept, None before the first time."""
    found = connection.execute(sa.select(t.cursors.c.place).where(t.cursors.c.source == source)).scalar_one_or_none()
    return dict(found) if found is not None else None


def keep(connection: sa.Connection, source: str, place: dict[str, Any]) -> None:
    """Read up to here."""
    upsert(connection, t.cursors, {"source": source}, {"place": place})
