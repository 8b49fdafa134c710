"""What only one of several desk processes may do: sending, timers, letters, reading mailboxes.

Who holds the store's lock does it. When that process dies, the database lets the lock go, and another takes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import structlog

from desk.errors import DeskError
from desk.store.engine import Store

log = structlog.get_logger()
TRY_SECONDS = 1.0
CHECK_SECONDS = 2.0
AFTER_FAILURE_SECONDS = 1.0
CALL_SECONDS = 5.0
"""A database that does not answer for so long counts as lost."""


class Runner(Protocol):
    """Something that runs beside the requests until it is cancelled."""

    async def run(self) -> None:
        """Forever."""


async def keep_running(runner: Runner) -> None:
    """What runs beside the requests is never over: whatever it dies of is logged, and it begins anew."""
    while True:
        try:
            await runner.run()
        except Exception:
            log.exception("runner_failed", runner=type(runner).__name__)
        await asyncio.sleep(AFTER_FAILURE_SECONDS)


class Keeper:
    """A runner of runners. `begin` is called when this process becomes the one, `end` when it is no longer."""

    def __init__(
        self,
        store: Store,
        runners: Sequence[Runner],
        begin: Callable[[], Awaitable[None]],
        end: Callable[[], Awaitable[None]],
    ) -> None:
        self.keeps = False
        self._store = store
        self._runners = runners
        self._begin = begin
        self._end = end

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            if await self._try():
                await self._keep()
            await asyncio.sleep(TRY_SECONDS)

    async def _try(self) -> bool:
        """Whether this process is the one now."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await self._store.be_the_one()
        except (DeskError, TimeoutError) as error:
            log.warning("keeper_waits", error=str(error) or "The database does not answer.")
            return False

    async def _keep(self) -> None:
        log.info("keeper_begins")
        tasks: list[asyncio.Task[None]] = []
        try:
            await self._begin()
            tasks = [asyncio.create_task(keep_running(each)) for each in self._runners]
            self.keeps = True
            while await self._still():  # noqa: ASYNC110 - the database tells nobody that a lock was lost
                await asyncio.sleep(CHECK_SECONDS)
        finally:
            self.keeps = False
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._end()

    async def _still(self) -> bool:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await self._store.be_the_one()
        except (DeskError, TimeoutError) as error:
            log.warning("keeper_lost", error=str(error) or "The database does not answer.")
            return False
