"""Rows whose key is one of many that are given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class among(FunctionElement[bool]):
    """Whether `column` is one of `keys`: texts, or sequences of texts for a `sa.tuple_` of columns.

    The keys are one value, a JSON array. With `in_` each number of keys is a statement of its own, and every connection
    to SQLite would keep its latest ones prepared, some hundred kilobytes each.
    """

    type = sa.Boolean()
    inherit_cache = True

    def __init__(self, column: sa.ColumnElement[Any], keys: Iterable[str | Sequence[str]]) -> None:
        super().__init__(column, sa.literal(json.dumps(list(keys)), sa.Text()))

    def self_group(self, against: Any = None) -> among:
        """As it stands: SQLAlchemy would compare it to 1 for SQLite, which then reads the whole table."""
        return self


@compiles(among, "sqlite")
def _on_sqlite(element: among, compiler: Any, **how: Any) -> str:
    column, keys = element.clauses
    each = f"json_each({compiler.process(keys, **how)})"
    return f"{compiler.process(column, **how)} IN (SELECT {_key(column)} FROM {each})"  # noqa: S608 - keys are bound


@compiles(among, "postgresql")
def _on_postgresql(element: among, compiler: Any, **how: Any) -> str:
    column, keys = element.clauses
    elements = "jsonb_array_elements" if isinstance(column, sa.Tuple) else "jsonb_array_elements_text"
    each = f"{elements}(CAST({compiler.process(keys, **how)} AS JSONB))"
    return f"{compiler.process(column, **how)} IN (SELECT {_key(column)} FROM {each})"  # noqa: S608 - keys are bound


def _key(column: Any) -> str:
    """What both databases call an element of the array, or its parts."""
    if isinstance(column, sa.Tuple):
        return ", ".join(f"value ->> {number}" for number in range(len(column.clauses)))
    return "value"
