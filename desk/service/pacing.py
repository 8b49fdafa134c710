"""Keeping to what a channel allows: a slot for each message, by address and in all."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from desk.service.channel import Pace

REMEMBERED = 10_000


class Pacer:
    """`await wait(key)` returns when a message to this address may go.

    Time that was lost is not caught up: after a moment in which nothing could be sent, the messages that have gathered
    still go one by one, or the channel would see more at once than it allows.
    """

    def __init__(self, pace: Pace, clock: Callable[[], float] | None = None) -> None:
        self._pace = pace
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._turn = asyncio.Lock()
        self._next_in_all = 0.0
        self._next: OrderedDict[str, float] = OrderedDict()

    async def wait(self, key: str) -> None:
        """Wait for a slot, and take it."""
        while True:
            await self._sleep_until(self._next.get(key, 0.0))
            async with self._turn:
                await self._sleep_until(self._next_in_all)
                now = self._clock()
                if self._next.get(key, 0.0) <= now:  # else somebody has just sent to this address
                    return self._take(key, now)

    def _take(self, key: str, now: float) -> None:
        self._next_in_all = now + 1 / self._pace.overall
        self._next[key] = now + 1 / self._pace.per_address
        self._next.move_to_end(key)
        if len(self._next) > REMEMBERED:
            self._next.popitem(last=False)

    async def _sleep_until(self, at: float) -> None:
        if (seconds := at - self._clock()) > 0:
            await asyncio.sleep(seconds)
