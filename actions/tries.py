"""Wrong guesses at orders, over all conversations: nobody tries out numbers, or e-mails with a number from a parcel.

A guess counts for its order number and for the e-mail or phone that it came with, whether they exist or not, so that
the lock tells nothing. While one of them is locked, people go on, also with who has the right proof.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping

from actions.store import Store

_HOUR = 3600_000


class Tries:
    """`limit`: different wrong guesses in an hour. Blocks: call it in a thread."""

    def __init__(self, store: Store, limit: int, clock: Callable[[], float] = time.time) -> None:
        self._store, self._limit, self._clock = store, limit, clock

    def begin(self, proof: Mapping[str, str | None]) -> bool:
        """Count a guess, before it is known whether it is right; False where it may not be made now.

        The same guess again counts once: it tells nothing new.
        """
        now, guess = int(self._clock() * 1000), _guess(proof)
        with self._store.work() as base:
            base.execute("DELETE FROM tries WHERE at < ?", (now - _HOUR,))
            for key in _keys(proof):
                row = base.execute("SELECT count(*) FROM tries WHERE key = ? AND guess <> ?", (key, guess)).fetchone()
                if row[0] >= self._limit:
                    return False
            rows = [(key, guess, now) for key in _keys(proof)]
            base.executemany("INSERT OR REPLACE INTO tries VALUES (?, ?, ?)", rows)
        return True

    def right(self, proof: Mapping[str, str | None]) -> None:
        """It was no guess."""
        with self._store.work() as base:
            base.execute("DELETE FROM tries WHERE guess = ?", (_guess(proof),))


def _keys(proof: Mapping[str, str | None]) -> list[str]:
    return [_hash(name, value) for name, value in sorted(proof.items()) if value]


def _guess(proof: Mapping[str, str | None]) -> str:
    return _hash(*_keys(proof))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(part.strip().casefold() for part in parts).encode()).hexdigest()[:32]
