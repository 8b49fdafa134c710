"""What time alone removes besides the conversations' own contents, which the timers see to (`decisions/clock.py`)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
import structlog

from desk.conversation.decisions.clock import due
from desk.conversation.fold_privacy import ALL
from desk.conversation.rules import DAY, Rules
from desk.errors import DeskError
from desk.service.desk import Desk
from desk.store import cursors
from desk.store import log as event_log
from desk.store import schema as t
from desk.store.tidying import tidy

log = structlog.get_logger()
EVERY = 3600.0
"""Seconds."""
BATCH = 200
PLANNED = "retention"
"""The cursor that keeps the times by which all closed conversations were planned."""


class Retention:
    """Runs hourly. `keep_log`: how long after its end a conversation's emptied log is kept, in milliseconds; None: for
    good, since figures are counted from it and it tells nothing of anybody."""

    def __init__(self, desk: Desk, keep_log: int | None) -> None:
        self._desk = desk
        self._keep_log = keep_log

    async def run(self) -> None:
        """Forever; a failure is logged and tried again."""
        planned = False
        while True:
            try:
                if not planned:
                    await self.plan()
                planned = True
                await self.once()
            except DeskError as error:
                log.warning("retention_waits", error=str(error))
            except Exception:
                log.exception("retention_failed")
            await asyncio.sleep(EVERY)

    async def plan(self) -> None:
        """Conversations that were closed before there were these times get theirs; once, since times are settings. A
        start with the same times as the one before reads none of them."""
        store, times = self._desk.store, dict(self._desk.rules.keep)
        if await store.read(partial(cursors.read, source=PLANNED)) == times:
            return
        await self._by_pages(partial(_plan, rules=self._desk.rules))
        await store.write(partial(cursors.keep, source=PLANNED, place=times))

    async def once(self) -> None:
        """All that is due now; words that the timers have erased leave the search index."""
        now = self._desk.clock()
        await self._desk.store.write(partial(_forget_sign_ins, now=now))
        if self._keep_log is not None:
            await self._by_pages(partial(_drop_logs, closed_before=now - self._keep_log))
        await tidy(self._desk.store)

    async def _by_pages(self, work: Callable[..., str | None]) -> None:
        after: str | None = ""
        while after is not None:
            after = await self._desk.store.write(partial(work, after=after))


def _plan(connection: sa.Connection, after: str, rules: Rules) -> str | None:
    c = t.conversations.c
    unplanned = (c.owner == "closed") & c.due_at.is_(None) & (c.id > after)
    found = connection.execute(sa.select(c.id).where(unplanned).order_by(c.id).limit(BATCH)).scalars().all()
    for conversation in found:
        state = event_log.load(connection, conversation, lock=True)
        if state is not None and (at := due(state, rules)) is not None:
            connection.execute(t.conversations.update().where(c.id == conversation).values(due_at=at))
    return found[-1] if found else None


def _drop_logs(connection: sa.Connection, after: str, closed_before: int) -> str | None:
    """Whole conversations of which nothing personal is left; the audit log stays."""
    c = t.conversations.c
    old = (c.owner == "closed") & (c.last_at < closed_before) & c.due_at.is_(None) & (c.id > after)
    found = connection.execute(sa.select(c.id, c.state).where(old).order_by(c.id).limit(BATCH)).all()
    emptied = [row.id for row in found if set(row.state.get("expired", ())) == set(ALL)]
    for table in t.metadata.tables.values():
        column = c.id if table is t.conversations else table.c.get("conversation")
        if column is not None and table is not t.audit and emptied:
            connection.execute(table.delete().where(column.in_(emptied)))
    return found[-1].id if found else None


def _forget_sign_ins(connection: sa.Connection, now: int) -> None:
    connection.execute(t.agent_sessions.delete().where(t.agent_sessions.c.expires_at < now))
    connection.execute(t.sign_in_failures.delete().where(t.sign_in_failures.c.last_at < now - DAY))
