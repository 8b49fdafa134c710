"""Runs of `bot.learning`: a folder each, worked off by a program of the bot's environment.

The desk writes what is to be tried and reads what came of it; it neither imports nor waits for the bot's Python
(docs/decisions/0011-learning.md).
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk.errors import BadRequest, NotFound

ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "ASPA_MODEL")
"""Of the desk's environment: no secret of it is the bot's business."""
_OPEN = ("waiting", "training", "measuring")
_SECONDS = 120
"""A release copies two files of some megabytes."""


class Runs:
    """`python`: the bot's; where there is none, runs are made here and worked off by `make learn`."""

    def __init__(self, var: Path, python: Path, environ: Mapping[str, str] | None = None) -> None:
        self.folder = var / "learning"
        self._python = python
        found = os.environ if environ is None else environ
        self._env = {name: found[name] for name in _PASSED_ON if name in found} | {"ASPA_VAR": str(var)}
        self._started: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def can_start(self) -> bool:
        """Whether the bot's Python is here."""
        return self._python.is_file()

    def make(self, files: Mapping[str, str]) -> str:
        """A new run with these files; its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = max((int(each.name) for each in self.folder.iterdir() if each.name.isdecimal()), default=0)
        while True:
            number += 1
            try:
                (self.folder / str(number)).mkdir()
                break
            except FileExistsError:
                continue  # another desk process was quicker
        for name, text in files.items():
            (self.folder / str(number) / name).write_text(text, encoding="utf-8")
        return str(number)

    def start(self, run: str) -> None:
        """Begin to work off a run, and return at once."""
        with (self.folder / run / "log.txt").open("ab") as log:
            self._started[run] = subprocess.Popen(  # noqa: S603 - a command of our own; the run's name is checked
                [str(self._python), "-m", "bot.learning", "try", run],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a desk that restarts leaves the training alone
            )

    async def call(self, *arguments: str) -> None:
        """Release, undo or discard. Raises BadRequest with what stands against it."""
        process = await asyncio.create_subprocess_exec(
            str(self._python), "-m", "bot.learning", *arguments, cwd=ROOT, env=self._env,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            _, said = await asyncio.wait_for(process.communicate(), _SECONDS)
        except TimeoutError:
            process.kill()
            raise BadRequest("not_possible", "This takes too long; look into the run's log.txt.") from None
        if process.returncode:
            lines = said.decode("utf-8", "replace").strip().splitlines()
            raise BadRequest("not_possible", lines[-1] if lines else "This could not be done.")

    def runs(self) -> list[dict[str, Any]]:
        """`{"run", "state", "at", "message", "added", "report"}` of all, the latest first."""
        names = [each.name for each in self.folder.glob("*") if (each / "status.json").is_file()]
        return [self._run(name) for name in sorted(names, key=lambda name: (len(name), name), reverse=True)]

    def one(self, run: str) -> dict[str, Any]:
        """One of them, with its whole report. Raises NotFound."""
        self.path(run)
        return self._run(run) | {"report": _json(self.folder / run / "report.json") or None}

    def path(self, run: str) -> Path:
        """The run's folder. Raises NotFound."""
        if not run.isdecimal() or not (self.folder / run / "status.json").is_file():
            raise NotFound("not_found", "There is no such run.")
        return self.folder / run

    def labels(self, run: str) -> list[tuple[str, int]]:
        """Which labels the run was made from: conversation and number."""
        found = _json(self.folder / run / "labels.json")
        return [(str(conversation), int(seq)) for conversation, seq in found.get("labels", ())]

    def _run(self, name: str) -> dict[str, Any]:
        status = _json(self.folder / name / "status.json")
        process = self._started.get(name)
        state, message = status.get("state", "waiting"), status.get("message", "")
        if state in _OPEN and process is not None and process.poll() is not None:
            state, message = "failed", "The program ended before its time; log.txt in the run's folder says why."
        return {
            "run": name,
            "state": state,
            "at": status.get("at"),
            "message": message,
            "labels": len(self.labels(name)),
        }


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
