"""A run: train a model from changed data beside the running one, measure both, say whether it may be released."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import model, train
from bot.learning import change, gates, judge, kept, runs, talks, workspace
from bot.settings import ROOT, model_path

_NICE = 10
"""Customers come first."""


@dataclass(frozen=True)
class Steps:
    """What takes long, as programs in a folder of their own."""

    train: Callable[[Path, Path], None]
    measure: Callable[[Path, Path], dict[str, Any]]


class StepFailed(RuntimeError):
    """A program ended with an error; the run's log says which."""


def run(folder: Path, steps: Steps | None = None) -> bool:
    """Work off a run; whether it passed. Tells its status as it goes, also when it fails.

    Raises ChangeError for what a person can mend, having told it.
    """
    try:
        return _run(folder, steps or Steps(_train, _measure))
    except (change.ChangeError, model.ModelError, StepFailed) as error:
        runs.tell(folder, runs.FAILED, str(error))
        workspace.remove(folder)
        raise change.ChangeError(str(error)) from error
    except BaseException as error:
        runs.tell(folder, runs.FAILED, f"{type(error).__name__}; log.txt in the run's folder says more.")
        raise


def _run(folder: Path, steps: Steps) -> bool:
    started = time.monotonic()
    edits = change.read(folder)
    base = _base()
    runs.tell(folder, runs.TRAINING)
    work = workspace.make(folder)
    change.apply(work, edits)
    steps.train(folder, work)
    trained = time.monotonic()
    runs.tell(folder, runs.MEASURING)
    judge.keep(model_path(), workspace.model_of(folder))
    before, after = steps.measure(folder, ROOT), steps.measure(folder, work)
    found = gates.compare(before["figures"], after["figures"], lost_before(base))
    said = _talks(folder)
    differences = talks.differences(said, before["answers"], after["answers"])
    lowered = gates.lowered(found)
    new = _keep_model(folder)
    runs.write_json(
        folder / "report.json",
        {
            "base": base,
            "model": new.sha256,
            "gates": [gate.as_dict() for gate in found],
            "differences": differences,
            "turns": sum(len(talk["turns"]) for talk in said),
            "seconds": {
                "training": round(trained - started, 1),
                "measuring": round(time.monotonic() - trained, 1),
            },
        },
    )
    workspace.remove(folder)
    runs.tell(folder, runs.REFUSED if lowered else runs.PASSED, "; ".join(map(reason, lowered or gates.told(found))))
    return not lowered


def reason(gate: gates.Gate) -> str:
    """Why a gate forbids the release, for people."""
    points = f"{100 * gate.before:.1f} → {100 * gate.after:.1f} %"
    between = f"change {100 * gate.low:+.1f} to {100 * gate.high:+.1f} points"
    return f"{gate.name}: {points} of {gate.n} ({between})"


def _base() -> str:
    """The running model's sha256. Raises ChangeError where it does not belong to the data."""
    sha256 = model.verify(model_path())
    record = model.read_record(model_path())
    if record is None or not train.fits(record):
        raise change.ChangeError("The running model was made from other data than lie here. First: make train")
    return sha256


def lost_before(base: str) -> Counter[str]:
    """What the releases that led to this model have lost, by figure: small losses one after another add up."""
    released = {each["model"]: each for each in map(runs.report, _released())}
    lost: Counter[str] = Counter()
    while report := released.pop(base, None):
        for gate in report["gates"]:
            lost[gate["name"]] += gates.Gate(**gate).lost
        base = report["base"]
    return lost


def _released() -> list[Path]:
    return [run for run in runs.all_runs() if runs.state(run) == runs.RELEASED and runs.report(run)]


def _talks(folder: Path) -> list[dict[str, Any]]:
    path = folder / "talks.json"
    return list(runs.read_json(path)["talks"]) if path.is_file() else []


def _keep_model(folder: Path) -> model.Record:
    trained = workspace.model_of(folder)
    record = model.read_record(trained)
    if record is None:
        raise StepFailed("The training left no model; log.txt in the run's folder says why.")
    kept = folder / "model"
    kept.mkdir(exist_ok=True)
    shutil.move(trained, kept / trained.name)
    model.write_record(kept / trained.name, record)
    return record


def _train(folder: Path, work: Path) -> None:
    _call(folder, work, "bot.train", "--force")


def _measure(folder: Path, root: Path) -> dict[str, Any]:
    key = kept.key(root, model_path() if root == ROOT else workspace.model_of(folder))
    figures = kept.find(key)
    out, said = folder / "measured.json", folder / "talks.json"
    if figures and not said.is_file():
        return {"figures": figures, "answers": []}
    arguments = [*(["--answers"] if figures else []), str(out), *([str(said)] if said.is_file() else [])]
    _call(folder, root, "bot.learning.measure", *arguments)
    found = runs.read_json(out)
    out.unlink()
    kept.keep(folder, key, figures or found["figures"])
    return {"figures": figures or found["figures"], "answers": found["answers"]}


def _call(folder: Path, root: Path, module: str, *arguments: str) -> None:
    hidden = ("ASPA_MODEL",) if root != ROOT else ()
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    with (folder / "log.txt").open("ab") as log:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=root,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=lambda: os.nice(_NICE),
        )
    if done.returncode:
        raise StepFailed(f"{module} ended with code {done.returncode}; log.txt in the run's folder says why.")
