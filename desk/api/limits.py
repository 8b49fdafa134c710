"""Token buckets: so many at once, so many a second, for each key."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from desk.errors import TooMany

KEYS = 20_000
"""Keys remembered; the one used longest ago is forgotten first, which only gives it a full bucket again."""


class Limiter:
    """At most `burst` at once and `rate` a second for each key."""

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Raises TooMany, with the seconds to wait, when the key's bucket is empty."""
        now = self._clock()
        left, at = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._rate)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        self._forget(now)
        if not allowed:
            wait = max(1, round((1 - left) / self._rate))
            raise TooMany("rate_limited", f"Too many at once; wait {wait} seconds.", retry_after=wait)

    def __len__(self) -> int:
        """Keys remembered now."""
        return len(self._buckets)

    def _forget(self, now: float) -> None:
        """Those used longest ago: a bucket that is full again says what none says, and is no use keeping."""
        while self._buckets:
            key, (left, at) = next(iter(self._buckets.items()))
            if len(self._buckets) <= KEYS and left + (now - at) * self._rate < self._burst:
                return
            del self._buckets[key]
