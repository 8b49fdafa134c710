"""From 200 logged failures to a better model, in a session by keyboard: what it takes, and what it brings.

    python -m bench.lessons FOLDER [--swap] [--failures N]

In a copy of the checkout in FOLDER, every seventh message of data/nlu is taken away and a model is trained from the
rest. What that model gets wrong of 207 messages that were written for this (bench/lessons_messages), and of those that
were taken away, is written to a real desk as customers' messages with what the real bot made of them; in a real browser
somebody who knows the right answers labels them by keys alone; the model that follows is trained beside the running
one, compared, released if it may be, and taken back. `--swap`: afterwards the same with the labels of the 200 messages
exchanged between intents. Needs a trained checkout, Chromium, and some twenty minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("bot", "actions", "masking", "demo", "ops", "domain", "data", "desk", "bench")
EVERY = 7
_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def main() -> int:
    """Each step is done once: a run that was broken off goes on where it was."""
    parser = argparse.ArgumentParser(prog="python -m bench.lessons", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--swap", action="store_true", help="exchange the labels between intents")
    parser.add_argument("--failures", type=int, default=200)
    options = parser.parse_args()
    folder = options.folder.resolve()
    if not (folder / "held.json").is_file():
        _copy(folder)
        _write(folder / "held.json", _hold_back(folder))
    _run(folder, folder / ".venv/bin/python", "-m", "bot.train")
    if not (folder / "failures.json").is_file():
        _run(folder, folder / ".venv/bin/python", "-m", "bot.evaluation.lessons", str(folder), str(options.failures))
    _run(folder, folder / "desk/.venv/bin/python", "-m", "bench.lessons_desk", str(folder), *["--swap"] * options.swap)
    return 0


def _copy(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    ignored = shutil.ignore_patterns("__pycache__", ".venv", ".mypy_cache")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("config.yml", "credentials.yml", "endpoints.yml"):
        shutil.copy2(ROOT / name, folder / name)
    for name in (".venv", "desk/.venv", "tests", "web"):
        (folder / name).symlink_to((ROOT / name).resolve(), target_is_directory=True)
    (folder / "models").mkdir()


def _hold_back(folder: Path) -> list[dict[str, str]]:
    """Take every seventh message out of the copy's data; they come back with their languages and intents."""
    held: list[dict[str, str]] = []
    for file in sorted((folder / "data" / "nlu").glob("*/*.yml")):
        intent, kept, number = "", [], 0
        for line in file.read_text("utf-8").splitlines(True):
            if line.startswith("- intent: "):
                intent = line.removeprefix("- intent: ").strip()
            if line.startswith("    - ") and file.stem != "story":
                number += 1
                if number % EVERY == 0:
                    text = _MARKED.sub(r"\1", line[6:].strip())
                    held.append({"language": file.parent.name, "intent": intent, "text": text})
                    continue
            kept.append(line)
        file.write_text("".join(kept), "utf-8")
    return held


def _run(folder: Path, *command: Any) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("ASPA_")}
    started = time.monotonic()
    subprocess.run([str(word) for word in command], cwd=folder, env=env, check=True)  # noqa: S603 - our own programs
    print(f"  {' '.join(map(str, command[1:4]))}: {time.monotonic() - started:.0f} s", flush=True)


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
