"""Whether a request comes from Slack: its v0 signature over the raw body, at most five minutes old."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from slack_sdk.signature import Clock, SignatureVerifier

_TIMESTAMP = re.compile("[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile("v0=[0-9a-f]{64}", re.ASCII)


class _Clock(Clock):
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now()


class Signature:
    """Checks requests with the app's signing secret. `now` in seconds since 1970."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._verifier = SignatureVerifier(secret, _Clock(now))

    def holds(self, timestamps: Sequence[str], signatures: Sequence[str], body: bytes) -> bool:
        """`timestamps` and `signatures`: all headers of these names. Two of a kind are as bad as none."""
        if len(timestamps) != 1 or len(signatures) != 1:
            return False
        # Slack's verifier raises for what is no number, no UTF-8 or no ASCII: such requests are not Slack's.
        if not _TIMESTAMP.fullmatch(timestamps[0]) or not _SIGNATURE.fullmatch(signatures[0]):
            return False
        try:
            body.decode()
        except UnicodeDecodeError:
            return False
        return self._verifier.is_valid(body, timestamps[0], signatures[0])
