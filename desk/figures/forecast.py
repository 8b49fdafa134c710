"""How many customers will come, hour by hour, and how many agents that takes. Judged by what it would have said before.

An hour of a weekday is expected to be as in the last weeks, the latest counting most, raised or lowered by how the last
two weeks went as a whole. Public holidays are expected to be as Sundays. Simple on purpose: a test and the page compare
its error with the plainest forecast there is, "as last week".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

WEEKS = 8
"""How far back it looks."""
FADE = 0.75
"""What a week counts, of the week after it."""
SUNDAY = 6
HOURS = range(24)
OCCUPANCY = 0.8
"""Of an agent's time at work, what may go into cases: the rest is breaks, notes and waiting for the next."""
type Counts = Mapping[date, Mapping[int, int]]
type Holiday = Callable[[date], bool]


def expect(counts: Counts, day: date, known_until: date, holiday: Holiday) -> list[float]:
    """Customers by hour of `day`, from what was known at the end of `known_until`."""
    kind = _kind(day, holiday)
    pattern, weight = [0.0] * 24, 0.0
    for back in range(WEEKS * 7):
        past = known_until - timedelta(days=back)
        if _kind(past, holiday) != kind or past not in counts:
            continue
        share = FADE ** (back // 7)
        weight += share
        pattern = [sum_ + share * counts[past].get(hour, 0) for sum_, hour in zip(pattern, HOURS, strict=True)]
    if not weight:
        return [0.0] * 24
    trend = _trend(counts, known_until, holiday)
    return [trend * sum_ / weight for sum_ in pattern]


def _trend(counts: Counts, known_until: date, holiday: Holiday) -> float:
    """The last two weeks beside the two before, weekday for weekday; half of the change is believed."""
    recent = earlier = 0
    for back in range(14):
        now, then = known_until - timedelta(days=back), known_until - timedelta(days=back + 14)
        if now in counts and then in counts and _kind(now, holiday) == _kind(then, holiday):
            recent += sum(counts[now].values())
            earlier += sum(counts[then].values())
    change = recent / earlier if earlier and recent else 1.0
    return float(min(1.5, max(0.67, change)) ** 0.5)


def _kind(day: date, holiday: Holiday) -> int:
    return SUNDAY if holiday(day) else day.weekday()


@dataclass(frozen=True, slots=True)
class Error:
    """Of forecasts a week ahead, over the days that came since: the part of all customers that stood in a wrong hour.
    `plain` is the same for "as last week"; None where too little is known."""

    ours: float | None
    plain: float | None
    days: int


def measure(counts: Counts, last: date, holiday: Holiday, weeks: int = 4) -> Error:
    """What the forecast would have said of the last `weeks`, each from what was known when it began."""
    ours = plain = total = 0.0
    days = 0
    for back in range(weeks * 7):
        day = last - timedelta(days=back)
        known_until = day - timedelta(days=7)
        if day not in counts or known_until not in counts or known_until - timedelta(days=7) not in counts:
            continue
        days += 1
        said = expect(counts, day, known_until, holiday)
        for hour in HOURS:
            came = counts[day].get(hour, 0)
            total += came
            ours += abs(said[hour] - came)
            plain += abs(counts[known_until].get(hour, 0) - came)
    return Error(ours / total, plain / total, days) if total else Error(None, None, days)


def agents_for(cases_an_hour: float, handling_seconds: float, at_a_time: float) -> int:
    """How many have to be at work: the work that comes in, by what one of them does in an hour."""
    one_does = 3_600 * OCCUPANCY * max(at_a_time, 1.0) / handling_seconds if handling_seconds else 0.0
    return ceil(cases_an_hour / one_does - 1e-9) if one_does and cases_an_hour > 0.05 else 0


def by_hour(tallies: Mapping[str, Mapping[str, Mapping[str, int]]], name: str, days: Sequence[str]) -> Counts:
    """What came in by day and hour, from daily sums; a day without any is a day with none."""
    return {
        date.fromisoformat(day): {int(hour): n for hour, n in tallies.get(day, {}).get(name, {}).items()}
        for day in days
    }
