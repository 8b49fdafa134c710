"""The faults' tests use the desk's clients and scripted bot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "desk")]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
