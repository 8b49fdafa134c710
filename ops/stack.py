"""The same programs for tests and benchmarks: on free ports, in a folder of their own, to be killed and paused at will.

    with Stack() as stack:
        requests.get(stack.urls["desk"] + "/health")
        stack.kill("bot")            # SIGKILL
        stack.restart("bot")
"""

from __future__ import annotations

import os
import secrets as random
import shutil
import signal
import socket
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Iterable, Mapping

from ops.child import Child, end_of
from ops.health import is_ready
from ops.programs import PROGRAMS, SECRETS, Program, place

_TICK = 0.05
_TAIL_LINES = 30
_KILL_LIMIT = 10.0  # seconds


class StackError(RuntimeError):
    """A program did not come up, or is not in the state that was asked for; the message ends with its log."""


def demo_agent(var: Path) -> tuple[str, str]:
    """Name and password of the agent that a desk with `var` made at its first start."""
    name, password = (line.partition(": ")[2] for line in (var / "demo-agent.txt").read_text().splitlines())
    return name, password


class Stack:
    """Programs by their names: `demo`, `desk`, `actions`, `bot`. Nothing is restarted unless it is asked for.

    `env`: settings over those of this process, whose `ASPA_…` are left out. `var`: a folder to work in, kept;
    without one a temporary folder, removed by `stop`. `seconds`: how long a program may take to get ready.
    """

    child: ClassVar[type[Child]] = Child
    """How programs are started; tests that start hundreds set `WarmChild` (ops/warm.py)."""

    def __init__(
        self,
        names: Iterable[str] = ("demo", "desk", "actions", "bot"),
        *,
        env: Mapping[str, str] | None = None,
        var: Path | None = None,
        seconds: float = 120.0,
        programs: Iterable[Program] = PROGRAMS,
    ) -> None:
        wanted = set(names)
        self._seconds = seconds
        self._own_var = var is None
        self.var = Path(tempfile.mkdtemp(prefix="aspa-")) if var is None else var
        self.var.mkdir(parents=True, exist_ok=True)
        chosen = [program for program in programs if program.name in wanted]
        self.place = place(self._settings(programs, env or {}), chosen)
        self.programs = {program.name: program for program in self.place.programs}
        if unknown := wanted - set(self.programs):
            raise StackError(f"no such program: {', '.join(sorted(unknown))}")
        self._children: dict[str, Child] = {}

    @property
    def env(self) -> Mapping[str, str]:
        """All settings, secrets too."""
        return self.place.env

    @property
    def urls(self) -> dict[str, str]:
        return {name: self.place.url(program) for name, program in self.programs.items()}

    @property
    def demo_agent(self) -> tuple[str, str]:
        """Name and password of the demo's first agent."""
        return demo_agent(self.var)

    def start(self) -> Stack:
        """Start all and wait until all are ready. Raises `StackError`, having stopped what had started."""
        try:
            for name in self.programs:
                self._launch(name)
            for name in self.programs:
                self.wait_ready(name)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        for name, child in self._children.items():
            child.stop(self.programs[name].grace)
        self._children.clear()
        if self._own_var:
            shutil.rmtree(self.var, ignore_errors=True)

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """Send a signal and wait until the program is gone. Raises `StackError` if it lives on for 10 s."""
        child = self._children[name]
        child.signal(number)
        if not child.wait(_KILL_LIMIT):
            raise StackError(f"{name} lives on after {signal.Signals(number).name}{self._tail(name)}")
        child.sweep()

    def pause(self, name: str) -> None:
        """The program answers nothing any more, but its connections stay."""
        self._children[name].signal(signal.SIGSTOP)

    def resume(self, name: str) -> None:
        self._children[name].signal(signal.SIGCONT)

    def restart(self, name: str, *, wait: bool = True) -> None:
        """Start it again on the same port and folder; one that still runs is asked to stop first."""
        if name in self._children:
            self._children[name].stop(self.programs[name].grace)
        self._launch(name)
        if wait:
            self.wait_ready(name)

    def wait_ready(self, name: str) -> None:
        """Raises `StackError` when the program dies or takes too long."""
        child, program = self._children[name], self.programs[name]
        deadline = time.monotonic() + self._seconds
        while not is_ready(self.place, program):
            if child.code is not None:
                raise StackError(f"{name} {end_of(child.code)}{self._tail(name)}")
            if time.monotonic() > deadline:
                raise StackError(f"{name} is not ready after {self._seconds:g} s{self._tail(name)}")
            time.sleep(_TICK)

    def pid(self, name: str) -> int:
        return self._children[name].pid

    def code(self, name: str) -> int | None:
        """The exit code, negative for a signal; None while the program runs."""
        return self._children[name].code

    def log(self, name: str) -> str:
        """All that the program has printed so far, over its restarts."""
        path = self._log_path(name)
        return path.read_text("utf-8", errors="replace") if path.exists() else ""

    def __enter__(self) -> Stack:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _launch(self, name: str) -> None:
        program = self.programs[name]
        self._log_path(name).parent.mkdir(exist_ok=True)
        with self._log_path(name).open("ab") as output:
            self._children[name] = self.child(program.command, self.place.environment(program), output=output)

    def _log_path(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def _tail(self, name: str) -> str:
        return "".join(f"\n  | {line}" for line in self.log(name).splitlines()[-_TAIL_LINES:])

    def _settings(self, programs: Iterable[Program], env: Mapping[str, str]) -> dict[str, str]:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("ASPA_")}
        settings["ASPA_VAR"] = str(self.var)
        settings.update({name: random.token_urlsafe(32) for name in SECRETS})
        settings.update(zip((program.port_setting for program in programs), map(str, _free_ports(len(PROGRAMS)))))
        return {**settings, **env}


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:  # all held at once, so that none comes twice
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
