"""Alarms come for what is really happening and for nothing else; forecasts are as good as they say."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import pytest

from bench.simulation.customer import hours_of
from bench.simulation.month import Trouble, stories
from bench.simulation.world import HOURS
from desk.figures.clocks import start_of
from desk.figures.counted import count, recount
from desk.figures.forecast import agents_for, by_hour, expect, measure
from desk.figures.reading import contacts
from desk.figures.surge import Surge, at_least, surges
from desk.service.outlook import WATCHED

DAYS = [(date(2026, 10, 20) + timedelta(days=offset)).isoformat() for offset in range(36)]
"""Until Tuesday the 24th of November."""
MISSING = "missing_parcel|Matkahuolto"


def usual(dice: random.Random, keys: int = 30, mean: float = 2.5) -> dict[str, dict[str, int]]:
    """Days on which nothing special happens."""
    return {
        day: {f"k{key}": _poisson(dice, mean) for key in range(keys)} | {MISSING: _poisson(dice, 1.2)} for day in DAYS
    }


def _poisson(dice: random.Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count


def test_missing_parcels_with_one_carrier_four_times_as_many_since_tuesday() -> None:
    """The problem, the carrier, the day and the factor; nothing else is told."""
    daily = usual(random.Random(5))
    for day in DAYS[-7:]:
        daily[day][MISSING] = 5
    (found,) = surges(daily, DAYS)
    assert (found.key, found.since, found.n) == (MISSING, "2026-11-18", 35)
    assert 3 < found.factor < 6


def test_a_thousand_quiet_days_alarm_nobody_but_once_in_a_while() -> None:
    """31 kinds of problems, looked at on 300 days: at most one false alarm."""
    alarms = sum(bool(surges(usual(random.Random(seed)), DAYS)) for seed in range(300))
    assert alarms <= 1


@pytest.mark.parametrize(("factor", "least"), [(4, 28), (6, 39)])
def test_a_real_surge_is_found_within_three_days(factor: int, least: int) -> None:
    """Of what uses to come about twice a day: four times as much in most of 40 shops, six times in nearly all."""
    found = 0
    for seed in range(40):
        dice = random.Random(seed)
        daily = usual(dice)
        for day in DAYS:
            daily[day][MISSING] = _poisson(dice, 2)
        for day in DAYS[-3:]:
            daily[day][MISSING] = _poisson(dice, 2 * factor)
        found += MISSING in [each.key for each in surges(daily, DAYS)]
    assert found >= least


def test_a_problem_that_never_was_alarms_when_it_comes_often() -> None:
    """And not when it comes seven times, or when most of the last day lies ahead and little has come."""
    daily = {day: {"x": 0} for day in DAYS}
    daily[DAYS[-1]] = {"x": 7}
    assert surges(daily, DAYS) == []
    daily[DAYS[-1]] = {"x": 12}
    assert [(each.key, each.since) for each in surges(daily, DAYS, today_part=0.5)] == [("x", DAYS[-1])]


TUESDAY = date(2026, 11, 17)


def test_a_simulated_carrier_that_loses_parcels_since_tuesday_alarms_and_nothing_else_does() -> None:
    """From the logs of 120 conversations a day to the alarm on Saturday evening; in the weeks before nobody was alarmed
    on any evening."""
    days = [(TUESDAY + timedelta(days=offset)).isoformat() for offset in range(-28, 5)]
    now = start_of(TUESDAY + timedelta(days=5), HOURS.zone) - 1
    shop = stories(date.fromisoformat(days[0]), len(days), 120, until=now, trouble=Trouble(TUESDAY))
    counted = (count(each, hours_of, None, now) for one in shop for each in contacts(one.log))
    sums = recount(each for each in counted if each)

    def told(evening: int) -> dict[str, list[Surge]]:
        looked_at = days[: evening + 1]
        daily = {day: sums.get(("all", "", day), {}) for day in looked_at}
        return {name: surges({day: tally.get(name, {}) for day, tally in daily.items()}, looked_at) for name in WATCHED}

    assert [evening for evening in range(7, 28) if any(told(evening).values())] == []
    found = told(len(days) - 1)
    (surge,) = found["carriers"]
    assert (surge.key, surge.since) == (MISSING, TUESDAY.isoformat())
    assert 2.5 < surge.factor < 6
    assert {each.key for each in found["intents"]} <= {"missing_parcel"}, "the same, whoever brings it"
    assert found["products"] == []


def test_the_chance_of_many_is_right_far_out_in_the_tail() -> None:
    """Against sums by hand."""
    assert at_least(0, 3, 0.2) == 1.0
    assert at_least(2, 2, 0.5) == pytest.approx(0.25)
    by_hand = sum(math.comb(90, k) * 0.1**k * 0.9 ** (90 - k) for k in range(30, 91))
    assert at_least(30, 90, 0.1) == pytest.approx(by_hand, rel=1e-9)


def test_a_shop_that_has_just_begun_is_not_alarmed_by_what_it_does_not_know_yet() -> None:
    """Nothing of a problem in the first five days, eight of it in the week after."""
    daily = {day: {"x": 0} for day in DAYS[:12]}
    for day in DAYS[5:12]:
        daily[day] = {"x": 1}
    daily[DAYS[8]] = {"x": 2}
    assert surges(daily, DAYS[:12]) == []


def shop(weeks: int, holidays: frozenset[date] = frozenset(), growth: float = 1.0) -> dict[date, dict[int, int]]:
    """Customers by hour: busy Mondays, quiet Sundays and holidays, and chance."""
    dice, first = random.Random(2), date(2026, 9, 7)
    counts = {}
    for offset in range(weeks * 7):
        day = first + timedelta(days=offset)
        level = {0: 1.4, 6: 0.5}.get(6 if day in holidays else day.weekday(), 1.0) * growth ** (offset / 7)
        counts[day] = {hour: _poisson(dice, level * (6 if 8 <= hour < 20 else 1)) for hour in range(24)}
    return counts


def test_the_forecast_errs_less_than_last_week_would() -> None:
    """A week ahead, over four weeks; with chance alone in the counts no forecast can be much better."""
    counts = shop(12)
    error = measure(counts, max(counts), lambda _: False)
    assert error.days == 28
    assert error.ours is not None and error.plain is not None
    assert error.ours < 0.85 * error.plain
    assert error.ours < 0.42


def test_growth_is_followed_and_a_holiday_is_a_sunday() -> None:
    """Five per cent more a week, half of which is believed at once; and Christmas Day, a Friday in 2026."""
    growing = shop(10, growth=1.05)
    last = max(growing)
    monday = last + timedelta(days=1)
    mean = 1.4 * (12 * 6 + 12 * 1) * 1.05**10
    assert 0.85 * mean < sum(expect(growing, monday, last, lambda _: False)) < 1.1 * mean
    holiday = date(2026, 12, 25)
    counts = shop(16, frozenset({holiday}))
    known_until = holiday - timedelta(days=1)
    before = {day: hours for day, hours in counts.items() if day <= known_until}
    as_holiday = sum(expect(before, holiday, known_until, lambda day: day == holiday))
    as_friday = sum(expect(before, holiday, known_until, lambda _: False))
    came = sum(counts[holiday].values())
    assert abs(as_holiday - came) < abs(as_friday - came)


def test_nothing_known_is_forecast_as_nothing() -> None:
    """And no error is claimed."""
    today = date(2026, 11, 24)
    assert expect({}, today, today, lambda _: False) == [0.0] * 24
    assert measure({}, today, lambda _: False).ours is None
    assert by_hour({}, "arrivals", ["2026-11-24"]) == {today: {}}


@pytest.mark.parametrize(("cases", "seconds", "at_a_time", "agents"), [
    (0, 540, 1, 0), (5.3, 540, 1, 1), (5.4, 540, 1, 2), (30, 600, 2, 4), (30, 600, 1, 7), (10, 0, 1, 0)
])  # fmt: skip
def test_agents_are_as_many_as_the_work_takes(cases: float, seconds: float, at_a_time: float, agents: int) -> None:
    """At four fifths of their time: 5.33 cases of nine minutes an hour for one."""
    assert agents_for(cases, seconds, at_a_time) == agents
