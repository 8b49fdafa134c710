"""A model that passed takes the place of the running one, with the data that it was made from; and back again.

The bot notices the new record beside its model and takes it up between two messages (bot/renewing.py). Each step can be
done again after a crash: files that are already as they should be are let be.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from bot import model
from bot.learning import change, runs
from bot.settings import ROOT, model_path

_MAY = (runs.PASSED, runs.TAKEN_BACK)


def release(run: Path, root: Path = ROOT) -> None:
    """Put the run's model and data in place. Raises ChangeError with what stands against it."""
    state = runs.state(run)
    if state == runs.REFUSED:
        told = runs.read_json(run / "status.json")["message"]
        raise change.ChangeError(f"Run {run.name} lowers what must not fall: {told}.")
    if state not in _MAY:
        raise change.ChangeError(f"Run {run.name} is {state}: only one that has passed can be released.")
    target, report = model_path(), runs.report(run)
    running = model.file_hash(target) if target.is_file() else ""
    if running not in (report["base"], report["model"]):
        raise change.ChangeError(
            f"Run {run.name} was compared with another model than the one that runs now. Make the run again."
        )
    if running == report["base"]:
        _copy(target, run / "previous" / target.name)
    change.apply(root, change.read(run))
    _copy(run / "model" / _NAME, target)
    runs.tell(run, runs.RELEASED)


def undo(root: Path = ROOT) -> Path:
    """Take the last release back; its run. Raises ChangeError."""
    released = [run for run in runs.all_runs() if runs.state(run) == runs.RELEASED]
    last = max(released, key=lambda run: runs.read_json(run / "status.json")["at"], default=None)
    if last is None:
        raise change.ChangeError("No run is released: there is nothing to take back.")
    target = model_path()
    running = model.file_hash(target) if target.is_file() else ""
    report = runs.report(last)
    if running not in (report["base"], report["model"]):
        raise change.ChangeError(
            f"Another model than that of run {last.name} runs now (trained since): take the data back by hand, "
            f"`git apply -R {last / 'change.diff'}`, then make train."
        )
    change.revert(root, change.read(last))
    _copy(last / "previous" / target.name, target)
    runs.tell(last, runs.TAKEN_BACK)
    return last


def discard(run: Path) -> None:
    """Throw a run's model and report away; its change stays. Raises ChangeError for one that is released."""
    if runs.state(run) == runs.RELEASED:
        raise change.ChangeError(f"Run {run.name} is released: take it back first.")
    shutil.rmtree(run / "model", ignore_errors=True)
    for name in ("talks.json", "report.json"):  # what customers wrote goes with it
        (run / name).unlink(missing_ok=True)
    runs.tell(run, runs.DISCARDED)


_NAME = "aspa.tar.gz"


def _copy(source: Path, target: Path) -> None:
    """A model with its record, each in one step; in between nobody loads it, because the two do not fit."""
    record = model.read_record(source)
    if record is None:
        raise change.ChangeError(f"There is no model at {source}. Make the run again.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name("draft-" + target.name)
    shutil.copyfile(source, draft)
    draft.replace(target)
    model.write_record(target, record)
