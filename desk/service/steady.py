"""Whether the wall clock can be believed: how long it has run evenly since this program began or it last jumped."""

from __future__ import annotations

import time
from collections.abc import Callable

JUMP = 5.0
"""Seconds by which the two clocks may drift apart between two looks; daily corrections are far smaller."""


class Steady:
    """`clock` in milliseconds since 1970, `monotonic` in seconds."""

    def __init__(self, clock: Callable[[], int], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._since = monotonic()
        self._apart = self._difference()

    def seconds(self) -> float:
        """For so long. To be asked more often than what it is asked for takes."""
        apart = self._difference()
        if abs(apart - self._apart) > JUMP:
            self._since = self._monotonic()
        self._apart = apart
        return self._monotonic() - self._since

    def _difference(self) -> float:
        return self._clock() / 1000 - self._monotonic()
