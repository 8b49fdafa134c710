"""Statements that run with every message, compiled once and for all.

SQLite runs such a statement in some microseconds; what SQLAlchemy does around each execution (contexts, results, events
that nobody listens to) takes ten times as long, with the interpreter's lock held (docs/benchmarks.md). So on SQLite the
compiled text goes to the driver as it is, with the same conversion of types. PostgreSQL, where the way to the server is
what costs, goes through SQLAlchemy.
"""

from __future__ import annotations

import json
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect

type Values = Mapping[str, Any]
type _Convert = Callable[[Any], Any]

_SQLITE = sqlite_dialect()


class Prepared:
    """A statement whose values are bound by name. `columns`: those that an insert or update sets by their names.

    Raises what SQLAlchemy raises (IntegrityError, OperationalError), on both databases.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns

    def run(self, connection: sa.Connection, values: Values) -> int:
        """How many rows it changed."""
        if connection.dialect.name == "sqlite":
            return self._on_sqlite.execute(connection, values).rowcount
        return int(connection.execute(self._statement, values).rowcount)

    def run_many(self, connection: sa.Connection, rows: Sequence[Values]) -> None:
        """Once for each."""
        if connection.dialect.name == "sqlite":
            for row in rows:
                self._on_sqlite.execute(connection, row)
        else:
            connection.execute(self._statement, rows)

    def all(self, connection: sa.Connection, values: Values) -> list[Any]:
        """The rows, with the columns as attributes."""
        if connection.dialect.name == "sqlite":
            return self._on_sqlite.rows(connection, values)
        return list(connection.execute(self._statement, values))

    def first(self, connection: sa.Connection, values: Values) -> Any:
        """The first row, or None."""
        found = self.all(connection, values)
        return found[0] if found else None

    @cached_property
    def _on_sqlite(self) -> _OnSqlite:
        return _OnSqlite(self._statement, self._columns)


class _OnSqlite:
    """The same as the driver takes it."""

    def __init__(self, statement: Any, columns: tuple[str, ...]) -> None:
        compiled = statement.compile(dialect=_SQLITE, column_keys=columns if statement.is_dml else None)
        self._sql = str(compiled)
        binds = compiled.binds.items()
        self._given = {name: bind.value for name, bind in binds if bind.value is not None and name not in columns}
        self._binds = [(name, _to_sqlite(compiled.binds[name].type)) for name in compiled.positiontup]
        self._row: Callable[..., Any] = tuple
        self._converted: list[tuple[int, _Convert]] = []
        if not statement.is_dml:
            names = [each.name for each in statement.selected_columns]
            self._row = namedtuple("Row", names)  # type: ignore[misc]
            converts = [_from_sqlite(each.type) for each in statement.selected_columns]
            self._converted = [(at, convert) for at, convert in enumerate(converts) if convert]

    def execute(self, connection: sa.Connection, values: Values) -> sqlite3.Cursor:
        """Raises SQLAlchemy's errors, without what people wrote."""
        driver: Any = connection.connection.driver_connection
        if self._given:
            values = {**self._given, **values}
        bound = [convert(values[name]) if convert else values[name] for name, convert in self._binds]
        try:
            cursor: sqlite3.Cursor = driver.execute(self._sql, bound)
        except sqlite3.Error as error:
            raise sa.exc.DBAPIError.instance(self._sql, None, error, sqlite3.Error, hide_parameters=True) from error
        return cursor

    def rows(self, connection: sa.Connection, values: Values) -> list[Any]:
        """All of them, with what SQLite does not know by type (JSON, truth) as it was."""
        found = self.execute(connection, values).fetchall()
        for number, row in enumerate(found):
            read = list(row)
            for at, convert in self._converted:
                read[at] = convert(read[at])
            found[number] = self._row(*read)
        return found


def _to_sqlite(kind: sa.types.TypeEngine[Any]) -> _Convert | None:
    return kind.dialect_impl(_SQLITE).bind_processor(_SQLITE)


def _from_sqlite(kind: sa.types.TypeEngine[Any]) -> _Convert | None:
    if isinstance(kind, sa.JSON):
        return _read_json  # SQLAlchemy's does the same through three more functions
    return kind.dialect_impl(_SQLITE).result_processor(_SQLITE, None)


def _read_json(text: str | None) -> Any:
    return None if text is None else json.loads(text)
