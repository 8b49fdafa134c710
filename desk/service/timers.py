"""Time: conversations that are due, and agents who are gone. The times are rows; this only wakes up for them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
import structlog

from desk.conversation.decisions import agent as agent_decisions
from desk.conversation.decisions import clock
from desk.errors import DeskError
from desk.service.desk import Desk
from desk.service.hub import Changed
from desk.service.steady import Steady
from desk.store import log as event_log
from desk.store import people
from desk.store import schema as t

log = structlog.get_logger()
LONGEST_SLEEP = 5.0
"""Seconds: how late a due time of another desk process, or a lost lease, is found at most."""


class Timers:
    """Runs `tick` for every conversation that is due."""

    def __init__(self, desk: Desk, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._steady = Steady(desk.clock, monotonic)
        self._sooner = asyncio.Event()
        self._planned: int | None = None
        desk.hub.listen(self._heard)

    async def run(self) -> None:
        """Forever; a failure is logged and tried again."""
        while True:
            try:
                await self.once(leases=self.leases_count)
            except DeskError as error:
                log.warning("timers_wait", error=str(error))
            except Exception:
                log.exception("timers_failed")
            await self._sleep()

    @property
    def leases_count(self) -> bool:
        """Whether consoles have had a lease's time to be heard of: not when the desk was away, or the clock jumped."""
        return self._steady.seconds() >= self._desk.rules.lease / 1000

    async def once(self, *, leases: bool = True) -> None:
        """Everything that is due now. `leases`: also take back the cases of agents who are gone."""
        now = self._desk.clock()
        for conversation in await self._desk.store.read(partial(people.due, now=now)):
            await self._tick(conversation)
        if not leases:
            return
        gone = partial(people.deserted, seen_before=now - self._desk.rules.lease)
        for conversation in await self._desk.store.read(gone):
            await self._desk.change(conversation, lambda state, now: agent_decisions.lose_lease(state, now, "lease"))

    async def _tick(self, conversation: str) -> None:
        done = await self._desk.change(conversation, clock.tick)
        if done.changed is None:  # nothing was due after all (the shop's times have changed): set the row right
            await self._desk.store.write(partial(_refresh_due, conversation=conversation, desk=self._desk))

    async def _sleep(self) -> None:
        planned = await self._next()
        seconds = LONGEST_SLEEP
        if planned is not None:
            seconds = min(LONGEST_SLEEP, max(0.01, (planned - self._desk.clock()) / 1000))
        self._planned = planned
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._sooner.wait(), seconds)
        self._sooner.clear()

    async def _next(self) -> int | None:
        try:
            return await self._desk.store.read(people.next_due)
        except DeskError:
            return None

    def _heard(self, hint: object) -> None:
        """Something may be due sooner than planned."""
        if isinstance(hint, Changed):
            due = clock.due(hint.state, self._desk.rules)
            if due is not None and (self._planned is None or due < self._planned):
                self._sooner.set()


def _refresh_due(connection: sa.Connection, conversation: str, desk: Desk) -> None:
    state = event_log.load(connection, conversation, lock=True)
    if state is not None:
        row = t.conversations.update().where(t.conversations.c.id == conversation)
        connection.execute(row.values(due_at=clock.due(state, desk.rules)))
