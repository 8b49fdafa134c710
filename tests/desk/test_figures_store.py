"""The daily sums are kept up by what happens, on both databases, and always equal a recount of all logs."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import date, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from parts import ROOT, Clock

from bench.simulation.customer import Customer, whole_story
from bench.simulation.month import stories
from bench.simulation.world import HOURS, PROBLEMS, TEAM_HOURS
from bench.simulation.writing import Steps
from desk.conversation.decisions import customer
from desk.conversation.rules import DAY, HOUR, Rules
from desk.figures.counted import Cell, count, matter, recount
from desk.figures.definitions import BY_NAME, FIGURES
from desk.figures.reading import contacts
from desk.figures.showing import adds
from desk.figures.tally import Tally, add
from desk.figures.words import FigureWords
from desk.service.desk import Desk
from desk.service.figures import FigureKeeper, Figures
from desk.service.hub import Hub
from desk.store import figure_sums, figures, log
from desk.store import schema as t
from desk.store.accounts import AgentRow
from desk.store.engine import Store

pytestmark = pytest.mark.anyio
BOSS = AgentRow(
    id="a_boss", name="boss", display_name="Boss", role="supervisor", locale="en", presence="online", active=True
)
FIRST = date(2026, 10, 23)
"""A Friday: in the night to Sunday the clocks go back."""


@pytest.fixture
async def shop(store: Store, clock: Clock) -> AsyncIterator[Desk]:
    """A desk with opening hours, where time is what the tests say."""
    yield Desk(store, Hub(), Rules(), HOURS, clock, team_hours=TEAM_HOURS)


async def kept(store: Store) -> dict[Cell, Tally]:
    """The daily sums as they stand; those of the months are theirs."""

    def read(connection: sa.Connection) -> dict[Cell, Tally]:
        rows = connection.execute(sa.select(t.figure_days).where(t.figure_days.c.dimension != figures.AGENT))
        daily = {(row.dimension, row.value, row.day): row.tally for row in rows}
        months = {
            (row.dimension, row.value, row.month): row.tally for row in connection.execute(t.figure_months.select())
        }
        assert months == by_month(daily)
        return daily

    return await store.read(read)


def by_month(daily: dict[Cell, Tally]) -> dict[Cell, Tally]:
    """What the months' sums must be."""
    months: defaultdict[Cell, list[Tally]] = defaultdict(list)
    for (dimension, value, day), tally in daily.items():
        months[dimension, value, day[:7]].append(tally)
    return {cell: add(tallies) for cell, tallies in months.items()}


async def counted_by_hand(desk: Desk) -> dict[Cell, Tally]:
    """The same from all logs at once, by nothing but the pure functions."""

    def read(connection: sa.Connection) -> dict[str, list[log.Stored]]:
        ids = connection.execute(sa.select(t.conversations.c.id)).scalars().all()
        return {each: log.read(connection, each, limit=10_000) for each in ids}

    logs = await desk.store.read(read)
    everybody = [(name, each) for name, log_ in logs.items() for each in contacts(log_)]
    found = []
    for one in everybody:
        first = one[1].endings[0].at if one[1].endings else None
        again = [
            other[1].began_at
            for other in everybody
            if other is not one and matter(other[1]) and matter(other[1]) == matter(one[1])
        ]
        returned = min((at for at in again if first is not None and at >= first), default=None)
        found.append(count(one[1], desk.hours_of, returned, desk.clock()))
    return recount(each for each in found if each)


async def test_the_daily_sums_equal_a_recount_whenever_one_looks(shop: Desk, clock: Clock) -> None:
    """After some days, after more, and after the silences in which nothing happens but time."""
    steps, keeper = Steps(), FigureKeeper(shop)
    for number, one in enumerate(stories(FIRST, 4, 12, took=steps), 1):
        clock.at = max(clock.at, one.at)
        await steps.write(shop.store)
        if number % 15 == 0:
            await keeper.once()
            assert await kept(shop.store) == await counted_by_hand(shop)
    clock.at += 9 * DAY
    await keeper.once()
    sums = await kept(shop.store)
    assert sums == await counted_by_hand(shop)
    assert sum(tally["conversations"][""] for cell, tally in sums.items() if cell[0] == "all") >= number


