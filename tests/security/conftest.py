"""One real desk with a scripted bot, and people of every kind at it, for the tests of how one might break in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / name) for name in ("security", "e2e", "desk"))]

from all_doors import Fortress, open_fortress  # noqa: E402

from ops.warm import keep_warm  # noqa: E402

keep_warm("desk.bootstrap")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fortress]:
    """One for all tests: they are different people."""
    with open_fortress(tmp_path_factory.mktemp("desk") / "var") as opened:
        yield opened


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fortress]:
    """A shop behind TLS that keeps its teams apart."""
    settings = {"ASPA_CASES_SEEN": "own_teams", "ASPA_PUBLIC_URL": "https://chat.shop.example"}
    with open_fortress(tmp_path_factory.mktemp("strict") / "var", **settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; the test set-up says where it is. Not for longer than a module: while it runs, this
    thread has no event loop to give to others."""
    path = os.environ.get("ASPA_TEST_BROWSER", "/usr/bin/chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()
