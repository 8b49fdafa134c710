"""Paths, and what all channels' tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "desk"), str(Path(__file__).parent)]

pytest.register_assert_rewrite("conformance")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