SPANS = [("2025-12-31", "2026-03-01"), ("2026-01-01", "2026-01-31"), ("2026-01-02", "2026-02-27"),
         ("2026-01-02", "2026-02-28"), ("2026-01-01", "2026-03-02"), ("2026-02-10", "2026-02-20")]  # fmt: skip


@pytest.mark.parametrize(("since", "until"), SPANS)
async def test_a_span_of_days_is_summed_by_months_where_it_has_whole_ones(store: Store, since: str, until: str) -> None:
    """Each day from the last of December to the second of March adds a number of its own: none twice, none left out."""
    days = [date(2025, 12, 31) + timedelta(days=offset) for offset in range(62)]
    numbers = {day.isoformat(): 2**place for place, day in enumerate(days)}
    changes = {(dimension, "", day): {"x": {"": n}} for day, n in numbers.items() for dimension in ("all", "team")}
    await store.write(partial(figure_sums.move, changes=changes))
    span = {"since": date.fromisoformat(since), "until": date.fromisoformat(until)}
    found = await store.read(lambda connection: list(figures.sums(connection, "all", **span)))
    wanted = sum(n for day, n in numbers.items() if since <= day <= until)
    assert sum(tally["x"][""] for _, tally in found) == wanted


async def test_a_return_in_another_channel_takes_an_assumed_solution_back(shop: Desk, clock: Clock) -> None:
    """The same order and kind of problem within 7 days, in a conversation that knows nothing of the first."""
    problem = next(each for each in PROBLEMS if each.intent == "exchange_item")
    problem = type(problem)(intent=problem.intent, weight=1, solves=1)
    steps, keeper = Steps(), FigureKeeper(shop)

    async def come(name: str, at: int) -> None:
        one = Customer(random.Random(3), name, at, steps)
        one.order = "100233"
        one.dice = random.Random(1)
        one.begin()
        whole_story(one, problem)
        await steps.write(shop.store)

    async def assumed() -> int:
        for _ in range(2):  # what a round finds out about others is counted in the next
            await keeper.once()
        rows = (await kept(shop.store)).items()
        return sum(tally.get("solved_assumed", {}).get("", 0) for cell, tally in rows if cell[0] == "all")

    await come("c_first", clock.at)
    assert await assumed() == 0, "nobody knows yet"
    clock.at += 2 * DAY
    assert await assumed() == 1
    await come("c_second", clock.at)
    clock.at += HOUR
    assert await assumed() == 0
    clock.at += 2 * DAY
    assert await assumed() == 1, "the second, not the first"
    assert await kept(shop.store) == await counted_by_hand(shop)


async def test_what_was_counted_of_an_erased_customer_stays_without_the_order(shop: Desk, clock: Clock) -> None:
    """Also when it is looked at again; a customer who comes back afterwards is counted as anybody."""
    problem = next(each for each in PROBLEMS if each.intent == "exchange_item")
    problem = type(problem)(intent=problem.intent, weight=1, solves=1)
    steps, keeper = Steps(), FigureKeeper(shop)
    one = Customer(random.Random(1), "c_gone", clock.at, steps)
    one.order = "100233"
    one.begin()
    whole_story(one, problem)
    await steps.write(shop.store)
    clock.at += 2 * DAY
    await keeper.once()
    before, one.at = await kept(shop.store), clock.at
    one.take(customer.erase(one.state))
    await steps.write(shop.store)
    await keeper.once()
    assert await kept(shop.store) == before
    (row,) = await shop.store.read(partial(figures.listed, since="2025-01-01", until="2027-01-01"))
    assert (row["facts"]["order"], row["facts"]["erased"], row["facts"]["solved_by_bot"]) == (None, True, None)
    one.at = clock.at = clock.at + DAY
    whole_story(one, problem)
    await steps.write(shop.store)
    await keeper.once()
    total = sum(t_["conversations"][""] for cell, t_ in (await kept(shop.store)).items() if cell[0] == "all")
    assert total == 2


