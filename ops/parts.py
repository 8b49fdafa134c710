"""The parts of `make lint` and `make test`, each a command and what it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Mapping

from ops import needs
from ops.counts import Counts, from_junit, from_stories
from ops.layout import BOT_PYTHON, DESK_PYTHON, NODE_BIN, ROOT, WEB

Count = Callable[[Path], Counts]


@dataclass(frozen=True)
class Part:
    """`{out}` in the command is where the part writes its results, and `count` reads them there.

    A part without `count` is one check: its exit code says whether it has passed. `needs` are made sure of first.
    """

    name: str
    command: tuple[str | Path, ...]
    cwd: Path = ROOT
    out: str = "junit.xml"
    count: Count | None = None
    needs: tuple[Callable[[], Mapping[str, str]], ...] = field(default=())


def _python(*command: str | Path) -> tuple[str | Path, ...]:
    return (DESK_PYTHON, "-m", *command)


def _there(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if (ROOT / name).exists())


def _npm(*command: str) -> tuple[str | Path, ...]:
    return (NODE_BIN / "npm", "run", "--silent", *command)


def _desk_tests(name: str, **more: tuple[Callable[[], Mapping[str, str]], ...]) -> Part:
    options = ("-c", "desk/pyproject.toml", "--rootdir", ".", "--junitxml", "{out}")
    return Part(name, _python("pytest", *options, f"tests/{name}"), count=from_junit, **more)


def lint_parts() -> list[Part]:
    of_desk = _there("desk", "demo", "tests/desk", "tests/e2e", "tests/ops", "bench")
    of_bot = _there("bot", "actions", "tests/bot", "tests/shop", "ops")
    return [
        Part("ruff: desk", _python("ruff", "check", "--config", "desk/pyproject.toml", *of_desk)),
        Part("ruff: bot", _python("ruff", "check", *of_bot)),
        Part("mypy: desk", _python("mypy", "--config-file", "desk/pyproject.toml", *_there("desk", "demo", "ops", "bench"))),
        Part("mypy: bot", _python("mypy", "--python-executable", BOT_PYTHON, *_there("bot", "actions"))),
        Part("tsc", _npm("check"), cwd=WEB),
        Part("biome", _npm("lint"), cwd=WEB),
    ]


def test_parts() -> list[Part]:
    vitest = (NODE_BIN / "npx", "vitest", "run", "--reporter=default", "--reporter=junit", "--outputFile.junit={out}")
    stories = ("bot.stories", "--out", "{out}")
    return [
        Part("web", vitest, cwd=WEB, count=from_junit, needs=(needs.browser,)),
        Part("size", _npm("size"), cwd=WEB),
        Part("bot", (BOT_PYTHON, "-m", "pytest", "tests/bot", "tests/shop", "--junitxml", "{out}"), count=from_junit),
        Part("stories", (BOT_PYTHON, "-m", *stories), out="stories", count=from_stories),
        _desk_tests("desk"),
        _desk_tests("ops"),
        _desk_tests("e2e", needs=(needs.browser,)),
    ]
