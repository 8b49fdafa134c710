"""Named points at which a test lets the desk die, as suddenly as `kill -9`: before and after each commit and each send.

Nothing happens unless ASPA_CRASH_FILE names a file. The point whose name stands in that file takes it away and ends the
process, so that the next start gets past it. The names are `before_commit:<event>`, `after_commit:<event>` (the kind of
any event of the transaction), and `before_send:<to>`, `after_send:<to>`: a channel, `bot`, `shop`, `letter` or `ack`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

EXIT_CODE = 70
_armed: Path | None = None


def arm(env: Mapping[str, str]) -> None:
    """Watch the file that the setting names, if it is set."""
    global _armed
    name = env.get("ASPA_CRASH_FILE", "")
    _armed = Path(name) if name else None


def reached(when: str, what: str | Iterable[str]) -> None:
    """The program is here: `when` is before_commit, after_commit, before_send or after_send."""
    if _armed is None:
        return
    names = [what] if isinstance(what, str) else what
    try:
        wanted = _armed.read_text("utf-8")
    except OSError:
        return
    if wanted in (f"{when}:{name}" for name in names):
        _armed.unlink()
        os._exit(EXIT_CODE)
