"""The real demo shop as a process of its own, on a free port, with a folder of its own."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-21"
TOKEN = "token-of-the-tests"
START_LIMIT_S = 20  # generous: the machine may be busy; how fast it is meant to be has a test of its own


def desk_python() -> str:
    """The demo shop runs in the desk's environment, not in ours."""
    python = os.environ.get("ASPA_DESK_PYTHON") or str(ROOT / "desk" / ".venv" / "bin" / "python")
    assert Path(python).exists(), f"{python} is missing: run `make setup`, or set ASPA_DESK_PYTHON."
    return python


class DemoProcess:
    """Started when made; `url` is where it answers."""

    def __init__(self, var: Path, **env: str) -> None:
        settings = {"ASPA_SHOP_TOKEN": TOKEN, "ASPA_SHOP_PORT": "0", "ASPA_DEMO_TODAY": TODAY, "ASPA_VAR": str(var)}
        self.var = var
        self._process = subprocess.Popen(
            [desk_python(), "-m", "demo"],
            cwd=ROOT,
            env={**os.environ, **settings, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.output: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()
        self.url = self._ready()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.output.append(line)
            self._lines.put(line)
        self._lines.put("")

    def _ready(self) -> str:
        while line := self._lines.get(timeout=START_LIMIT_S):
            if found := re.search(r"ready at (http://\S+),", line):
                return found[1]
        raise AssertionError(f"the demo shop did not start: {''.join(self.output)}")

    def terminate(self) -> int:
        """As `make run` stops it; the exit code."""
        self._process.terminate()
        return self._process.wait(timeout=10)

    def kill(self) -> None:
        """As a power cut."""
        self._process.kill()
        self._process.wait(timeout=10)
