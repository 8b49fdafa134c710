"""The second step of identity: a one-time code to the order's e-mail, before money, goods or an address change.

Whoever knows a parcel's label knows the number, and often the e-mail; only its owner can read the mail. A code has six
digits, holds for `Rules.minutes` and `Rules.tries` tries, and is kept as a slow, salted hash. Once it was right, the
conversation is trusted for that e-mail for `Rules.trusted_minutes`. Where the customer is logged in to the shop, its
signed token takes the code's place (asking/proof.py).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from actions.store import Store, customer_id

DIGITS = 6
_HOUR = 3600_000
_DAY = 24 * _HOUR


class Verdict(Enum):
    """What became of a code that the customer wrote."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"  # or none was sent: a new one is needed
    OVER = "over"  # too many wrong ones: a person goes on


@dataclass(frozen=True)
class Rules:
    """`an_hour`: codes that one e-mail is sent in an hour at most, whatever the conversation; `a_day` likewise."""

    minutes: int = 10
    tries: int = 5
    trusted_minutes: int = 60
    an_hour: int = 4
    a_day: int = 10


class Identity:
    """Codes of all conversations. Blocks: call it in a thread."""

    def __init__(self, store: Store, rules: Rules, clock: Callable[[], float] = time.time) -> None:
        self._store, self.rules, self._clock = store, rules, clock

    def proved(self, conversation: str, email: str) -> bool:
        """Whether a code was right lately."""
        since = self._now() - self.rules.trusted_minutes * 60_000
        return self._one("proved_at > ?", conversation, email, since) is not None

    def pending(self, conversation: str, email: str) -> bool:
        """Whether a code was sent that can still be written."""
        found = self._one("sent_at > ? AND tries < ?", conversation, email, self._oldest(), self.rules.tries)
        return found is not None

    def exhausted(self, conversation: str, email: str) -> bool:
        """Whether the code sent last was tried too often: then a new one is no way out."""
        found = self._one("sent_at > ? AND tries >= ?", conversation, email, self._oldest(), self.rules.tries)
        return found is not None

    def may_send(self, email: str) -> bool:
        """Whether this e-mail may be sent another code now; nobody's mailbox is filled through us."""
        now = self._now()
        with self._store.work() as base:
            base.execute("DELETE FROM codes WHERE sent_at < ?", (now - _DAY,))
            rows = base.execute("SELECT sent_at FROM codes WHERE customer = ?", (customer_id(email),)).fetchall()
        this_hour = sum(sent_at > now - _HOUR for (sent_at,) in rows)
        return this_hour < self.rules.an_hour and len(rows) < self.rules.a_day

    def new_code(self, conversation: str, email: str, deliver: Callable[[str], None]) -> None:
        """Make a code, `deliver` it, then keep it: one that was not delivered is never asked for.

        Passes on what `deliver` raises.
        """
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        deliver(code)
        salt = secrets.token_bytes(16)
        row = (conversation, customer_id(email), salt, _hash(code, salt), self._now())
        with self._store.work() as base:
            base.execute(
                "INSERT OR REPLACE INTO codes (conversation, customer, salt, hash, sent_at) VALUES (?, ?, ?, ?, ?)", row
            )

    def check(self, conversation: str, email: str, code: str) -> tuple[Verdict, int]:
        """Try a code against the newest one; also how many tries are left."""
        who, digits = customer_id(email), "".join(sign for sign in code if sign.isdecimal())
        with self._store.work() as base:
            row = base.execute(
                "SELECT salt, hash, sent_at, tries FROM codes WHERE conversation = ? AND customer = ? "
                "ORDER BY sent_at DESC LIMIT 1",
                (conversation, who),
            ).fetchone()
            if row is None or row[2] <= self._oldest():
                return Verdict.EXPIRED, 0
            salt, kept, sent_at, tries = row
            if tries >= self.rules.tries:
                return Verdict.OVER, 0
            place = (conversation, who, sent_at)
            base.execute(f"UPDATE codes SET tries = tries + 1 WHERE {_PLACE}", place)
            if hmac.compare_digest(_hash(digits, salt), kept):
                base.execute(f"UPDATE codes SET proved_at = ? WHERE {_PLACE}", (self._now(), *place))
                return Verdict.RIGHT, 0
        left = self.rules.tries - tries - 1
        return (Verdict.WRONG, left) if left else (Verdict.OVER, 0)

    def _one(self, condition: str, conversation: str, email: str, *values: int) -> object:
        with self._store.work() as base:
            return base.execute(
                f"SELECT 1 FROM codes WHERE conversation = ? AND customer = ? AND {condition}",
                (conversation, customer_id(email), *values),
            ).fetchone()

    def _oldest(self) -> int:
        return self._now() - self.rules.minutes * 60_000

    def _now(self) -> int:
        return int(self._clock() * 1000)


_PLACE = "conversation = ? AND customer = ? AND sent_at = ?"


def _hash(code: str, salt: bytes) -> bytes:
    """50 ms each, so that trying all codes of a stolen file takes longer than any of them holds."""
    return hashlib.scrypt(code.encode(), salt=salt, n=2**14, r=8, p=1)


def masked(email: str) -> str:
    """ "maija.virtanen@example.fi" → "m•••@example.fi": enough for its owner to know which mailbox to open."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
