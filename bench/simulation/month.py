"""Days of customers: who comes when, and back again. `stories` gives them one after another, the same for one seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bench.simulation import world
from bench.simulation.customer import Customer, Took, ends_erased, whole_story
from bench.simulation.world import PROBLEMS, ZONE
from desk.conversation.rules import DAY, HOUR


@dataclass(frozen=True, slots=True)
class Trouble:
    """From the day `since` on, one carrier's problem comes `factor` times as often as it uses to."""

    since: date
    intent: str = "missing_parcel"
    carrier: str = "Matkahuolto"
    factor: float = 4.0

    @property
    def part(self) -> float:
        """The part of all conversations that the trouble brings on top of the usual ones."""
        weight = sum(each.weight for each in PROBLEMS if each.intent == self.intent)
        of_carrier = world.CARRIERS[self.carrier] / sum(world.CARRIERS.values())
        return (self.factor - 1) * of_carrier * weight / sum(each.weight for each in PROBLEMS)


def stories(
    first: date,
    days: int,
    a_day: int,
    *,
    seed: int = 7,
    took: Took | None = None,
    until: int | None = None,
    trouble: Trouble | None = None,
) -> Iterator[Customer]:
    """`a_day` conversations on an ordinary day from `first` on; nobody writes after `until`. Some come back with the
    same matter, some with another, a few are erased."""
    dice = random.Random(seed)  # noqa: S311
    number, owed = 0, 0.0
    for offset in range(days):
        day = first + timedelta(days=offset)
        busy = a_day * world.WEEKDAYS[day.weekday()] * (0.25 if world.HOURS.holiday(day) else 1.0)
        for at in sorted(_moment(dice, day) for _ in range(round(dice.gauss(busy, busy**0.5)))):
            if until is not None and at > until:
                return
            number += 1
            one = Customer(dice, f"c_sim{seed}_{number}", at, took)
            if trouble and day >= trouble.since:  # spread evenly: so many times the usual, and not by luck
                owed += trouble.part
            yield _live(one, trouble if owed >= 1 else None, until)
            owed %= 1


def _live(one: Customer, trouble: Trouble | None, until: int | None) -> Customer:
    dice = one.dice
    if trouble:
        one.carrier = trouble.carrier
    usual = dice.choices(PROBLEMS, [each.weight for each in PROBLEMS])[0]
    problem = next((each for each in PROBLEMS if trouble and each.intent == trouble.intent), usual)
    one.begin()
    whole_story(one, problem)
    again = dice.random()
    later = one.at + int(dice.uniform(6 * HOUR, 6 * DAY))
    if again < 0.08 and (until is None or later < until):
        one.pass_until(later)
        whole_story(one, problem if again < 0.05 else dice.choice(PROBLEMS))
    if dice.random() < 0.004:
        ends_erased(one)
    return one


def _moment(dice: random.Random, day: date) -> int:
    hour = dice.choices(range(24), world.HOURS_OF_DAY)[0]
    when = datetime(day.year, day.month, day.day, hour, dice.randrange(60), dice.randrange(60), tzinfo=ZONE)
    return int(when.timestamp() * 1000)
