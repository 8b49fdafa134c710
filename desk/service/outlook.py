"""What lies ahead and what is out of the ordinary: alarms of surging problems, and how many customers will come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desk.conversation.hours import OpeningHours
from desk.figures.clocks import day_of, start_of
from desk.figures.definitions import BY_NAME
from desk.figures.forecast import HOURS, WEEKS, agents_for, by_hour, expect, measure
from desk.figures.showing import show
from desk.figures.surge import LATEST, USUAL_DAYS, surges
from desk.figures.tally import Tally, add
from desk.service.desk import Desk
from desk.service.staff import SUPERVISORS, allow
from desk.store import figures as kept
from desk.store.accounts import AgentRow

AHEAD = 7
WATCHED = ("carriers", "intents", "products")
"""Lists whose keys can surge. A carrier's problem says more than the problem alone, so it is told instead of it."""


class Outlook:
    """Made from the daily sums, whenever it is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, agent: AgentRow) -> dict[str, Any]:
        """`{"surges": […], "forecast": {…}}`. Raises Forbidden unless a supervisor asks."""
        allow(agent, SUPERVISORS)
        hours = self._desk.hours
        today = day_of(self._desk.clock(), hours.zone)
        days = [(today - timedelta(days=back)).isoformat() for back in range((WEEKS + 4) * 7, -1, -1)]
        found = await self._desk.store.read(
            lambda connection: [
                *kept.days(connection, "all", days[0], days[-1]),
                *kept.days(connection, kept.AGENT, days[0], days[-1]),
            ]
        )
        tallies: dict[str, Tally] = {}
        for _, day, tally in found:
            tallies[day] = add((tallies[day], tally)) if day in tallies else tally
        first = min(tallies, default=days[-1])
        days = [day for day in days if day >= first]
        return {"surges": self._surges(tallies, days, today), "forecast": _forecast(tallies, days, today, hours)}

    def _surges(self, tallies: dict[str, Tally], days: list[str], today: date) -> list[dict[str, Any]]:
        lately = days[-(USUAL_DAYS + LATEST) :]
        if len(lately) < LATEST:  # too little is known to call anything unusual
            return []
        begins = start_of(today, self._desk.hours.zone)
        part = min(1.0, max(0.05, (self._desk.clock() - begins) / 86_400_000))
        told: list[dict[str, Any]] = []
        for name in WATCHED:
            daily = {day: tallies.get(day, {}).get(name, {}) for day in lately}
            for surge in surges(daily, lately, part):
                covered = any(each["figure"] == "carriers" and each["key"].startswith(f"{surge.key}|") for each in told)
                if not covered:
                    told.append({"figure": name, "key": surge.key, "since": surge.since, "n": surge.n,
                                 "usual": round(surge.usual, 1), "factor": round(surge.factor, 1)})  # fmt: skip
        return told


def _forecast(tallies: dict[str, Tally], days: list[str], today: date, hours: OpeningHours) -> dict[str, Any]:
    """The days ahead by hour; agents by what a case has taken and how many an agent has at a time. Today is not over,
    so it is not among what is known."""
    known = [day for day in days if day < today.isoformat()]
    arrivals, cases = (by_hour(tallies, name, known) for name in ("arrivals", "case_arrivals"))
    total = add(tallies.get(day, {}) for day in known[-28:])
    handling = show(BY_NAME["handling"], total)["value"] or 0
    at_a_time = show(BY_NAME["concurrency"], total)["value"] or 1.0
    last = today - timedelta(days=1)

    def holiday(day: date) -> bool:
        return hours.holiday(day) is not None

    ahead = []
    for offset in range(AHEAD):
        day = today + timedelta(days=offset)
        expected = expect(cases, day, last, holiday)
        ahead.append(
            {
                "day": day.isoformat(),
                "holiday": hours.holiday(day),
                "conversations": [round(each, 1) for each in expect(arrivals, day, last, holiday)],
                "cases": [round(each, 1) for each in expected],
                "agents": [agents_for(expected[hour], handling, at_a_time) for hour in HOURS],
            }
        )
    errors = {name: measure(counts, last, holiday) for name, counts in (("conversations", arrivals), ("cases", cases))}
    return {
        "days": ahead,
        "handling_seconds": handling,
        "at_a_time": round(at_a_time, 2),
        "errors": {name: {"ours": e.ours, "plain": e.plain, "days": e.days} for name, e in errors.items()},
    }
