"""What agents read costs the same, however many conversations lie in the store. Counted in SQLite's own steps, because
the time of a busy machine proves nothing; `make bench ARGS=lists` times both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bench.seeds import LONG, seed, seed_long
from desk.store import counting, lists, log, outbox, people, profiles, search
from desk.store.accounts import AgentRow
from desk.store.engine import sqlite_engine
from desk.store.migrate import migrate

FEW, MANY = 1_000, 10_000
LATER = 10**15
STEPS = 50
"""SQLite tells after so many."""
LIISA = AgentRow(
    id="a_1", name="l", display_name="Liisa", role="agent", locale="fi", presence="online", active=True, languages=()
)

type Reading = Callable[[sa.Connection], object]


def _list(view: str) -> Reading:
    return lambda connection: lists.page(connection, view, LIISA, None)


def _search(query: str) -> Reading:
    return lambda connection: lists.some(connection, search.find(connection, query))


def _earlier(connection: sa.Connection) -> object:
    row = lists.one(connection, LONG)
    assert row
    return lists.earlier(connection, row)


READINGS: dict[str, Reading] = {
    **{f"list: {view}": _list(view) for view in (*lists.VIEWS, "practice")},
    "list: a later page": lambda c: lists.page(c, "resolved", LIISA, "1700000500000.c_500"),
    "counts": lambda c: lists.counts(c, LIISA.id),
    **{
        f"search: {query}": _search(query) for query in ("A-1000123", "paket", "paket kadonnut", "Aino Virtanen", "ufo")
    },
    "the bot's and the shop's work": lambda c: (people.with_bot_work(c), people.with_shop_work(c, before=LATER)),
    "what is to be sent": lambda c: outbox.due(c, now=0, too_far=LATER),
    "what is to be counted": lambda c: counting.uncounted(c, now=0, limit=500),
    "names to hide": lambda c: profiles.latest_names(c, most=500),
    "thread": lambda c: (log.load(c, LONG), log.read(c, LONG)),
    "what was delivered": lambda c: (outbox.delivered(c, LONG), outbox.failures(c, LONG)),
    "the customer's other conversations": _earlier,
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> list[sa.Engine]:
    return [_filled(tmp_path_factory.mktemp("store"), count) for count in (FEW, MANY)]


def _filled(folder: Path, count: int) -> sa.Engine:
    url = f"sqlite:///{folder}/desk.sqlite3"
    migrate(url)
    engine = sqlite_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        seed(connection, count)
        seed_long(connection)
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("COMMIT")
    return engine


@pytest.mark.parametrize("reading", READINGS)
def test_ten_times_the_conversations_cost_no_more(stores: list[sa.Engine], reading: str) -> None:
    few, many = (_steps(store, READINGS[reading]) for store in stores)
    assert many <= 1.5 * few + 10


def test_what_was_filled_in_is_found_by_the_index(stores: list[sa.Engine]) -> None:
    """Or nothing would be measured: the earliest order is not among the newest messages."""
    for engine in stores:
        with engine.connect() as connection:
            assert search.find(connection, "A-1000001") == ["c_1"]


def _steps(engine: sa.Engine, reading: Reading) -> int:
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver
        driver.set_progress_handler(count, STEPS)
        reading(connection)
        driver.set_progress_handler(None, STEPS)
    return counted[0]
