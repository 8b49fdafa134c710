"""Paths: the connectors' channels serve here, too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / name) for name in ("desk", "connectors", "faults"))]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
