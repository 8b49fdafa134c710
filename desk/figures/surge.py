"""Is something happening? Problems that come in far more often than they use to, since when, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

USUAL_DAYS = 28
"""What is usual comes from so many days before."""
LATEST = 7
"""A surge begins within so many last days."""
LEAST = 8
"""Fewer conversations than this alarm nobody."""
FACTOR = 2.0
"""Less than this many times the usual alarms nobody."""
CHANCE = 1e-5
"""How rarely mere chance may look like it (of one kind of problem and one day on which it could have begun)."""


@dataclass(frozen=True, slots=True)
class Surge:
    """`key` came in `n` times since `since`, where `usual` would have been usual."""

    key: str
    since: str
    n: int
    usual: float

    @property
    def factor(self) -> float:
        """How many times the usual; a problem that never came before counts as having come once."""
        return self.n / max(self.usual, 1.0)


def surges(daily: Mapping[str, Mapping[str, int]], days: Sequence[str], today_part: float = 1.0) -> list[Surge]:
    """The surges that last until the last of `days` (all days in order), the strongest first. `daily`: counts by day
    and key. `today_part`: how much of the last day is over, from 0 to 1."""
    keys = {key for day in days[-LATEST:] for key in daily.get(day, {})}
    found = [surge for key in sorted(keys) if (surge := _surge(key, daily, days, today_part))]
    return sorted(found, key=lambda each: (-each.factor, each.key))


def _surge(key: str, daily: Mapping[str, Mapping[str, int]], days: Sequence[str], today_part: float) -> Surge | None:
    """The beginning for which chance is the worst explanation: not diluted by quiet days before, nor one day's luck."""
    counts = [daily.get(day, {}).get(key, 0) for day in days]
    best: tuple[float, Surge] | None = None
    for start in range(max(1, len(days) - LATEST), len(days)):
        before = counts[max(0, start - USUAL_DAYS) : start]
        length = len(days) - start - 1 + today_part
        n, usual = sum(counts[start:]), sum(before) / len(before) * length
        if n < LEAST or n < FACTOR * usual:
            continue
        # Of all that came, how many would come so late by chance: where little is known before, much may be chance.
        chance = at_least(n, n + sum(before), length / (length + len(before)))
        if chance < CHANCE and (best is None or chance < best[0]):
            best = (chance, Surge(key, days[start], n, usual))
    return best[1] if best else None


def at_least(n: int, total: int, part: float) -> float:
    """The chance that, of `total`, `n` or more fall into such a `part` of the time (binomial)."""
    if n <= 0 or part >= 1:
        return 1.0
    choices = lgamma(total + 1) - lgamma(n + 1) - lgamma(total - n + 1)
    term = exp(choices + n * log(part) + (total - n) * log1p(-part))
    chance = 0.0
    for k in range(n, total + 1):
        chance += term
        term *= (total - k) / (k + 1) * part / (1 - part)
    return min(1.0, chance)
