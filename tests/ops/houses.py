"""A house of fake programs, run as a person would: a process whose output is read and that gets signals."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ops.stack import _free_ports

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 15.0


class House:
    """`said` grows while it runs."""

    def __init__(self, var: Path, *programs: str, demo: bool = False) -> None:
        names = [words.split(":")[0] for words in programs]
        self.ports = dict(zip(names, _free_ports(len(names)), strict=True))
        settings = {f"ASPA_{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(Path(__file__).with_name("house.py")), *programs],
            env={**os.environ, "PYTHONPATH": str(ROOT), "ASPA_VAR": str(var), "ASPA_DEMO": str(int(demo)), **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))

    def text(self) -> str:
        return "\n".join(self.said)

    def hears(self, pattern: str, times: int = 1) -> list[str]:
        """What the pattern's group has matched, once it has matched so many times."""
        wait_until(lambda: len(re.findall(pattern, self.text())) >= times, lambda: f"{pattern!r} in:\n{self.text()}")
        return re.findall(pattern, self.text())

    def pids(self) -> list[int]:
        return [int(pid) for pid in re.findall(r"(?:pid|child) (\d+)", self.text())]

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal, wait for the end, and return the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code


def wait_until(true: Callable[[], bool], what: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"waited in vain for {what()}"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    if not Path("/proc/self/stat").exists():
        return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def are_gone(pids: list[int]) -> bool:
    """Whether they are, or soon: a signal takes its time, and orphans are buried by the system."""
    wait_until(lambda: not any(map(lives, pids)), lambda: f"the end of {[pid for pid in pids if lives(pid)]}")
    return True
