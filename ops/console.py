"""What `make run` shows: one log, each line under its program's name, and the box with the addresses."""

from __future__ import annotations

import os
import sys
import threading
from typing import TextIO

_COLOURS = {"demo": "35", "desk": "36", "actions": "33", "bot": "32", "run": "1"}
_WIDTH = max(len(name) for name in _COLOURS)


class Console:
    """Safe to write to from several threads. `broken` once nobody reads any more (the pipe is closed)."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._colour = out.isatty() and not os.environ.get("NO_COLOR")
        self.broken = False

    def line(self, name: str, text: str) -> None:
        prefix = f"{name:<{_WIDTH}} │ "
        if self._colour:
            prefix = f"\x1b[{_COLOURS.get(name, '0')}m{prefix}\x1b[0m"
        self._write(f"{prefix}{text}\n")

    def box(self, lines: list[str]) -> None:
        width = max(len(line) for line in lines)
        rows = [f"  ┌─{'─' * width}─┐", *(f"  │ {line:<{width}} │" for line in lines), f"  └─{'─' * width}─┘"]
        self._write("\n" + "\n".join(rows) + "\n\n")

    def _write(self, text: str) -> None:
        encoding = self._out.encoding or "utf-8"
        fitting = text.encode(encoding, errors="replace").decode(encoding)
        with self._lock:
            try:
                self._out.write(fitting)
                self._out.flush()
            except (BrokenPipeError, ValueError):
                self.broken = True
