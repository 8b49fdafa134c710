"""The queue: who comes first, which place a case has, and how long it will take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pvariance

from desk.conversation.rules import MINUTE, SECOND
from desk.conversation.state import Conversation
from desk.conversation.teams import Need, Worker, lacks

TYPICAL_CASE = (9 * MINUTE, 7 * MINUTE)
"""Mean and spread (standard deviation) of a chat case's handling time, used until the shop has figures of its own.
Comm100's report of 2026 gives a mean of 8 min 50 s for an agent's chat."""
ENOUGH_FIGURES = 12
LOOKING_UP = 20 * SECOND
"""From one case's end to the next one's claim, on average: not in the figures, which begin with the claim."""
LOWER, UPPER = -1.1, 1.4
"""How many standard deviations the window reaches to both sides, on the scale on which the wait is symmetric;
farther up: a wait that ends early pleases. tests/desk/test_waiting_times.py measures how many waits fall inside."""
LEAST_UNEVEN = 0.8

URGENT, PROMISED, WAITING = range(3)
"""The classes of the queue, in order."""


@dataclass(frozen=True, slots=True)
class Window:
    """How long a customer will wait, in whole minutes."""

    from_minutes: int
    to_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Cases of one kind that come first."""

    need: Need
    count: int


def grade(state: Conversation) -> int:
    """The class of a case: urgent, then those whose promised time is near, then all others."""
    return URGENT if state.urgent else PROMISED if state.hurried else WAITING


def rank(state: Conversation) -> tuple[int, int, str]:
    """The order of the queue: by class, then the longest wait; the id decides between equals."""
    return (grade(state), state.queued_at or 0, state.id)


def need_of(state: Conversation) -> Need:
    """What this case asks of an agent."""
    return Need(
        locale=state.locale,
        team=state.team,
        skill=state.skill,
        for_everybody=state.for_everybody,
        wanted=state.wanted_agent,
    )


def competing(need: Need, ahead: Iterable[Ahead], workers: Sequence[Worker]) -> tuple[int, float, list[Worker]]:
    """(cases ahead that this one really waits for, the share of them that its own agents will do, its agents).

    A case ahead that none of this one's agents can take holds nobody up. One that other agents can take too is done by
    ours only in part. When nobody at work matches, the case falls to everybody later: then all count.
    """
    mine = [each for each in workers if lacks(each, need) is None] or list(workers)
    place, share = 0, 0.0
    for kind in ahead:
        able = [each for each in workers if lacks(each, kind.need) is None] or list(workers)
        ours = len({each.id for each in able} & {each.id for each in mine})
        if ours or not workers:
            place += kind.count
            share += kind.count * (ours / len(able) if able else 1.0)
    return place, share, mine


def window(share_ahead: float, workers: Sequence[Worker], durations: Sequence[int]) -> Window:
    """The time until an agent comes to the case after `share_ahead` others.

    `workers` are at work and can take it; `durations` are those of recently handled cases, in milliseconds. By Little's
    law cases end at the rate of cases in hand by their mean duration, however many an agent has at a time; the wait for
    the k-th end is close to gamma-distributed (quantiles after Wilson and Hilferty).
    """
    mean, spread = TYPICAL_CASE
    if len(durations) >= ENOUGH_FIGURES:
        mean, spread = max(int(fmean(durations)), SECOND), int(sqrt(pvariance(durations)))
    free = sum(each.load == 0 for each in workers)
    ends = share_ahead + 1 - free
    if workers and ends <= 0:
        return Window(0, 2)
    hands = sum(max(each.load, 1) for each in workers) or 1
    step = (mean + LOOKING_UP) / hands
    wait = ends * step
    # The ends of many hands come nearly at random, whatever one case's length; uneven cases make it worse.
    unevenness = max((spread / mean) ** 2, LEAST_UNEVEN)
    low, high = (_quantile(wait, wait * step * unevenness, each) for each in (LOWER, UPPER))
    if not workers:
        high += mean
    low_minutes = int(low // MINUTE)
    return Window(low_minutes, _round_up(max(int(-(-high // MINUTE)), low_minutes + 2)))


def _quantile(mean: float, variance: float, sigmas: float) -> float:
    shape = mean * mean / variance
    return float(mean * max(0.0, 1 - 1 / (9 * shape) + sigmas / sqrt(9 * shape)) ** 3)


def _round_up(minutes: int) -> int:
    """Coarser steps for longer times: nobody believes "47 minutes"."""
    step = 1 if minutes <= 10 else 5 if minutes <= 60 else 15
    return -(-minutes // step) * step