async def test_counting_everything_anew_changes_nothing(shop: Desk, clock: Clock) -> None:
    """So a new definition is put to all that ever happened by marking all conversations."""
    steps, keeper = Steps(), FigureKeeper(shop)
    for one in stories(FIRST, 2, 15, took=steps):
        clock.at = max(clock.at, one.at)
    await steps.write(shop.store)
    await keeper.once()
    before, hands = await kept(shop.store), await shop.store.read(_hands)

    def forget(connection: sa.Connection) -> None:
        for table in (t.figure_days, t.figure_months, t.figure_contacts, t.figure_spans):
            connection.execute(table.delete())
        connection.execute(t.conversations.update().values(uncounted=True))

    await shop.store.write(forget)
    await keeper.once()
    assert (await kept(shop.store), await shop.store.read(_hands)) == (before, hands)
    assert hands, "agents had cases"


async def test_the_list_behind_a_figure_holds_those_that_were_counted(shop: Desk, clock: Clock) -> None:
    """Of every figure, as many as were counted, each once, page by page."""
    steps, keeper = Steps(), FigureKeeper(shop)
    for one in stories(FIRST, 2, 40, took=steps):
        clock.at = max(clock.at, one.at)
    await steps.write(shop.store)
    await keeper.once()
    span = {"since": FIRST.isoformat(), "until": "2026-10-24"}
    whole = await shop.store.read(partial(figures.listed, **span, limit=1_000))
    page = await shop.store.read(partial(figures.listed, **span, limit=30))
    rest = await shop.store.read(partial(figures.listed, **span, after=figures.cursor_of(page[-1]), limit=1_000))
    assert page + rest == whole
    assert len({(each["conversation"], each["number"]) for each in whole}) == len(whole) > 50
    rows = [row for row in await shop.store.read(_tallies) if span["since"] <= row[3] <= span["until"]]
    keyed = [("handoff_reasons", "accepted_offer"), ("arrivals", "10"), ("refusals", "out_of_stock")]
    empty = set()
    for name, key in [*((each.name, None) for each in FIGURES), *keyed]:
        figure = BY_NAME[name]
        listed = await shop.store.read(partial(figures.listed, **span, figure=figure, key=key, limit=1_000))
        within = {row[:2] for row in rows if adds(figure, row[2], key)}
        assert {(each["conversation"], each["number"]) for each in listed} == within, name
        empty |= set() if listed else {name}
    assert not empty & {"concurrency", "handling", "arrivals", "carriers", "sought", "refusals", "wait", "products"}


@pytest.mark.parametrize(("days_ago", "compared"), [(20, False), (60, True)])
async def test_a_period_is_compared_only_with_one_that_was_counted_whole(
    shop: Desk, clock: Clock, days_ago: int, compared: bool
) -> None:
    """The desk of a shop that began three weeks ago has nothing to compare four weeks with."""
    steps, keeper = Steps(), FigureKeeper(shop)
    began = clock.at
    for number, back in enumerate((days_ago, 1)):
        one = Customer(random.Random(1), f"c_{number}", began - back * DAY, steps)
        one.begin()
        whole_story(one, PROBLEMS[0])
    await steps.write(shop.store)
    await keeper.once()
    service = Figures(shop, FigureWords.load(ROOT / "data" / "figures"))
    overview = await service.overview(BOSS, service.read(None, None))
    (conversations,) = (each for each in overview["figures"] if each["name"] == "conversations")
    assert (conversations["before"] is not None) == compared


def _hands(connection: sa.Connection) -> dict[tuple[str, str], Tally]:
    return {
        (value, day): tally for value, day, tally in figures.days(connection, figures.AGENT, "2026-01-01", "2027-01-01")
    }


def _tallies(connection: sa.Connection) -> list[tuple[str, int, Tally, str]]:
    c = t.figure_contacts.c
    return [tuple(row) for row in connection.execute(sa.select(c.conversation, c.number, c.tally, c.day))]
