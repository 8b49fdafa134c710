"""So much at once and no more: beyond it customers are asked to come again, before anything is read or stored for them.

What comes in faster than it can be stored would otherwise pile up in memory, and everybody would wait for all of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from desk.errors import Busy

AT_ONCE = 300
"""Customers' changes under way: what one process stores in well under a second."""
SPREAD_SECONDS = (1, 4)
"""Not all are told to come again in the same second."""


class Admission:
    """One a process."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._left = at_once

    @contextmanager
    def one(self) -> Iterator[None]:
        """Raises Busy when there is no room."""
        if self._left <= 0:
            raise Busy("So much is being written that this has to wait.", random.randint(*SPREAD_SECONDS))  # noqa: S311
        self._left -= 1
        try:
            yield
        finally:
            self._left += 1
