"""One way to read and write for both databases: a function that takes a connection, run as one transaction.

SQLite has one writer, a thread (writer.py). PostgreSQL runs the same function over asyncpg. Work must not keep the
connection, and may be run again: also because another piece of work, with which it shared a transaction, has failed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import asyncpg  # type: ignore[import-untyped]
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from desk.errors import Unavailable
from desk.store.writer import Writer

type Work[T] = Callable[[sa.Connection], T]
_TAKE_LOCK = sa.text("SELECT pg_try_advisory_lock(1634955361)")
"""Advisory locks are numbers, and each database has its own; this one is "aspa" in ASCII."""
STATEMENTS = 48
"""Prepared statements that each connection to SQLite keeps. One takes some thirty kilobytes (docs/reliability.md)."""

AWAY = (sa.exc.DBAPIError, sa.exc.TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
OUR_FAULT = (sa.exc.IntegrityError, sa.exc.ProgrammingError, sa.exc.DataError, sa.exc.NotSupportedError)


class Store(Protocol):
    """Where everything is kept."""

    async def write[T](self, work: Work[T]) -> T:
        """Run `work` in one transaction and return its result once it is committed. Raises what `work` raises, with
        nothing kept, and Unavailable when the database cannot write now."""

    async def read[T](self, work: Work[T]) -> T:
        """Run `work`, which only reads. Raises what `work` raises, and Unavailable when the database is away."""

    async def glance[T](self, work: Work[T]) -> T:
        """`read`, for a row or two found by their key: what costs less than handing it to another thread and back."""

    async def be_the_one(self) -> bool:
        """Whether this process is the one that does what only one of several may do; it stays so until it closes the
        store, dies or loses the database. Asked again and again. Raises Unavailable."""

    async def scrub(self) -> None:
        """What was deleted so far is not left beside the database, where it keeps its latest changes. PostgreSQL's are
        its keeper's matter (docs/privacy.md)."""

    async def close(self) -> None:
        """Finish what is under way and let go."""


def open_store(url: str) -> Store:
    """`sqlite:///path` or `postgresql://…` (settings.py lets in nothing else), already migrated."""
    return SqliteStore(url) if url.startswith("sqlite:///") else PostgresStore(url)


class SqliteStore:
    """A file in WAL mode: a writer thread with group commit, readers on a few threads of their own."""

    def __init__(self, url: str) -> None:
        self._engine = sqlite_engine(url)
        self._readers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="store-read")
        self._glances: sa.Connection | None = None
        self._writer = Writer(self._engine)

    async def write[T](self, work: Work[T]) -> T:
        result: T = await self._writer.put(work)
        return result

    async def read[T](self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def glance[T](self, work: Work[T]) -> T:
        """In the event loop's own thread: a writer never makes a reader wait (WAL), and the row is read from memory."""
        try:
            if self._glances is None:
                self._glances = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            return work(self._glances)
        except sa.exc.OperationalError as error:
            raise Unavailable(f"The database cannot be read now: {error.orig}") from error

    async def be_the_one(self) -> bool:
        return True  # a file has one desk

    async def scrub(self) -> None:
        def empty(connection: sa.Connection) -> None:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            if busy:
                raise Unavailable("Somebody else reads the database; try again in a moment.")

        await self.read(empty)

    async def close(self) -> None:
        await asyncio.to_thread(self._writer.end)
        self._readers.shutdown()
        if self._glances is not None:
            self._glances.close()
        self._engine.dispose()

    def _read[T](self, work: Work[T]) -> T:
        try:
            with self._engine.connect() as connection:
                return work(connection)
        except sa.exc.OperationalError as error:
            raise Unavailable(f"The database cannot be read now: {error.orig}") from error


class PostgresStore:
    """PostgreSQL over asyncpg: many writers; rows are locked by the work itself (`SELECT … FOR UPDATE`)."""

    def __init__(self, url: str) -> None:
        self._engine = postgres_engine(url)
        self._lock: AsyncConnection | None = None

    async def write[T](self, work: Work[T]) -> T:
        with _away_is_unavailable():
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

    async def read[T](self, work: Work[T]) -> T:
        with _away_is_unavailable():
            async with self._engine.connect() as connection:
                return await connection.run_sync(work)

    glance = read

    async def be_the_one(self) -> bool:
        try:
            if self._lock is None or self._lock.closed:
                self._lock = await self._engine.connect()
                await self._lock.execution_options(isolation_level="AUTOCOMMIT")
            # Taking what this connection holds already is granted again, and proves that it lives.
            return bool((await self._lock.execute(_TAKE_LOCK)).scalar_one())
        except (OSError, sa.exc.DBAPIError) as error:
            await self._drop_lock()
            raise Unavailable(f"The database cannot be reached: {error}") from error

    async def _drop_lock(self) -> None:
        """The connection is given up, not back: what it holds must not live on in the pool."""
        lock, self._lock = self._lock, None
        if lock is not None:
            with contextlib.suppress(OSError, sa.exc.SQLAlchemyError):
                await lock.invalidate()
                await lock.close()

    async def scrub(self) -> None:
        pass

    async def close(self) -> None:
        await self._drop_lock()
        await self._engine.dispose()


@contextlib.contextmanager
def _away_is_unavailable() -> Iterator[None]:
    """A server that is gone, going or coming tells so in many ways, some of them past SQLAlchemy. What a statement did
    wrong is another matter, and stays as it is."""
    try:
        yield
    except OUR_FAULT:
        raise
    except (OSError, *AWAY) as error:
        raise Unavailable(f"The database cannot be reached: {type(error).__name__}") from error


def sqlite_engine(url: str) -> sa.Engine:
    """Transactions are begun by hand; a commit survives `kill -9` and power loss (WAL, synchronous FULL). What is
    deleted is overwritten in the file. Errors do not show their parameters, which are what people wrote."""
    arguments = {"check_same_thread": False, "timeout": 5, "isolation_level": None, "cached_statements": STATEMENTS}
    engine = sa.create_engine(
        url,
        connect_args=arguments,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "busy_timeout=5000",
            "foreign_keys=ON",
            "cache_size=-1024",  # KiB for each connection: the system keeps the file's pages, once for all of them
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def postgres_engine(url: str) -> AsyncEngine:
    """An engine over asyncpg. All that the desk asks takes milliseconds, and compiling it or handing it to more
    processes takes ten times as long: PostgreSQL begins to when it takes a table for large."""
    address = url.replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(address, pool_size=10, max_overflow=10, hide_parameters=True)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        settings = "SET jit = off; SET max_parallel_workers_per_gather = 0"
        connection.run_async(lambda driver: driver.execute(settings))

    return engine
