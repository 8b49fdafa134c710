"""The one who writes to SQLite: a thread that takes what has gathered and commits it together, so that the cost of a
commit is shared. What comes alone is not kept waiting for company."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from desk.errors import Unavailable

BATCH = 64
"""Transactions that share a commit at most: bounds how long the first one waits."""
MEMORY = "memory"
"""In the `info` of the writer's connection, and of no other: a dict of what work has just written, so that it need not
be read again. It is emptied when a piece of work fails, and when anybody else has written to the file."""


class Writer:
    """Runs until `end`. A commit survives `kill -9` and power loss (engine.sqlite_engine)."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._version: int | None = None
        self._thread = threading.Thread(target=self._write_forever, name="store-write", daemon=True)
        self._thread.start()

    def put(self, work: Callable[[sa.Connection], Any]) -> asyncio.Future[Any]:
        """Done when the result of `work` is committed, or failed: with what it raised, or Unavailable."""
        job = _Job(work, asyncio.get_running_loop())
        self._jobs.put(job)
        return job.future

    def end(self) -> None:
        """Once all is written that was given."""
        self._jobs.put(None)
        self._thread.join()

    def _write_forever(self) -> None:
        with self._engine.connect() as connection:
            connection.info[MEMORY] = {}
            while (job := self._jobs.get()) is not None:
                batch = [job]
                while len(batch) < BATCH and not self._jobs.empty():
                    another = self._jobs.get()
                    if another is None:
                        self._jobs.put(None)
                        break
                    batch.append(another)
                self._commit_together(connection, batch)

    def _commit_together(self, connection: sa.Connection, batch: list[_Job]) -> None:
        driver: Any = connection.connection.driver_connection  # plain words of SQL: SQLAlchemy's way costs more
        try:
            self._begin(connection, driver)
            if not all(_run(connection, driver, job) for job in batch):
                _rollback(driver)
                self._begin(connection, driver)
                for job in batch:
                    _run_apart(connection, driver, job)
            driver.execute("COMMIT")
        except (sa.exc.OperationalError, sqlite3.OperationalError) as error:
            _rollback(driver)
            connection.info[MEMORY].clear()
            for job in batch:
                job.error = Unavailable(f"The database cannot write now: {getattr(error, 'orig', error)}")
        for loop in {job.loop for job in batch}:  # one call for all that wait there
            loop.call_soon_threadsafe(_finish, [job for job in batch if job.loop is loop])

    def _begin(self, connection: sa.Connection, driver: Any) -> None:
        driver.execute("BEGIN IMMEDIATE")
        (version,) = driver.execute("PRAGMA data_version").fetchone()
        if version != self._version:  # another program has written since: `python -m desk …`
            self._version = version
            connection.info[MEMORY].clear()


class _Job:
    """A piece of work on its way through the writer."""

    def __init__(self, work: Callable[[sa.Connection], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()


def _run(connection: sa.Connection, driver: Any, job: _Job) -> bool:
    """One piece of work among others. False: it failed after it had written something, so that nothing of this
    transaction can stand. That is rare; a savepoint for each would cost a quarter of all writing."""
    written = driver.total_changes
    job.result = job.error = None
    try:
        job.result = job.work(connection)
    except (sa.exc.OperationalError, sqlite3.OperationalError):
        raise
    except BaseException as error:
        job.error = error
        connection.info[MEMORY].clear()
    return job.error is None or driver.total_changes == written


def _run_apart(connection: sa.Connection, driver: Any, job: _Job) -> None:
    """The same with a savepoint: its failure takes nobody else's work with it."""
    driver.execute("SAVEPOINT work")
    if not _run(connection, driver, job):
        driver.execute("ROLLBACK TO work")
    driver.execute("RELEASE work")


def _rollback(driver: Any) -> None:
    with contextlib.suppress(sqlite3.OperationalError):  # nothing was begun: the BEGIN itself failed
        driver.execute("ROLLBACK")


def _finish(jobs: list[_Job]) -> None:
    """Tell the waiting coroutines; in their own thread."""
    for job in jobs:
        if job.future.done():  # the waiting request was cancelled; the work stands
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
