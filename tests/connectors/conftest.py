"""Channels against servers that others wrote: real desks on free ports, with a scripted bot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent), str(ROOT / "tests" / "desk")]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
