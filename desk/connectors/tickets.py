"""Links by which a customer goes on in another channel: signed, for one conversation, for half an hour. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct

SECONDS = 1_800
LENGTH = 43
"""Of a ticket; Telegram's links carry 64 letters, digits, _ and -."""
_CONVERSATION = re.compile(r"c_([\w-]{22})", re.ASCII)
_BODY = struct.Struct(">16sI")
_MAC = 12


class Tickets:
    """`secret`: the desk's own. A ticket of another `purpose` is none; `seconds`: how long one is good."""

    def __init__(self, secret: str, purpose: str = "go on elsewhere", seconds: int = SECONDS) -> None:
        self._secret = f"{purpose} {secret}".encode()
        self._seconds = seconds

    def issue(self, conversation: str, now: int) -> str:
        """`now` in milliseconds since 1970. Raises ValueError for what is no conversation's id."""
        match = _CONVERSATION.fullmatch(conversation)
        if not match:
            raise ValueError("no id of a conversation")
        body = _BODY.pack(base64.urlsafe_b64decode(match[1] + "=="), now // 1000 + self._seconds)
        return _text(body + self._sign(body))

    def read(self, ticket: str, now: int) -> str | None:
        """The conversation; None for what is forged or too old."""
        if not looks_like_one(ticket):
            return None
        raw = base64.urlsafe_b64decode(ticket + "=")
        body = raw[: _BODY.size]
        if not hmac.compare_digest(self._sign(body), raw[_BODY.size :]):
            return None
        conversation, until = _BODY.unpack(body)
        return f"c_{_text(conversation)}" if now // 1000 <= until else None

    def _sign(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, hashlib.sha256)[:_MAC]


def looks_like_one(text: str) -> bool:
    """Whether it may have been one."""
    return bool(re.fullmatch(rf"[\w-]{{{LENGTH}}}", text, re.ASCII))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
