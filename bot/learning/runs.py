"""Runs: a folder each under ASPA_VAR/learning, with what was changed, how it went and what came of it.

change.json   the change of data/ (bot.learning.change); change.diff is the same for people
talks.json    {"talks": […]}: last week's conversations (bot.learning.talks)
status.json   {"state", "at", "message"}: state is one of STATES
figures.json  what was measured of each model, by what it depends on (bot.learning.kept)
report.json   gates and differences, once both models are measured
model/        the new model and its record; previous/ the one that was there before the release
log.txt       what the programs printed
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.learning.change import ChangeError, write
from bot.settings import ROOT

WAITING, TRAINING, MEASURING = "waiting", "training", "measuring"
PASSED, REFUSED, FAILED = "passed", "refused", "failed"
RELEASED, TAKEN_BACK, DISCARDED = "released", "taken_back", "discarded"
STATES = (WAITING, TRAINING, MEASURING, PASSED, REFUSED, FAILED, RELEASED, TAKEN_BACK, DISCARDED)


def folder() -> Path:
    """Where runs lie."""
    return Path(os.environ.get("ASPA_VAR") or ROOT / "var") / "learning"


def find(name: str) -> Path:
    """A run by its name. Raises ChangeError."""
    run = folder() / name
    if not name.isalnum() or not run.is_dir():
        raise ChangeError(f"There is no run {name!r}; `make learn ARGS=list` shows those that there are.")
    return run


def all_runs() -> list[Path]:
    """The runs, the oldest first."""
    found = (path.parent for path in folder().glob("*/status.json"))
    return sorted(found, key=lambda run: (len(run.name), run.name))


def tell(run: Path, state: str, message: str = "") -> None:
    """Write the status in one step, so that whoever reads finds a whole one."""
    write_json(run / "status.json", {"state": state, "at": time.time_ns() // 1_000_000, "message": message})


def state(run: Path) -> str:
    """The state that was told last; `waiting` for a run that nobody has begun."""
    return str(read_json(run / "status.json").get("state", WAITING))


def report(run: Path) -> dict[str, Any]:
    """The report; empty before there is one."""
    return read_json(run / "report.json")


def read_json(path: Path) -> dict[str, Any]:
    """An object; empty if it is not there."""
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Replace a file in one step."""
    write(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def alone() -> Iterator[None]:
    """One run at a time: two trainings would only slow each other, two releases spoil each other.

    Raises ChangeError. The lock ends with the process, however it ends.
    """
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ChangeError("Another run is being worked on. Wait until it has ended.") from error
        yield
