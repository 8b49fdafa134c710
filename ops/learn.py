"""`make learn`: what supervisors have labelled becomes a model, tried beside the running one (docs/learning.md)."""

from __future__ import annotations

import os
import subprocess

from ops.errors import Problem
from ops.layout import BOT_PYTHON, ROOT, var_folder
from ops.programs import BOT, DESK, keep_secrets, place
from ops.setup import set_up


def learn(arguments: list[str]) -> int:
    """Without arguments: a new run of all labels, tried. Else `bot.learning`'s own commands."""
    set_up()
    where = place({**os.environ, **keep_secrets(var_folder(), os.environ)})
    desk, bot = where.environment(DESK), where.environment(BOT)
    desk_command = [*DESK.command, "learning"]
    if not arguments:
        prepare = [*desk_command, "prepare"]
        done = subprocess.run(prepare, cwd=ROOT, env=desk, stdout=subprocess.PIPE, encoding="utf-8")
        if done.returncode:
            raise Problem("There is no run to try", "Label messages in the console, under Learning; then run it again.")
        arguments = ["try", done.stdout.split()[-1]]
        print(f"Run {arguments[1]}: training beside the running model, then comparing: some minutes …", flush=True)
    code = subprocess.run([str(BOT_PYTHON), "-m", "bot.learning", *arguments], cwd=ROOT, env=bot).returncode
    if code == 0 and arguments[0] in ("release", "undo"):
        subprocess.run([*desk_command, "settle"], cwd=ROOT, env=desk, check=True)
    return code
