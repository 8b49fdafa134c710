"""PostgreSQL and Redis of a benchmark's own: those of the desk's tests, which need the same programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ops.layout import ROOT

sys.path.insert(0, os.fspath(ROOT / "tests" / "desk"))
from databases import RedisServer, postgres_server  # type: ignore[import-not-found]


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database; the server commits to the disk, unlike that of the tests."""
    with postgres_server() as server:
        yield server.url


@contextmanager
def redis() -> Iterator[str]:
    """Its address."""
    with RedisServer() as server:
        yield server.url
