"""What waits for nobody is done at once; what would wait begins anew in a thread.

Most that an action does is to read the conversation and to say something. A thread for that costs more than the work
itself, three times a message (docs/decisions/0012-actions-inside.md). So an action is first tried where it is asked
for, and whoever would wait there for a shop, a disk or a mailbox calls `begins()` before: it ends the try, and nothing
has happened yet.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

_tried: ContextVar[bool] = ContextVar("tried", default=False)


class WouldWait(BaseException):
    """A try has come to where it would wait. Not an Exception: no action takes it for a fault of its own."""


def begins() -> None:
    """Call it before waiting for anybody else. Raises WouldWait in a try; does nothing in a thread."""
    if _tried.get():
        raise WouldWait


def tried(work: Callable[[], None]) -> bool:
    """Do `work` now; False where it would have waited, and is to be done in a thread from its beginning."""
    token = _tried.set(True)
    try:
        work()
    except WouldWait:
        return False
    finally:
        _tried.reset(token)
    return True
