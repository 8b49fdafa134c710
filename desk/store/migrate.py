"""Bring a database to the schema that this version needs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from desk.errors import SetupError
from desk.store.engine import postgres_engine, sqlite_engine

_ALONE = sa.text("SELECT pg_advisory_xact_lock(1634955362)")
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Run the missing migrations. Raises SetupError when the database cannot be reached or written to."""
    try:
        if url.startswith("sqlite:///"):
            _migrate_sqlite(url)
        else:
            asyncio.run(_migrate_postgres(url))
    except (OSError, sa.exc.DBAPIError) as error:
        raise SetupError(f"The database of ASPA_DATABASE_URL cannot be used: {error}") from error


def config(connection: sa.Connection) -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def _migrate_sqlite(url: str) -> None:
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = sqlite_engine(url)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")  # all or nothing, whatever it dies of: Alembic begins none on SQLite
            _upgrade(connection)
            connection.commit()
    finally:
        engine.dispose()


async def _migrate_postgres(url: str) -> None:
    engine = postgres_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.execute(_ALONE)  # several desk processes may start together
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: sa.Connection) -> None:
    command.upgrade(config(connection), "head")
