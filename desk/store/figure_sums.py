"""The sums of days and of months, moved together. Functions take a connection and belong into `Store.write`."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from desk.figures.counted import Cell
from desk.figures.tally import Tally, pour, without_zeros
from desk.store import schema as t
from desk.store import statements as sql
from desk.store.among import among

CELLS = 200
"""Asked for in one statement."""


def move(connection: sa.Connection, changes: Mapping[Cell, Tally]) -> None:
    """Add to the sums of each day, and to those of its month: a year is read by its months."""
    months: dict[Cell, Tally] = {}
    for (dimension, value, day), change in changes.items():
        pour(months.setdefault((dimension, value, day[:7]), {}), change)
    for table, moved in ((t.figure_days, changes), (t.figure_months, months)):
        moving = {cell: change for cell, sums in moved.items() if (change := without_zeros(sums))}
        cells = sorted(moving)
        for at in range(0, len(cells), CELLS):
            _move(connection, table, {cell: moving[cell] for cell in cells[at : at + CELLS]})


def _move(connection: sa.Connection, table: sa.Table, changes: Mapping[Cell, Tally]) -> None:
    """Days and months with nothing in them go."""
    key, names = list(table.primary_key), table.primary_key.columns.keys()
    rows = connection.execute(sa.select(table).where(among(sa.tuple_(*key), changes))).all()
    before: dict[Cell, Tally] = {(row[0], row[1], row[2]): row.tally for row in rows}
    kept, gone = [], []
    for cell, change in changes.items():
        sums = before.get(cell, {})
        pour(sums, change)
        if tally := without_zeros(sums):
            kept.append(dict(zip(names, cell, strict=True)) | {"tally": tally})
        else:
            gone.append(dict(zip(("this", "which", "when"), cell, strict=True)))
    if kept:
        connection.execute(sql.upsert(connection.dialect.name, table, tuple(names), ("tally",)), kept)
    if gone:
        connection.execute(sql.forget_sums(table), gone)
