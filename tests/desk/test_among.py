"""Rows whose key is one of many, as one statement whatever their number."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa

from desk.store import schema as t
from desk.store.among import among
from desk.store.engine import Store

pytestmark = pytest.mark.anyio
NAMES = ["c_ä", "c_'\"", "c_\\", "c_%", "c_plain"]


def _fill(connection: sa.Connection) -> None:
    rows = [{"dimension": "all", "value": name, "day": "2026-11-22", "tally": {}} for name in NAMES]
    connection.execute(t.figure_days.insert(), rows)


def _of_column(connection: sa.Connection, keys: list[str], *, none: bool = False) -> set[str]:
    value = t.figure_days.c.value
    condition = ~among(value, keys) if none else among(value, keys)
    return set(connection.execute(sa.select(value).where(condition)).scalars())


def _of_tuple(connection: sa.Connection, keys: list[tuple[str, str, str]]) -> set[str]:
    days = t.figure_days.c
    wanted = among(sa.tuple_(days.dimension, days.value, days.day), keys)
    return set(connection.execute(sa.select(days.value).where(wanted)).scalars())


@pytest.mark.parametrize("keys", [[], NAMES[:1], NAMES[:3], [*NAMES, "c_other"], NAMES * 400])
async def test_it_finds_what_a_list_finds(store: Store, keys: list[str]) -> None:
    await store.write(_fill)
    found = set(NAMES) & set(keys)
    assert await store.read(partial(_of_column, keys=keys)) == found
    assert await store.read(partial(_of_column, keys=keys, none=True)) == set(NAMES) - found
    rows = [("all", key, "2026-11-22") for key in keys] + [("other", "c_plain", "2026-11-22")]
    assert await store.read(partial(_of_tuple, keys=rows)) == found


def test_it_is_one_statement_whatever_the_number_of_keys() -> None:
    one, many = (
        str(
            sa.select(t.conversations.c.id)
            .where(among(t.conversations.c.id, keys))
            .compile(dialect=sa.create_engine("sqlite://").dialect)
        )
        for keys in (["a"], ["a", "b", "c"])
    )
    assert one == many
