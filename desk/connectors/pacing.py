"""Keeping to what a channel allows: a slot for each message, by address and in all."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from desk.connectors.base import Pace

REMEMBERED = 10_000


class Pacer:
    """`await wait(key)` returns when a message to this address may go. First come, first served."""

    def __init__(self, pace: Pace, clock: Callable[[], float] | None = None) -> None:
        self._pace = pace
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._next_in_all = 0.0
        self._next: OrderedDict[str, float] = OrderedDict()

    async def wait(self, key: str) -> None:
        """Take the next slot, and wait until it comes."""
        now = self._clock()
        at = max(now, self._next_in_all, self._next.pop(key, 0.0))
        self._next_in_all = max(now, self._next_in_all) + 1 / self._pace.overall
        self._next[key] = at + 1 / self._pace.per_address
        if len(self._next) > REMEMBERED:
            self._next.popitem(last=False)
        if at > now:
            await asyncio.sleep(at - now)
