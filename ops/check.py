"""Run the parts of `make lint` and `make test`: all of them, whatever fails, with a summary at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterable

from ops.counts import Counts, failures, from_junit, second_try, settle
from ops.errors import Problem
from ops.layout import NODE_BIN, var_folder
from ops.parts import Part, lint_parts, test_parts
from ops.setup import set_up, tools_only

_LIMIT = 40 * 60  # seconds: a part that hangs must not keep the others from being run
_BY_CHANCE = 5  # more failed tests than this in a part are no chance, and are not run again
_AT_ONCE = 2  # checks of style and types disturb nobody; tests measure times, so they run alone


@dataclass(frozen=True)
class Outcome:
    part: Part
    counts: Counts
    seconds: float
    failed: tuple[str, ...] = ()  # names, of the tests that passed when run again too


def lint() -> int:
    tools_only()
    return _summary(_check_all(lint_parts()))


def test(names: Iterable[str] = ()) -> int:
    """All parts, or those that are named (`lint` is all checks of style and types). Returns the exit code."""
    chosen = set(names)
    if unknown := chosen - {"lint", *(part.name for part in test_parts())}:
        known = ", ".join(["lint", *(part.name for part in test_parts())])
        raise Problem(f"There is no part {', '.join(sorted(unknown))}", f"The parts are: {known}.")
    try:
        set_up()
    except Problem:
        print("\n0 passed, 1 failed", flush=True)
        raise
    outcomes = _check_all(lint_parts()) if not chosen or "lint" in chosen else []
    outcomes += [_run(part) for part in test_parts() if part.name in chosen or not (chosen or part.on_demand)]
    return _summary(outcomes)


def _check_all(parts: list[Part]) -> list[Outcome]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda part: _run(part, quietly=True), parts))


def _run(part: Part, quietly: bool = False) -> Outcome:
    """One part to its end. `quietly`: its output is kept back until then, so that two do not mix."""
    start = time.monotonic()
    out = _fresh_output(part)
    if not quietly:
        print(f"\n── {part.name} ──", flush=True)
    try:
        code, text = _command(part, out, quietly)
    except Problem as problem:
        print(problem, flush=True)
        return Outcome(part, Counts(failed=1), time.monotonic() - start)
    if quietly:
        print(f"\n── {part.name} ──\n{text.rstrip()}", flush=True)
    elif text:
        print(text, flush=True)
    counts = _counts(part, out, code)
    failed = tuple(failures(out)) if counts.failed and part.count is from_junit and out.exists() else ()
    if part.again and 0 < counts.failed == len(failed) <= _BY_CHANCE:
        counts = second_try(counts, _again(part, out))
    if counts.failed and part.explained_in and (out / part.explained_in).exists():
        print((out / part.explained_in).read_text("utf-8"), flush=True)
    return Outcome(part, counts, time.monotonic() - start, failed)


def _again(part: Part, out: Path) -> Counts:
    """The failed tests once more: a full machine's hiccup must not hide what all others say, but it stays in sight."""
    print(f"\n── {part.name}: what failed, again ──", flush=True)
    second = out.with_name("again.xml")
    _command(replace(part, command=part.again or ()), second, quietly=False)
    try:
        return from_junit(second)
    except (OSError, ValueError):
        return Counts()


def _command(part: Part, out: Path, quietly: bool) -> tuple[int, str]:
    env = _environment(part)
    words = [str(word).replace("{out}", str(out)) for word in part.command]
    target = subprocess.PIPE if quietly else None
    try:
        done = subprocess.run(
            words,
            cwd=part.cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=subprocess.STDOUT,
            timeout=_LIMIT,
            encoding="utf-8",
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return 1, f"{part.name} was still running after {_LIMIT // 60} minutes and has been ended."
    except OSError as error:
        return 1, f"{part.name} could not be started: {error}"
    return done.returncode, done.stdout or ""


def _environment(part: Part) -> dict[str, str]:
    """The person's environment without settings of a running house, which tests must not depend on."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ASPA_")}
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PYTEST_ADDOPTS", "MAKEFLAGS", "MAKELEVEL"):
        env.pop(name, None)
    env["RASA_TELEMETRY_ENABLED"] = "false"
    env["PATH"] = os.pathsep.join([str(NODE_BIN), os.environ.get("PATH", os.defpath)])
    for need in part.needs:
        env.update(need())
    return env


def _fresh_output(part: Part) -> Path:
    folder = var_folder() / "test" / part.name.replace(": ", "-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder / part.out


def _counts(part: Part, out: Path, code: int) -> Counts:
    if part.count is None:
        return Counts(passed=1) if code == 0 else Counts(failed=1)
    try:
        return settle(part.count(out), code)
    except (OSError, ValueError) as error:
        print(f"{part.name} left no results: {error}", file=sys.stderr)
        return Counts(failed=1)


def _summary(outcomes: list[Outcome]) -> int:
    total = sum((outcome.counts for outcome in outcomes), Counts())
    print("\n── summary ──")
    for outcome in outcomes:
        word = "FAILED" if outcome.counts.failed else "ok"
        print(f"  {word:<6}  {outcome.part.name:<12} {outcome.seconds:7.1f} s   {outcome.counts}")
    for outcome in outcomes:
        for name in outcome.failed:
            print(f"  {'again' if outcome.counts.again else 'FAILED':<6}  {outcome.part.name}: {name}")
    print(f"\n{total}", flush=True)
    return 1 if total.failed or not total.passed else 0
