"""Writes to a SQLite file from a thread, those that come meanwhile together.

A commit waits for the disk, 3 to 5 ms. On the loop nobody is answered meanwhile; in a thread the others are, and
what they have to store goes with the next commit, so that ten conversations wait once and not ten times.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Write:
    statement: str
    rows: Sequence[Row]
    stored: asyncio.Future[None]


class Writer:
    """The one connection that writes. `append` belongs to one event loop."""

    def __init__(self, file: Path | str, schema: str) -> None:
        self._base = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.execute("PRAGMA secure_delete=ON")
        self._base.execute("PRAGMA busy_timeout=5000")
        self._base.execute(schema)
        self._thread = ThreadPoolExecutor(1, "trackers")
        self._alone = threading.Lock()
        self._waiting: list[_Write] = []
        self._busy = False

    async def append(self, statement: str, rows: Sequence[Row]) -> None:
        """Store the rows, all or none; they are on the disk when it returns. Raises sqlite3.Error.

        A caller that is cancelled still waits: what comes next in its conversation must find what it stored.
        """
        if not rows:
            return
        write = _Write(statement, rows, asyncio.get_running_loop().create_future())
        self._waiting.append(write)
        if not self._busy:
            self._begin()
        try:
            await asyncio.shield(write.stored)
        except asyncio.CancelledError:
            await asyncio.wait([write.stored])
            raise

    def delete(self, statement: str, *values: Any) -> None:
        """Do it now, and leave nothing of it in the file or beside it."""
        with self._alone:
            self._together([(statement, [values])])
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file, after what is being written."""
        self._thread.shutdown()
        self._base.close()

    def _begin(self) -> None:
        """Hand all that waits to the thread. Not a task, which the end of the loop would cancel."""
        self._busy, writes, self._waiting = True, self._waiting, []
        storing = asyncio.get_running_loop().run_in_executor(self._thread, self._store, writes)
        storing.add_done_callback(partial(self._stored, writes))

    def _stored(self, writes: list[_Write], storing: asyncio.Future[list[Exception | None]]) -> None:
        for write, error in zip(writes, storing.result(), strict=True):
            if error is None:
                write.stored.set_result(None)
            else:
                write.stored.set_exception(error)
        self._busy = False
        if self._waiting:
            self._begin()

    def _store(self, writes: list[_Write]) -> list[Exception | None]:
        """What became of each. One that cannot be stored does not take the others with it."""
        with self._alone:
            try:
                self._together([(write.statement, write.rows) for write in writes])
            except Exception as error:
                return [error] if len(writes) == 1 else [self._one(write) for write in writes]
            return [None] * len(writes)

    def _one(self, write: _Write) -> Exception | None:
        try:
            self._together([(write.statement, write.rows)])
        except Exception as error:
            return error
        return None

    def _together(self, writes: Iterable[tuple[str, Sequence[Row]]]) -> None:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for statement, rows in writes:
                self._base.executemany(statement, rows)
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise
