"""What the bot may do by itself, and what it may only propose to a person.

Three kinds of changes. What is the customer's by right (cancelling before it is sent, returning in time) the bot does.
Goods sent free of charge, and money given, it does within the limits of data/policy.yml and the caps over time; what is
above is proposed: the packet says what, and a person approves. `ASPA_BOT_ACTIONS=off` makes everything a proposal.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from actions.store import Store, customer_id

_HOUR = 3600_000
_DAY = 24 * _HOUR
_QUARTER = 90 * _DAY


class Kind(Enum):
    """What a change gives away."""

    RIGHT = "right"  # nothing that is not the customer's already
    GOODS = "goods"
    MONEY = "money"


@dataclass(frozen=True)
class Limits:
    """Euros. `alone`: what the bot gives without asking where it proposes; `most`: where it acts. The rest caps what is
    given over time, to one customer and to all together."""

    alone: Decimal
    most: Decimal
    goods: Decimal
    customer: Decimal
    hour: Decimal
    day: Decimal


class Authority:
    """Decides, and keeps the book of what was given. Blocks: call it in a thread."""

    def __init__(
        self, store: Store, limits: Limits, *, changes: bool, acts: bool, clock: Callable[[], float] = time.time
    ) -> None:
        self._store, self._limits, self._clock = store, limits, clock
        self._changes, self._acts = changes, acts

    def may(self, kind: Kind, email: str, amount: Decimal) -> bool:
        """Whether the bot could do it now by itself. Books nothing."""
        return self._within(kind, amount) and (kind is Kind.RIGHT or not self._over(email, amount))

    def book(self, kind: Kind, email: str, amount: Decimal, key: str) -> bool:
        """Take it from the caps, once for a key; False if it is too much. Call it before the shop is asked."""
        if not self._within(kind, amount):
            return False
        if kind is Kind.RIGHT:
            return True
        now = self._now()
        with self._store.work() as base:
            base.execute("DELETE FROM given WHERE at < ?", (now - _QUARTER,))
            if base.execute("SELECT 1 FROM given WHERE key = ?", (key,)).fetchone():
                return True
            if self._sums_over(base, email, amount):
                return False
            base.execute("INSERT INTO given VALUES (?, ?, ?, ?)", (key, customer_id(email), int(amount * 100), now))
        return True

    def unbook(self, key: str) -> None:
        """The shop refused, so nothing was given."""
        with self._store.work() as base:
            base.execute("DELETE FROM given WHERE key = ?", (key,))

    def _within(self, kind: Kind, amount: Decimal) -> bool:
        if not self._changes:
            return False
        if kind is Kind.RIGHT:
            return True
        if kind is Kind.GOODS:
            return amount <= self._limits.goods
        return Decimal(0) < amount <= (self._limits.most if self._acts else self._limits.alone)

    def _over(self, email: str, amount: Decimal) -> bool:
        with self._store.work() as base:
            return self._sums_over(base, email, amount)

    def _sums_over(self, base: sqlite3.Connection, email: str, amount: Decimal) -> bool:
        now = self._now()
        caps = (
            ("at > ? AND customer = ?", (now - _QUARTER, customer_id(email)), self._limits.customer),
            ("at > ?", (now - _HOUR,), self._limits.hour),
            ("at > ?", (now - _DAY,), self._limits.day),
        )
        for condition, values, cap in caps:
            query = f"SELECT coalesce(sum(cents), 0) FROM given WHERE {condition}"
            given = base.execute(query, values).fetchone()[0]
            if Decimal(given) / 100 + amount > cap:
                return True
        return False

    def _now(self) -> int:
        return int(self._clock() * 1000)
