"""The parts of `make lint` and `make test`, each a command and what it counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Callable, Mapping

from ops.counts import Counts, from_junit, from_stories
from ops.errors import Problem
from ops.layout import BOT_PYTHON, DESK_PYTHON, NODE_BIN, ROOT, WEB
from ops.needs import browser, emulators, mail_server, postgres, redis

Count = Callable[[Path], Counts]
Need = Callable[[], Mapping[str, str]]


@dataclass(frozen=True)
class Part:
    """`{out}` in the command is where the part writes its results, and `count` reads them there.

    A part without `count` is one check: its exit code says whether it has passed. `needs` are made sure of first.
    `on_demand`: takes so long that it runs only when it is named.
    `again`: the command that runs only what failed in the first.
    `explained_in`: a file in `{out}` to be shown when something failed, for runners that do not show it themselves.
    """

    name: str
    command: tuple[str | Path, ...]
    cwd: Path = ROOT
    out: str = "junit.xml"
    count: Count | None = None
    again: tuple[str | Path, ...] | None = None
    explained_in: str | None = None
    needs: tuple[Need, ...] = field(default=())
    on_demand: bool = False


def _python(*command: str | Path) -> tuple[str | Path, ...]:
    return (DESK_PYTHON, "-m", *command)


def _there(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if (ROOT / name).exists())


def _npm(*command: str) -> tuple[str | Path, ...]:
    return (NODE_BIN / "npm", "run", "--silent", *command)


_FAILED_ONLY = ("--last-failed", "--last-failed-no-failures", "none")


def _pytest(name: str, python: Path, *options: str, needs: tuple[Need, ...] = ()) -> Part:
    command: tuple[str | Path, ...] = (python, "-m", "pytest", *options, "--junitxml", "{out}", f"tests/{name}")
    return Part(name, command, count=from_junit, again=(*command, *_FAILED_ONLY), needs=needs)


def _desk_tests(name: str, *needs: Need) -> Part:
    return _pytest(name, DESK_PYTHON, "-c", "desk/pyproject.toml", "--rootdir", ".", needs=needs)


def _stories() -> Mapping[str, str]:
    """Rasa would take the training stories instead of a folder without any, and be content."""
    if not list((ROOT / "tests" / "stories").glob("*.yml")):
        raise Problem("There are no stories in tests/stories/", "Fetch a whole checkout of the project.")
    return {}


def lint_parts() -> list[Part]:
    tests = (f"tests/{name}" for name in ("desk", "connectors", "e2e", "faults", "ops", "security", "soak", "day"))
    of_desk = _there("desk", "demo", "masking", *tests, "bench")
    of_bot = _there("bot", "actions", "masking", "tests/bot", "tests/shop", "ops")
    strict = _there("desk", "demo", "masking", "ops", "bench")
    return [
        Part("ruff: desk", _python("ruff", "check", "--config", "desk/pyproject.toml", *of_desk)),
        Part("ruff: bot", _python("ruff", "check", *of_bot)),
        Part("mypy: desk", _python("mypy", "--config-file", "desk/pyproject.toml", *strict)),
        Part("mypy: bot", _python("mypy", "--python-executable", BOT_PYTHON, *_there("bot", "actions"))),
        Part("tsc", _npm("check"), cwd=WEB),
        Part("biome", _npm("lint"), cwd=WEB),
    ]


def test_parts() -> list[Part]:
    vitest = (NODE_BIN / "npx", "vitest", "run", "--reporter=default", "--reporter=junit", "--outputFile.junit={out}")
    stories = ("rasa", "test", "core", "--e2e", "--no-plot", "--model", "models", "--stories", "tests/stories")
    return [
        Part("web", vitest, cwd=WEB, count=from_junit, needs=(browser,)),
        Part("size", _npm("size"), cwd=WEB),
        _pytest("bot", BOT_PYTHON, needs=(postgres,)),
        _pytest("shop", BOT_PYTHON),
        Part(
            "stories",
            (BOT_PYTHON, "-m", *stories, "--out", "{out}"),
            out="results",
            count=from_stories,
            explained_in="failed_test_stories.yml",
            needs=(_stories,),
        ),
        _desk_tests("desk", postgres, redis),
        _desk_tests("connectors", emulators, mail_server),
        _desk_tests("ops"),
        Part("sbom", _python("ops", "sbom")),  # what is inside is on record for each state that was tested
        _desk_tests("e2e", browser),
        _desk_tests("faults", postgres),
        _desk_tests("security", browser),
        replace(_desk_tests("soak", emulators, mail_server, postgres, redis), on_demand=True),
        Part("day", (DESK_PYTHON, "tests/day"), needs=(emulators, mail_server), on_demand=True),
    ]
