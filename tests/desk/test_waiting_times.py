"""The time window told to a customer, against simulated days: how many waits end inside it.

The simulation knows nothing of the formula: customers come at random, agents take one to three at a time, some have a
break, cases last as long as they last (log-normal, as service times are), urgent ones pass, and some customers leave.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass, field

import pytest

from desk.conversation.queue import Window, competing, window
from desk.conversation.rules import MINUTE, SECOND
from desk.conversation.teams import Need, Worker

ANYBODY = Need(locale="fi")
DAY = 8 * 60 * MINUTE
GRACE = 30 * SECOND
"""A window is told in whole minutes."""


@dataclass
class Day:
    """One day of one team. Times in milliseconds from its opening."""

    seed: int
    agents: int
    at_a_time: int
    load: float
    """Work that comes, of what the agents could do; above 1 the queue grows all day."""
    mean: float
    spread: float
    """Of a case's logarithm: 0.4 is even, 0.9 very uneven."""
    told: list[tuple[Window, float]] = field(default_factory=list)

    def run(self) -> Day:
        dice = random.Random(self.seed)
        hands = self.agents * self.at_a_time
        every = self.mean * self.at_a_time / hands / self.load
        events: list[tuple[float, int, str, int]] = []
        serial = iter(range(10_000_000))
        at = 0.0
        while at < DAY:
            at += dice.expovariate(1 / every)
            heapq.heappush(events, (at, next(serial), "comes", next(serial)))
        for agent in range(self.agents):  # a lunch break each, in the middle of the day
            heapq.heappush(events, (DAY * (0.4 + 0.3 * agent / self.agents), next(serial), "break", agent))
        loads = dict.fromkeys(range(self.agents), 0)
        away: set[int] = set()
        queue: list[tuple[bool, float, int]] = []
        waiting: dict[int, tuple[float, Window]] = {}
        durations = [int(self._case(dice)) for _ in range(20)]
        while events:
            at, _, what, who = heapq.heappop(events)
            if what == "comes":
                urgent = dice.random() < 0.05
                ahead = sum((not each[0], each[1]) < (not urgent, at) for each in queue)
                workers = [Worker(id=str(agent), name="", load=loads[agent]) for agent in loads if agent not in away]
                waiting[who] = (at, window(ahead, workers, durations[-40:]))
                heapq.heappush(queue, (not urgent, at, who))
                if dice.random() < 0.08:
                    heapq.heappush(events, (at + dice.expovariate(1 / (10 * MINUTE)), next(serial), "leaves", who))
            elif what == "leaves":
                queue = [each for each in queue if each[2] != who]
                heapq.heapify(queue)
            elif what == "break":
                away.add(who)
                heapq.heappush(events, (at + 30 * MINUTE, next(serial), "back", who))
            elif what == "back":
                away.discard(who)
            elif what == "ends":
                loads[who] -= 1
            # Whoever has a hand free takes the next, after looking up.
            for agent in sorted(loads, key=lambda each: (loads[each], dice.random())):
                while queue and agent not in away and loads[agent] < self.at_a_time:
                    _, entered, case = heapq.heappop(queue)
                    look_up = dice.expovariate(1 / (20 * SECOND))
                    lasts = self._case(dice)
                    self.told.append((waiting[case][1], at + look_up - entered))
                    loads[agent] += 1
                    heapq.heappush(events, (at + look_up + lasts, next(serial), "ends", agent))
                    durations.append(int(lasts))
        return self

    def _case(self, dice: random.Random) -> float:
        # An agent who has several customers at a time is slower with each.
        return dice.lognormvariate(0, self.spread) * self.mean * self.at_a_time / 2.718 ** (self.spread**2 / 2)


def share_inside(told: list[tuple[Window, float]]) -> float:
    inside = sum(
        each.from_minutes * MINUTE - GRACE <= waited <= each.to_minutes * MINUTE + GRACE for each, waited in told
    )
    return inside / len(told)


@pytest.mark.parametrize(
    ("agents", "at_a_time", "load", "spread"),
    [(1, 1, 0.9, 0.6), (3, 1, 1.0, 0.5), (6, 2, 1.1, 0.7), (12, 1, 1.05, 0.9), (4, 3, 1.2, 0.6), (20, 2, 0.95, 0.5)],
)
def test_four_of_five_waits_end_inside_the_window(agents: int, at_a_time: int, load: float, spread: float) -> None:
    """In small and large teams, on quiet and on overloaded days, with even and uneven cases."""
    told: list[tuple[Window, float]] = []
    for seed in range(6):
        told += Day(seed, agents, at_a_time, load, 8 * MINUTE, spread).run().told
    share = share_inside(told)
    print(f"\n{agents} agents × {at_a_time}, load {load}, spread {spread}: {share:.1%} of {len(told)} waits inside")
    assert share >= 0.8


def test_a_window_is_narrow_enough_to_be_of_use() -> None:
    """A window from 0 to 600 minutes would hold every wait."""
    told: list[tuple[Window, float]] = []
    for seed in range(4):
        told += Day(seed, 4, 1, 1.0, 8 * MINUTE, 0.6).run().told
    widths = sorted(each.to_minutes - each.from_minutes for each, _ in told)
    waits = sorted(waited / MINUTE for _, waited in told)
    print(f"\nmedian width {widths[len(widths) // 2]} min, median wait {waits[len(waits) // 2]:.1f} min")
    assert widths[len(widths) // 2] <= max(5.0, 1.5 * waits[len(waits) // 2])


def test_with_a_free_agent_and_nobody_ahead_the_wait_begins_at_once() -> None:
    """From nothing to two minutes."""
    assert window(0, [Worker(id="a", name="A")], []) == Window(0, 2)


def test_more_agents_shorten_and_more_cases_lengthen_the_wait() -> None:
    """Whatever the figures."""
    busy = [Worker(id=str(number), name="", load=1) for number in range(6)]
    waits = [[window(ahead, busy[:hands], []).to_minutes for ahead in range(8)] for hands in range(1, 7)]
    assert all(row == sorted(row) for row in waits)
    assert all(list(column) == sorted(column, reverse=True) for column in zip(*waits, strict=True))


def test_cases_that_took_no_time_at_all_make_no_nonsense() -> None:
    """Spam is resolved within the second."""
    busy = [Worker(id="a", name="A", load=1)]
    assert window(5, busy, [0] * 40).to_minutes >= 2


def test_what_others_do_does_not_hold_up_and_what_they_share_counts_in_part() -> None:
    """Ten Finnish cases ahead hold up an Estonian one only as far as its agent takes Finnish ones too."""
    from desk.conversation.queue import Ahead

    estonian = Worker(id="a_1", name="Mari", languages=frozenset({"et"}))
    finnish = Worker(id="a_2", name="Liisa", languages=frozenset({"fi"}))
    both = Worker(id="a_3", name="Kati")
    ten = [Ahead(need=Need(locale="fi"), count=10)]
    assert competing(Need(locale="et"), ten, [estonian, finnish])[:2] == (0, 0.0)
    place, share, mine = competing(Need(locale="et"), ten, [estonian, finnish, both])
    assert (place, share, [each.id for each in mine]) == (10, 5.0, ["a_1", "a_3"])
    assert competing(Need(locale="en"), ten, [estonian, finnish])[0] == 10, "nobody matches: it falls to all of them"
