"""Reading the figures: sums of days and months, and the conversations behind them. desk/store/counting.py keeps them.
Functions take a connection and belong into `Store.read`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from desk.figures.clocks import whole_months
from desk.figures.definitions import Figure
from desk.figures.tally import Tally
from desk.store import schema as t

AGENT = "agent"
"""The dimension of what belongs to no contact: how many cases an agent had at a time."""
PAGE = 50

type Cursor = tuple[str, int, str, int]
"""Day, beginning, conversation, number: the place in a list."""


def days(
    connection: sa.Connection, dimension: str, since: str, until: str, value: str | None = None
) -> Iterator[tuple[str, str, Tally]]:
    """(value, day, sums) of the days from `since` through `until`, of one value or of all."""
    d = t.figure_days.c
    query = sa.select(d.value, d.day, d.tally).where(d.dimension == dimension, d.day >= since, d.day <= until)
    if value is not None:
        query = query.where(d.value == value)
    for row in connection.execute(query.order_by(d.day, d.value)):
        yield row.value, row.day, row.tally


def sums(
    connection: sa.Connection, dimension: str, since: date, until: date, value: str | None = None
) -> Iterator[tuple[str, Tally]]:
    """(value, sums) that together are those of `days`: of whole months where there are any, of days before and after.
    Not for AGENT, which has days alone."""
    months = whole_months(since, until)
    last = until.isoformat()
    if months is None:
        yield from ((each, tally) for each, _, tally in days(connection, dimension, since.isoformat(), last, value))
        return
    first, end = months
    before = (first - timedelta(days=1)).isoformat()
    for part in ((since.isoformat(), before), (end.isoformat(), last)):
        yield from ((each, tally) for each, _, tally in days(connection, dimension, *part, value))
    m = t.figure_months.c
    query = sa.select(m.value, m.tally).where(
        m.dimension == dimension, m.month >= first.isoformat()[:7], m.month < end.isoformat()[:7]
    )
    if value is not None:
        query = query.where(m.value == value)
    for row in connection.execute(query):
        yield row.value, row.tally


def first_day(connection: sa.Connection) -> str | None:
    """The first day of which anything is counted."""
    day: str | None = connection.execute(sa.select(sa.func.min(t.figure_days.c.day))).scalar_one()
    return day


def listed(
    connection: sa.Connection,
    since: str,
    until: str,
    *,
    figure: Figure | None = None,
    key: str | None = None,
    cell: tuple[str, str] | None = None,
    after: Cursor | None = None,
    limit: int = PAGE,
) -> list[dict[str, Any]]:
    """The contacts of these days that add to a figure (or to one key of it), the latest first, after a cursor."""
    f = t.figure_contacts.c
    query = sa.select(f.conversation, f.number, f.day, f.began_at, f.ended_at, f.facts).where(
        f.day >= since, f.day <= until
    )
    if figure is not None:
        query = query.where(_adds(figure, key))
    if cell is not None:
        query = query.where(f.cells[cell[0]].as_string() == cell[1])
    order = (f.day, f.began_at, f.conversation, f.number)  # as the index has it: a page is read, not the year sorted
    if after is not None:
        query = query.where(sa.tuple_(*order) < sa.tuple_(*after))
    query = query.order_by(*(each.desc() for each in order)).limit(limit)
    return [dict(row._mapping) for row in connection.execute(query)]


def _adds(figure: Figure, key: str | None) -> sa.ColumnElement[bool]:
    name, _, only = (figure.behind or figure.of).partition(":")
    keys = [key] if key is not None else only.split("+") if only else []
    tally = t.figure_contacts.c.tally
    found = [tally[(name, each)] for each in keys] or [tally[name]]
    return sa.or_(*(each.as_string().is_not(None) for each in found))


def cursor_of(row: dict[str, Any]) -> Cursor:
    """Where a row of `listed` stands."""
    return row["day"], row["began_at"], row["conversation"], row["number"]
