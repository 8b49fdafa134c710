"""Programs whose modules are loaded already: as those of `Child` to whoever starts them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ops.child import Child
from ops.warm import WarmChild


def output_and_code(child: type[Child], module: str, file: Path, **env: str) -> tuple[str, int | None]:
    with file.open("ab") as output:
        running = child([sys.executable, "-m", module], env={"PATH": os.environ["PATH"], **env}, output=output)
    assert running.wait(60)
    return file.read_text("utf-8"), running.code


@pytest.mark.parametrize("module", ["platform", "json.tool", "site"])
def test_it_prints_and_ends_as_one_that_is_started_cold(module: str, tmp_path: Path) -> None:
    """`json.tool` finds nothing to read and fails; `site` tells the search path."""
    cold = output_and_code(Child, module, tmp_path / "cold")
    warm = output_and_code(WarmChild, module, tmp_path / "warm")
    assert warm[1] == cold[1]
    assert warm[0].splitlines()[-1] == cold[0].splitlines()[-1]


def test_it_has_the_settings_that_it_is_given_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUSERBASE", "/of/this/process")
    text, _ = output_and_code(WarmChild, "site", tmp_path / "log", HOME="/of/the/child")
    assert "/of/this/process" not in text


def test_its_output_is_added_to_what_stands_there(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("before\n")
    text, code = output_and_code(WarmChild, "platform", tmp_path / "log")
    assert text.startswith("before\n")
    assert len(text.splitlines()) == 2
    assert code == 0
