"""Small courtesies towards Slack that nobody waits for: their failure is logged, and harms nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from desk.errors import DeskError
from desk.service.channel import RetryLater, Undeliverable

AT_ONCE = 200
log = structlog.get_logger()


class Background:
    """Runs what is not the service itself: greying a pressed button, an ephemeral hint, the home's view."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def soon(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do it beside the request; not at all when too much is waiting already."""
        if len(self._tasks) >= AT_ONCE:
            work.close()
            return
        task = asyncio.create_task(self._do(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is still waiting."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _do(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except (RetryLater, Undeliverable, DeskError) as error:
            log.info("slack_courtesy_failed", error=str(error))
        except Exception:
            log.exception("slack_courtesy_failed")
