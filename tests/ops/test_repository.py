"""Claims about the checkout itself: locks, commands and documents say what is so."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib

import pytest
from checkout import ROOT, tracked
from packaging.requirements import Requirement
from packaging.version import Version

MAKE = ("make", "--no-print-directory")
LOCKS = ("uv", "bot", "desk")
_ADDRESS = re.compile(r"://|\b[\w-]+\.(?:org|com|io|net)\b", re.IGNORECASE)
_REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|yarnpkg)\.(?:org|com)\b")
_SETTING = re.compile(r"\bASPA_[A-Z0-9_]*[A-Z0-9]\b")


def lock(name: str) -> dict[str, Version]:
    """Package → version."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    return {found[1]: Version(found[2]) for found in re.finditer(r"(?m)^([a-z0-9.-]+)==([^\s;]+)", text)}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.lock").read_text().splitlines()
    assert not [line for line in lines if _ADDRESS.search(line)]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_by_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    entries = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert entries
    assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize(("name", "project"), [("bot", "pyproject.toml"), ("desk", "desk/pyproject.toml")])
def test_a_lock_holds_what_its_project_asks_for(name: str, project: str) -> None:
    asked = tomllib.loads((ROOT / project).read_text())["project"]
    wanted = asked["dependencies"] + [each for extra in asked["optional-dependencies"].values() for each in extra]
    held = lock(name)
    for requirement in map(Requirement, wanted):
        package = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert package in held, f"{requirement} is not locked: run make locks"
        assert held[package] in requirement.specifier, f"{requirement} is locked as {held[package]}: run make locks"


def test_the_web_lock_names_no_registry_and_holds_every_platform() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    for package in packages.values():
        for optional in package.get("optionalDependencies", {}):
            assert f"node_modules/{optional}" in packages, f"npm ci would refuse the lock: {optional} is missing in it"


def test_no_file_names_a_package_registry() -> None:
    assert not [str(path) for path in tracked() if _REGISTRY.search(path.read_text("utf-8", errors="replace"))]


def test_make_help_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    [phony] = re.findall(r"(?m)^\.PHONY: (.*)$", makefile)
    shown = subprocess.run((*MAKE, "help"), cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"(?m)^  make (\w+) +\S", shown) == phony.split()
    assert re.findall(r"(?m)^([a-z]+):", makefile) == phony.split()


def test_make_alone_shows_the_help() -> None:
    outputs = {
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for command in (MAKE, (*MAKE, "help"))
    }
    assert len(outputs) == 1


def test_ci_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text().rstrip().endswith("exec make test")


def test_every_setting_is_documented_and_every_documented_one_is_used() -> None:
    sources = tracked("*.py", "*.ts", "*.tsx", "*.mjs", "*.yml", "*.sh", "Makefile", ".ci/run")
    of_tests = [path for path in sources if path.is_relative_to(ROOT / "tests")]
    used = {name for path in sources if path not in of_tests for name in _SETTING.findall(path.read_text())}
    in_tests = {name for path in of_tests for name in _SETTING.findall(path.read_text())}
    documented = set(re.findall(r"(?m)^\| `(ASPA_[A-Z0-9_]+)`", (ROOT / "docs" / "settings.md").read_text()))
    assert used - documented == set(), "add them to docs/settings.md"
    assert documented - used - in_tests == set(), "remove them from docs/settings.md"
