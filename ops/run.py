"""Run everything in the foreground: start, look after, stop in order."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Mapping

from ops.child import Child, end_of
from ops.console import Console
from ops.health import is_ready
from ops.layout import var_folder
from ops.programs import DESK, Place, Program, check_ports, keep_secrets, place

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0  # seconds before a program that died is started again
_STABLE = 30.0  # seconds of life after which a death counts as the first again
_HEAD_START = 3.0  # seconds for what a person looks at, before the heavy programs take the processors
_TICK = 0.1
_DEMO_AGENT_WAIT = 2.0  # seconds
_MISTAKE = 2  # the exit code by which our programs say that a setting is wrong, having said which
_ONE = "run"


def run() -> int:
    """Start all programs and stay until Ctrl-C or SIGTERM; the exit code.

    Raises `Problem` before anything has been started.
    """
    where = place({**os.environ, **keep_secrets(var_folder(), os.environ)})
    check_ports(where)
    return Runner(where, Console()).run()


@dataclass
class _Watched:
    program: Program
    due: float
    child: Child | None = None
    pause: float = FIRST_PAUSE
    ready: bool = False
    was_ready: bool = False  # at least once: then it is started again whatever it ends with


class Runner:
    """Looks after the programs of one place until it is told to stop."""

    def __init__(self, where: Place, console: Console) -> None:
        self._place = where
        self._console = console
        self._stops = 0
        self._greeted = False
        self._code = 0
        now = time.monotonic()
        self._watched = [_Watched(program, now + self._head_start(program)) for program in where.programs]

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        try:
            while not self._stops and not self._console.broken:
                for watched in self._watched:
                    self._look_after(watched)
                time.sleep(_TICK)
        finally:
            self._stop_all()
        return self._code

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stops += 1

    def _look_after(self, watched: _Watched) -> None:
        if watched.child is None:
            if time.monotonic() >= watched.due:
                self._start(watched)
        elif watched.child.code is not None:
            self._bury(watched, watched.child)

    def _start(self, watched: _Watched) -> None:
        name = watched.program.name
        watched.ready = False
        watched.child = Child(
            watched.program.command,
            self._place.environment(watched.program),
            sink=lambda line: self._console.line(name, line),
        )
        threading.Thread(target=self._await_ready, args=(watched, watched.child), daemon=True).start()

    def _bury(self, watched: _Watched, child: Child) -> None:
        child.sweep()
        watched.child = None
        name, code = watched.program.name, child.code or 0
        if code == _MISTAKE and not watched.was_ready:
            self._console.line(_ONE, f"{name} cannot start like this: what to mend stands in its last lines above")
            self._code, self._stops = 1, 1
            return
        lived = time.monotonic() - child.started_at
        watched.pause = FIRST_PAUSE if lived > _STABLE else watched.pause
        watched.due = time.monotonic() + watched.pause
        self._console.line(_ONE, f"{name} {end_of(code)}; starting it again in {watched.pause:g} s")
        watched.pause = min(watched.pause * 2, LONGEST_PAUSE)

    def _await_ready(self, watched: _Watched, child: Child) -> None:
        while child.code is None and not self._stops:
            if is_ready(self._place, watched.program):
                watched.ready = watched.was_ready = True
                self._say_ready(watched.program, time.monotonic() - child.started_at)
                return
            time.sleep(_TICK)

    def _say_ready(self, program: Program, seconds: float) -> None:
        self._console.line(_ONE, f"{program.name} is ready after {seconds:.1f} s")
        if program.name == DESK.name:
            self._let_the_rest_start()
            if not self._greeted:
                self._greeted = True
                self._greet(self._place.url(program))

    def _let_the_rest_start(self) -> None:
        for watched in self._watched:
            if watched.child is None and watched.pause == FIRST_PAUSE:
                watched.due = 0.0

    def _greet(self, url: str) -> None:
        lines = [f"Demo shop with the widget   {url}/", f"The agents' console         {url}/console"]
        agent = _demo_agent(self._place.env)
        lines += [f"  log in as {agent['name']} with the password {agent['password']}"] if agent else []
        waiting = [watched.program.name for watched in self._watched if not watched.ready]
        if "bot" in waiting:
            lines.append("The bot answers as soon as its model is loaded; that is said here too.")
        self._console.box([*lines, "Ctrl-C stops everything."])

    def _head_start(self, program: Program) -> float:
        first = program.name in (DESK.name, "demo")
        return 0.0 if first else _HEAD_START

    def _stop_all(self) -> None:
        """What faces people stops first, so that it can finish what it has begun; then the rest at once."""
        self._console.line(_ONE, "stopping everything")
        running = [watched for watched in self._watched if watched.child is not None]
        for group in (
            [watched for watched in running if watched.program.name == DESK.name],
            [watched for watched in running if watched.program.name != DESK.name],
        ):
            self._stop(group)
        self._console.line(_ONE, "everything has stopped")

    def _stop(self, group: list[_Watched]) -> None:
        threads = [threading.Thread(target=self._stop_one, args=(watched,)) for watched in group]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _stop_one(self, watched: _Watched) -> None:
        assert watched.child is not None
        patience = 0.0 if self._stops > 1 else watched.program.grace  # a second Ctrl-C: at once
        if not watched.child.stop(patience):
            self._console.line(_ONE, f"{watched.program.name} did not stop by itself within {patience:g} s; ended it")


def _demo_agent(env: Mapping[str, str]) -> dict[str, str]:
    """The demo agent's `name` and `password`, which the desk makes at its first start, just after it has come up."""
    if env.get("ASPA_DEMO", "1").lower() not in ("1", "true", "yes"):
        return {}
    path = Path(env["ASPA_VAR"]) / "demo-agent.txt"
    for _ in range(int(_DEMO_AGENT_WAIT / _TICK)):
        if path.exists():
            pairs = (line.partition(":") for line in path.read_text("utf-8").splitlines())
            found = {name.strip(): value.strip() for name, _, value in pairs}
            if {"name", "password"} <= set(found):
                return found
        time.sleep(_TICK)
    return {}
