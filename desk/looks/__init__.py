"""How the pages look that the desk itself makes: one base, and a sheet of each kind of page."""

from __future__ import annotations

import hashlib
from pathlib import Path

_BASE = Path(__file__).resolve().parent / "base.css"


class StyleSheet:
    """The base and `own` after it as one sheet (`content`), and the `address` under which it may be kept for ever."""

    def __init__(self, kind: str, own: Path) -> None:
        self.content = _BASE.read_bytes() + b"\n" + own.read_bytes()
        self.address = f"/assets/{kind}-{hashlib.sha256(self.content).hexdigest()[:12]}.css"
