"""Steps that are done once and again only when what they were made from has changed."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterable, Iterator, Mapping

from ops.errors import Problem
from ops.layout import ROOT, TOOLS, log_folder

_NOT_SOURCES = {"node_modules", "dist", "__pycache__", ".venv", "test-results"}
_TAIL_LINES = 20


class Shell:
    """Runs commands for one step; all they print goes into the step's log."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def run(self, command: Iterable[object], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
        """Run a command to its end. Raises `CommandFailed` when it cannot be started or says no."""
        words = [str(word) for word in command]
        with self.log.open("a", encoding="utf-8") as out:
            out.write(f"\n$ {' '.join(words)}\n")
            out.flush()
            try:
                code = subprocess.run(
                    words, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
                ).returncode
            except OSError as error:
                out.write(f"{error}\n")
                code = 127
        if code != 0:
            raise CommandFailed(words, code)

    def note(self, line: str) -> None:
        with self.log.open("a", encoding="utf-8") as out:
            out.write(f"{line}\n")


class CommandFailed(Exception):
    def __init__(self, command: list[str], code: int) -> None:
        super().__init__(f"{Path(command[0]).name} ended with {code}")


@dataclass(frozen=True)
class Step:
    """Something to be made.

    `made_from`: files, folders and plain strings; while their contents are the same as last time, the step is fresh.
    `stamp`: a file beside what the step makes, so that deleting the one deletes the other.
    `fix`: what a person should look at when the step fails.
    """

    title: str
    do: Callable[[Shell], None]
    made_from: tuple[Path | str, ...]
    stamp: Path
    fix: str

    def digest(self) -> str:
        return digest(self.made_from)

    def is_fresh(self) -> bool:
        try:
            return self.stamp.read_text("utf-8") == self.digest()
        except OSError:
            return False


def carry_out(steps: Iterable[Step]) -> None:
    """Do those steps that are not fresh, one after the other. Raises `Problem` at the first that fails."""
    with _alone():
        for step in steps:
            if not step.is_fresh():
                _carry_out(step)


def digest(sources: Iterable[Path | str]) -> str:
    """A hash of names and contents. A missing file counts as such: it may come, and then it is a change."""
    total = hashlib.sha256()
    for source in sources:
        if isinstance(source, str):
            total.update(f"={source}\0".encode())
            continue
        for path in _files(source):
            name = os.path.relpath(path, ROOT)
            total.update(f"{name}\0{path.stat().st_size}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def _files(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
        return
    for folder, inner, names in os.walk(source):
        inner[:] = sorted(name for name in inner if name not in _NOT_SOURCES)
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _carry_out(step: Step) -> None:
    slug = re.sub(r"[^a-z0-9]+", "-", step.title.lower()).strip("-")
    shell = Shell(log_folder() / f"setup-{slug}.log")
    shell.log.write_text("", "utf-8")
    # An interrupted step must not look done: its stamp goes first.
    with contextlib.suppress(FileNotFoundError):
        step.stamp.unlink()
    made_from = step.digest()
    try:
        with progress(step.title):
            step.do(shell)
    except (CommandFailed, Problem) as error:
        raise Problem(_failure(step.title, error, shell.log), _advice(step, error)) from error
    step.stamp.parent.mkdir(parents=True, exist_ok=True)
    step.stamp.write_text(made_from, "utf-8")


def _failure(title: str, error: Exception, log: Path) -> str:
    reason = error.what if isinstance(error, Problem) else str(error)
    lines = log.read_text("utf-8", errors="replace").strip().splitlines()[-_TAIL_LINES:]
    tail = "".join(f"\n  | {line}" for line in lines)
    return f"{title}: {reason}.{tail}\n  The whole output: {log}"


def _advice(step: Step, error: Exception) -> str:
    return error.fix if isinstance(error, Problem) else step.fix


@contextlib.contextmanager
def progress(title: str) -> Iterator[None]:
    """One line a step: its name at once, the time that it has taken while it goes on (on a terminal) and at its end."""
    live = sys.stdout.isatty()
    start = time.monotonic()
    done = threading.Event()

    def tick() -> None:
        while not done.wait(1):
            print(f"\r  {title} … {time.monotonic() - start:.0f} s ", end="", flush=True)

    print(f"  {title} … ", end="", flush=True)
    ticker = threading.Thread(target=tick, daemon=True)
    if live:
        ticker.start()
    word = "failed after "
    try:
        yield
        word = ""
    finally:
        done.set()
        if live:
            ticker.join()
        again = f"\r  {title} … " if live else ""
        print(f"{again}{word}{time.monotonic() - start:.1f} s", flush=True)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two makes at once would write the same environments."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("  Another make is setting up here; waiting for it …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
