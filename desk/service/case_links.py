"""The addresses of customers' case pages: nobody can guess one, and nothing about them has to be kept.

An address names the conversation (128 random bits) and carries 128 bits of a keyed hash, so that knowing a
conversation's id is not enough. It works as long as the conversation is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

PATH = "/my-case"
_ID = 22
"""Characters of a conversation's id behind its `c_`, and of the hash: 128 bits each."""


class CaseLinks:
    """`base`: where customers reach the desk, without a slash at its end."""

    def __init__(self, secret_key: str, base: str) -> None:
        self._key = hashlib.sha256(f"case page {secret_key}".encode()).digest()
        self._base = base

    def address(self, conversation: str) -> str:
        """The whole address."""
        return f"{self._base}{PATH}/{self.token(conversation)}"

    def token(self, conversation: str) -> str:
        """What the address ends with."""
        return conversation.removeprefix("c_") + self._seal(conversation)

    def conversation(self, token: str) -> str | None:
        """Whose page it is; None for a token that is not ours."""
        if len(token) <= _ID or not token.isascii():
            return None
        conversation = "c_" + token[:-_ID]
        return conversation if hmac.compare_digest(self._seal(conversation), token[-_ID:]) else None

    def _seal(self, conversation: str) -> str:
        return _sealed(self._key, conversation)


@lru_cache(maxsize=20_000)  # asked for with each state that a widget is shown
def _sealed(key: bytes, conversation: str) -> str:
    digest = hmac.digest(key, conversation.encode(), hashlib.sha256)[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
