"""A command that the conversation's state does not allow: the sender's mistake or bad luck, never our bug."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """`code` is for machines (docs/protocol.md lists them), the message for people, `details` go on the wire."""

    def __init__(self, code: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
