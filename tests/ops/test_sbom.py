"""The bill of materials names what is locked, no more and no less."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from test_repository import LOCKS, ROOT, lock

from ops import sbom
from ops.parts import test_parts as parts_of_a_test_run


def test_every_locked_package_stands_in_it_once() -> None:
    components = sbom.document()["components"]
    named = [each["purl"] for each in components]
    python = {f"pkg:pypi/{name}@{version}" for each in LOCKS for name, version in _raw(each)}
    web = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    assert len(named) == len(set(named))
    assert {each for each in named if each.startswith("pkg:pypi/")} == python
    assert len([each for each in named if each.startswith("pkg:npm/")]) <= len(web) - 1
    assert "pkg:npm/preact@" in " ".join(named)


def test_it_says_from_which_lock_a_package_comes_and_whether_it_is_shipped() -> None:
    components = {each["name"]: each for each in sbom.document()["components"]}
    assert {each["value"] for each in components["rasa"]["properties"]} == {"requirements/bot.lock"}
    assert components["preact"]["scope"] == "required"
    assert components["vitest"]["scope"] == "excluded"
    assert all(len(each.get("hashes", [{"content": "0" * 128}])[0]["content"]) == 128 for each in components.values())


def test_each_test_run_writes_it_and_names_its_place(tmp_path: Path) -> None:
    part = next(each for each in parts_of_a_test_run() if each.name == "sbom" and not each.on_demand)
    command = [sys.executable, *map(str, part.command[1:])]
    env = {**os.environ, "ASPA_VAR": str(tmp_path)}

    told = subprocess.run(command, cwd=part.cwd, env=env, capture_output=True, text=True, check=True).stdout

    path = tmp_path / sbom.NAME
    assert str(path) in told
    assert json.loads(path.read_text("utf-8")) == sbom.document()


def _raw(name: str) -> list[tuple[str, str]]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
    assert len(lock(name)) > 0
    return [(found[1], found[2]) for found in sbom._PACKAGE.finditer(text)]
