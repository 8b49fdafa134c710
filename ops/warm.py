"""A child whose modules are loaded already, for tests that start the same program hundreds of times.

One process loads the modules and does nothing else; each child is a fork of it, a process of its own in all that a
test does to it: killed, paused, starved, read. Only the second that loading takes is not seen, so tests of how a
program starts and dies use `Child` itself.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Mapping, Sequence

from ops.child import Child, Process
from ops.layout import ROOT
from ops.stack import Stack

_forks = multiprocessing.get_context("forkserver")


def keep_warm(*modules: str) -> None:
    """From now on each `Stack` of this process starts programs by `WarmChild`, with these modules loaded."""
    _forks.set_forkserver_preload(list(modules))
    Stack.child = WarmChild


class WarmChild(Child):
    """For a command `[this Python, "-m", module]` whose output goes to a file; any other is started as ever."""

    def _begin(self, command: Sequence[str], env: Mapping[str, str], output: IO[bytes] | None, cwd: Path) -> Process:
        if list(command[:2]) == [sys.executable, "-m"] and len(command) == 3 and output is not None and cwd == ROOT:
            return Fork(command[2], env, Path(output.name))
        return super()._begin(command, env, output, cwd)


class Fork:
    """What `subprocess.Popen([python, "-m", module])` would be; its output is added to a file."""

    stdout: IO[bytes] | None = None

    def __init__(self, module: str, env: Mapping[str, str], output: Path) -> None:
        self._process = _forks.Process(target=_become, args=(module, dict(env), str(output)))
        self._process.start()
        self.pid = int(self._process.pid or 0)

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Raises `subprocess.TimeoutExpired`."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return code


def _become(module: str, env: dict[str, str], output: str) -> None:
    """In the fork: everything as a program finds it that a shell has started."""
    os.setsid()
    log = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(log)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(env)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = [module]
    sys.path[:] = [str(ROOT), *(path for path in sys.path if ROOT / "tests" not in Path(path).parents)]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
