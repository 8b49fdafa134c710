"""Erased words leave SQLite's search index, too: deleting only notes there that they no longer count.

They go when the whole index is merged, which at a million messages takes seconds; so it is done in small steps, between
which everybody else writes, once for all that was erased meanwhile. PostgreSQL's VACUUM does it by itself.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from desk.errors import Unavailable
from desk.store import schema as t
from desk.store.engine import Store
from desk.store.statements import upsert

log = structlog.get_logger()
SOURCE = "search index"
PAGES = 50
"""Of four kilobytes, that a step writes: some tens of milliseconds."""
_MERGE = sa.text("INSERT INTO search_index (search_index, rank) VALUES ('merge', :pages)")


def erased(connection: sa.Connection) -> None:
    """Words were deleted, in this transaction."""
    if connection.dialect.name == "sqlite":
        mark = upsert("sqlite", t.cursors, ("source",), ("place",))
        connection.execute(mark, {"source": SOURCE, "place": {"mark": secrets.token_hex(8)}})


async def leave_nothing(store: Store) -> None:
    """What was erased so far stands nowhere beside the tables: not in the index, not in the latest changes that SQLite
    keeps. Where the database is busy that comes later: the index within the hour, the place when it is used anew."""
    try:
        await tidy(store)
        await store.scrub()
    except Unavailable as error:
        log.warning("database_not_scrubbed", error=str(error))


async def tidy(store: Store) -> None:
    """What was erased so far stands in the index no more. Raises Unavailable; the next time goes on."""
    mark = await store.read(mark_of)
    if mark is None:
        return
    pages = -PAGES  # a negative number begins to merge all there is
    while await store.write(partial(_merge, pages=pages)):
        pages = PAGES
    await store.write(partial(_done, mark=mark))


def mark_of(connection: sa.Connection) -> Any:
    """What is left to do, as one value that each erasure changes; None: nothing."""
    return connection.execute(sa.select(t.cursors.c.place).where(t.cursors.c.source == SOURCE)).scalar_one_or_none()


def _merge(connection: sa.Connection, pages: int) -> bool:
    """One step; whether there is more to do (SQLite's own sign: a step that does nothing changes one row)."""
    driver: Any = connection.connection.driver_connection
    before = driver.total_changes
    connection.execute(_MERGE, {"pages": pages})
    return bool(driver.total_changes - before >= 2)


def _done(connection: sa.Connection, mark: Any) -> None:
    """Unless something was erased meanwhile."""
    if mark_of(connection) == mark:
        connection.execute(t.cursors.delete().where(t.cursors.c.source == SOURCE))
