"""A copy of everything that a model is made from and lives with, so that training disturbs nobody.

The programs find their files beside their own code (`bot.settings.ROOT`), so a copy of the code with its data is a
whole second house; environments, tests and the desk are only pointed to.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.settings import ROOT

_COPIED = (
    "config.yml", "credentials.yml", "endpoints.yml", "domain", "data", "bot", "actions", "masking", "demo", "ops",
)  # fmt: skip
_POINTED_TO = (".venv", "desk", "tests")
_KNOWLEDGE = "models/knowledge.npz"
_NAME = "work"


def make(run: Path, root: Path = ROOT) -> Path:
    """A fresh workspace in the run's folder."""
    work = run / _NAME
    remove(run)
    work.mkdir(parents=True)
    for name in _COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, work / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy2(source, work / name)
    for name in _POINTED_TO:
        if (root / name).exists():
            (work / name).symlink_to((root / name).resolve(), target_is_directory=True)
    (work / "models").mkdir()
    if (root / _KNOWLEDGE).is_file():  # good as long as no article changes; it knows by itself
        shutil.copy2(root / _KNOWLEDGE, work / _KNOWLEDGE)
    return work


def model_of(run: Path) -> Path:
    """Where the run's model lies once it is trained."""
    return run / _NAME / "models" / "aspa.tar.gz"


def remove(run: Path) -> None:
    """Give the room back; the run's report stays."""
    shutil.rmtree(run / _NAME, ignore_errors=True)
