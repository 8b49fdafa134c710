"""docs/security/dependencies.md speaks of what is locked, and of tests that there are."""

from __future__ import annotations

import re

import pytest
from test_repository import ROOT, lock

PAGE = (ROOT / "docs" / "security" / "dependencies.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([\w.-]+)` ([\w.]+), (bot|desk) \|(.*)\|$", PAGE, re.MULTILINE)
TESTS = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))


def test_the_page_has_its_rows() -> None:
    assert len(ROWS) > 10


@pytest.mark.parametrize(("package", "version", "name", "_"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_speaks_of_the_locked_version(package: str, version: str, name: str, _: str) -> None:
    """Another version: look again which of the faults it has."""
    assert str(lock(name)[package]) == version


def test_each_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(test_[a-z_0-9]+)`", PAGE)
    assert named
    assert not [each for each in named if f"def {each}(" not in TESTS]


@pytest.mark.parametrize("page", ["demands.md", "threats.md"])
def test_each_test_that_the_other_pages_name_is_there(page: str) -> None:
    """Names that are cut off with … are beginnings."""
    text = (ROOT / "docs" / "security" / page).read_text("utf-8")
    named = re.findall(r"`(test_[a-z_0-9]+)(…?)`", text)
    assert len(named) > 20
    assert not [name for name, cut in named if f"def {name}{'' if cut else '('}" not in TESTS]
