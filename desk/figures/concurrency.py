"""How many customers an agent has at a time: it belongs to no contact, so it is counted from the agents' spans."""

from __future__ import annotations

from collections.abc import Iterable

from desk.figures.tally import ONE, Tally

type Interval = tuple[int, int]


def of_agent(spans: Iterable[Interval], start: int, end: int) -> Tally:
    """Between two moments: `held`, seconds of all cases together, and `busy`, seconds with at least one."""
    inside = sorted((max(since, start), min(until, end)) for since, until in spans if since < end and until > start)
    held = sum(until - since for since, until in inside)
    busy, reached = 0, start
    for since, until in inside:
        busy += max(0, until - max(since, reached))
        reached = max(reached, until)
    sums = {"held_seconds": round(held / 1000), "busy_seconds": round(busy / 1000)}
    return {name: {ONE: amount} for name, amount in sums.items() if amount}
