"""A circuit breaker: after failures in a row nobody asks the bot any more until it says that it is well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

FAILURES = 2
PROBE_SECONDS = 0.5


class Breaker:
    """Closed: `wait()` returns at once. Open: it returns when the bot is well again, which one prober finds out."""

    def __init__(self, healthy: Callable[[], Awaitable[bool]]) -> None:
        self._healthy = healthy
        self._closed = asyncio.Event()
        self._closed.set()
        self._failures = 0
        self._prober: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the bot counts as away."""
        return not self._closed.is_set()

    async def wait(self) -> None:
        """Until the bot may be asked."""
        await self._closed.wait()

    def succeeded(self) -> None:
        """The bot answered."""
        self._failures = 0

    def failed(self) -> None:
        """The bot did not answer."""
        self._failures += 1
        if self._failures >= FAILURES and self._closed.is_set():
            self._closed.clear()
            self._prober = asyncio.create_task(self._probe())

    async def _probe(self) -> None:
        while True:
            if await self._healthy():
                break
            await asyncio.sleep(PROBE_SECONDS)
        self._failures = 0
        self._closed.set()

    async def close(self) -> None:
        """Stop probing."""
        if self._prober:
            self._prober.cancel()
            await asyncio.gather(self._prober, return_exceptions=True)
