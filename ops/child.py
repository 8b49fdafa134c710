"""One child process, with a process group of its own, that never outlives the program that started it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Callable, Mapping, Protocol, Sequence

from ops.layout import ROOT

_GUARD = Path(__file__).with_name("guard.py")

# On Linux a child is tied to the thread that started it, not to the process. This one lives as long as we do.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="starter")


class Process(Protocol):
    """What is asked of a `subprocess.Popen`."""

    pid: int
    stdout: IO[bytes] | None

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...


class Child:
    """Started by the constructor. Its output goes line by line to `sink`, or as it is into the open file `output`."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        sink: Callable[[str], None] | None = None,
        output: IO[bytes] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self._process = _starter.submit(self._begin, command, env, output, cwd).result()
        self.pid = self._process.pid
        self.started_at = time.monotonic()
        self._pump = threading.Thread(target=self._pass_on, args=(sink or (lambda line: None),), daemon=True)
        if output is None:
            self._pump.start()

    def _begin(self, command: Sequence[str], env: Mapping[str, str], output: IO[bytes] | None, cwd: Path) -> Process:
        tied = sys.platform.startswith("linux")
        words = [sys.executable, "-S", "-E", str(_GUARD), str(os.getpid()), *command] if tied else list(command)
        return subprocess.Popen(
            words,
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if output is None else output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C at the terminal is for us; we stop the children in order
        )

    @property
    def code(self) -> int | None:
        """The exit code, negative for a signal; None while the child lives."""
        return self._process.poll()

    def signal(self, number: int) -> None:
        """To the child and all that it has started. Does nothing when they are gone."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def wait(self, seconds: float) -> bool:
        """Whether the child has ended within that time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.code is not None

    def stop(self, grace: float) -> bool:
        """Ask it to end; after `grace` seconds end it. Returns whether it ended by itself. Leaves none of its group."""
        self.signal(signal.SIGTERM)
        self.signal(signal.SIGCONT)  # one that is paused could not hear
        willing = self.wait(grace)
        self.sweep()
        return willing

    def sweep(self) -> None:
        """End the child, if it lives, and whatever it has left behind, and read its output to the end."""
        self.signal(signal.SIGKILL)
        self._process.wait()
        if self._pump.ident is not None and self._pump is not threading.current_thread():
            self._pump.join(1)

    def _pass_on(self, sink: Callable[[str], None]) -> None:
        stream = self._process.stdout
        assert stream is not None
        with stream:
            for line in stream:
                sink(line.decode("utf-8", errors="replace").rstrip("\r\n"))


def end_of(code: int) -> str:
    """How a program ended, in words."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"
