"""Lists, search, claim and start-up with a million conversations in the store, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import asyncpg  # type: ignore[import-untyped]
import sqlalchemy as sa

from bench.result import Chart, Goal, Result, Table, bar, now, spread
from bench.seeds import OPEN, seed
from bench.servers import postgres
from desk.conversation.decisions import agent as decisions
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.store import lists, people, search
from desk.store.accounts import AgentRow
from desk.store.engine import Store, open_store
from desk.store.migrate import migrate
from ops.stack import Stack

SIZES, QUICK = (1_000, 100_000, 1_000_000), (100, 200)
TIMES = 40
SEARCHES = {
    "a beginning, in every seventh message": "paket",
    "that and a word of every 4,000th message": "paket kadonnut",
    "an order's number": "A-{number}",
    "a customer's name": "Aino Virtanen",
    "the beginning of every second message": "pa",
    "nothing found": "ufo{number}",
}
AGENT = AgentRow(
    id="a_bench", name="b", display_name="B", role="agent", locale="fi", presence="online", active=True, languages=()
)

type Seconds = dict[str, list[float]]


async def measure(*, quick: bool = False) -> Result:
    """Each size in a store of its own; in each the same thousand cases are open."""
    sizes = QUICK if quick else SIZES
    rows: list[list[str]] = []
    goals: list[Goal] = []
    charts: list[Chart] = []
    for kind in ("SQLite", "PostgreSQL"):
        found = [await _one(kind, size) for size in sizes]
        rows += _rows(kind, sizes, found)
        goals += _goals(kind, sizes, found)
        bars = [
            bar(f"{name}, {size:,}", _ms(one[name]))
            for name in (*(f"search: {each}" for each in list(SEARCHES)[:2]), "claim")
            for size, one in zip(sizes, found, strict=True)
        ]
        charts.append(Chart(f"{kind}: search and claim by conversations in the store", "ms", bars))
    return Result(
        part="store",
        title="A million conversations",
        about=f"Temporary stores, filled by SQL: closed conversations, each with a customer's message (words in three "
        "languages, as common as Zipf's law has it, an order's number, a name), all of them counted and planned as in "
        f"a shop that runs, and {OPEN} open cases. Searches: {_asked()}. Times in ms, the middle of {TIMES} "
        "(least–most) of each, in this process.",
        tables=[Table(["store", "what", *(f"{size:,}" for size in sizes)], rows)],
        charts=charts,
        goals=goals,
    )


async def _one(kind: str, size: int) -> Seconds:
    with database(kind) as url:
        await asyncio.to_thread(migrate, url)
        store = open_store(url)
        try:
            await store.write(partial(seed, count=size))
            await settle(store, url)
            seconds = await _times(store)
        finally:
            await store.close()
        seconds["start-up"] = [await asyncio.to_thread(_start, url) for _ in range(2)]
        return seconds


async def settle(store: Store, url: str) -> None:
    """What PostgreSQL does by itself in a store that has grown over years, and would do beside what is measured."""
    if url.startswith("sqlite:///"):
        await store.write(lambda connection: connection.execute(sa.text("ANALYZE")))
        return
    connection = await asyncpg.connect(url)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _times(store: Store) -> Seconds:
    desk = Desk(store, Hub(), Rules(), OpeningHours(ZoneInfo("Europe/Helsinki")), lambda: 2_000_000_000_000)
    work: dict[str, Callable[[int], Awaitable[object]]] = {
        f"list: {view}": partial(_list, store, view) for view in ("waiting", "mine", "team", "bot", "resolved")
    }
    work["counts"] = lambda _: store.read(partial(lists.counts, agent=AGENT.id))
    for name, query in SEARCHES.items():
        work[f"search: {name}"] = partial(_search, store, query)
    work["what is due"] = lambda _: store.read(partial(people.due, now=0))
    work["claim"] = partial(_claim, desk)
    seconds: Seconds = {name: [] for name in work}
    for number in range(TIMES):
        for name, do in work.items():
            started = now()
            await do(number)
            seconds[name].append(now() - started)
    return seconds


async def _list(store: Store, view: str, _: int) -> object:
    return await store.read(partial(lists.page, view=view, agent=AGENT, after=None))


async def _search(store: Store, query: str, number: int) -> object:
    return await store.read(partial(search.find, query=query.format(number=1_000_001 + number)))


async def _claim(desk: Desk, number: int) -> object:
    ref = AgentRef(id=AGENT.id, name=AGENT.display_name)
    return await desk.change(f"c_open_{number}", lambda state, now: decisions.claim(state, ref))


def _start(url: str) -> float:
    """From its start until the desk is ready."""
    with tempfile.TemporaryDirectory(prefix="aspa-bench-") as folder:
        started = now()
        with Stack(("desk",), env={"ASPA_DATABASE_URL": url}, var=Path(folder)):
            return now() - started


@contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "SQLite":
        with tempfile.TemporaryDirectory(prefix="aspa-bench-") as folder:
            yield f"sqlite:///{folder}/desk.sqlite3"
        return
    with postgres() as url:
        yield url


def _asked() -> str:
    return "; ".join(f"{name}: `{query.format(number=1_000_001)}`" for name, query in SEARCHES.items())


def _ms(seconds: list[float]) -> list[float]:
    return [1000 * each for each in seconds]


def _rows(kind: str, sizes: tuple[int, ...], found: list[Seconds]) -> list[list[str]]:
    return [[kind, name, *(spread(_ms(one[name]), 1) for one in found)] for name in found[0]]


def _goals(kind: str, sizes: tuple[int, ...], found: list[Seconds]) -> list[Goal]:
    goals = []
    for name in found[0]:
        first, last = median(found[0][name]), median(found[-1][name])
        text = f"{kind}, {name}: with {sizes[-1]:,} beside {sizes[0]:,}"
        goals.append(Goal(text, last / first, 1.5, " ×", at_most=True))
    slowest = max((median(found[1][name]), name) for name in found[1] if name != "start-up")
    text = f"{kind}, the slowest of them with {sizes[1]:,} ({slowest[1]})"
    return [*goals, Goal(text, 1000 * slowest[0], 200, " ms", at_most=True)]
