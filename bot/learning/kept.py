"""Figures of models that were measured once: the running model's need not be found out anew in each run.

They hold as long as nothing they depend on has changed: the model, the programs, what they read, the messages asked,
and the day, because the demo shop's orders move with it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from bot import model
from bot.learning import runs
from bot.learning.gates import Figures

FILE = "figures.json"
_DEPENDS_ON = (
    "config.yml", "bot/**/*.py", "actions/**/*.py", "masking/**/*.py", "demo/**/*.py", "domain/**/*.yml",
    "data/**/*.yml", "data/**/*.md", "data/**/*.tsv", "data/**/*.json*", "tests/bot/*/*.tsv", "tests/bot/*/*.jsonl",
)  # fmt: skip


def key(root: Path, path: Path) -> str:
    """Of the model at `path` with the tree at `root`."""
    files = {file for pattern in _DEPENDS_ON for file in root.glob(pattern) if ".venv" not in file.parts}
    parts = (model.file_hash(path), model.tree_hash(files, root), date.today().isoformat())
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def find(wanted: str) -> Figures | None:
    """What another run has found out, or None."""
    for run in reversed(runs.all_runs()):
        figures = runs.read_json(run / FILE).get(wanted)
        if figures:
            return dict(figures)
    return None


def keep(run: Path, wanted: str, figures: Figures) -> None:
    """For the runs to come."""
    runs.write_json(run / FILE, runs.read_json(run / FILE) | {wanted: figures})
