"""The desk's errors.

    DeskError
    ├── SetupError      the shop's configuration is wrong: the message names the setting and the fix; exit code 2
    ├── BadRequest      what a client sent cannot be understood: 4xx, told to the client
    │   ├── NotSignedIn     401
    │   ├── Forbidden       403
    │   ├── NotFound        404
    │   └── TooMany         429, with `retry_after` seconds
    ├── Unavailable     something that we need is away for now: 503, with `retry_after` seconds
    │   └── Busy            there is too much to do: the same as 429
    └── BotUnavailable  the bot gave no answer in time
        └── BotBroken   it answered this question with what cannot be used; others may fare better

`desk.conversation.refusal.Refused` stands beside this tree: the request is sound, the conversation's state does not
allow it. Anything else that reaches the top is a bug of ours: logged with its trace, told as `internal`.
"""

from __future__ import annotations


class DeskError(Exception):
    """Base of all."""


class SetupError(DeskError):
    """The configuration is wrong."""


class BadRequest(DeskError):
    """What a client sent cannot be understood."""

    status = 400

    def __init__(self, code: str, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry_after = retry_after


class NotSignedIn(BadRequest):
    """No valid token or cookie."""

    status = 401


class Forbidden(BadRequest):
    """Known, but not allowed: foreign origin, missing CSRF token, role."""

    status = 403


class NotFound(BadRequest):
    """Not there, or not for this reader: the two are not told apart."""

    status = 404


class TooMany(BadRequest):
    """Slow down."""

    status = 429


class Unavailable(DeskError):
    """Something is away for now; nothing was accepted."""

    def __init__(self, message: str, retry_after: int = 2) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(Unavailable):
    """Too much at once, from all together; nothing was accepted."""


class BotUnavailable(DeskError):
    """The bot gave no answer."""


class BotBroken(BotUnavailable):
    """The bot's answer to this question is of no use."""
