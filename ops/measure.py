"""`make bench` and `make eval`: set up what is missing, then hand over to the programs that measure."""

from __future__ import annotations

import subprocess

from ops.errors import Problem
from ops.layout import BOT_PYTHON, DESK_PYTHON, ROOT
from ops.setup import python_environment, set_up, train


def bench(arguments: list[str]) -> int:
    """Speed, of the whole house: `bench/`."""
    if not (ROOT / "bench" / "__main__.py").exists():
        raise Problem("There is nothing to measure with: bench/ is missing", "Fetch a whole checkout of the project.")
    set_up()
    return _hand_over([str(DESK_PYTHON), "-m", "bench", *arguments])


def evaluate(arguments: list[str]) -> int:
    """Understanding, of the trained model: `bot/evaluate.py`. Without arguments of its own: all of it."""
    if not (ROOT / "bot" / "evaluate.py").exists():
        raise Problem("There is nothing to measure with: bot/evaluate.py is missing", "Fetch a whole checkout.")
    train()
    return _hand_over([str(BOT_PYTHON), "-m", "bot.evaluate", *(arguments or ["all"])])


def _hand_over(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, env=python_environment()).returncode
