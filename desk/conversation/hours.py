"""When people are at work: several spans a day, exceptions by date, in the shop's own time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

type Spans = tuple[tuple[time, time], ...]

ALL_DAY: Spans = ((time(0), time(0)),)
"""An end of 00:00 means midnight at the end of the day."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`week` has seven entries from Monday; `exceptions` replace a day's spans (empty: closed)."""

    zone: ZoneInfo
    week: tuple[Spans, ...] = (ALL_DAY,) * 7
    exceptions: Mapping[date, Spans] = field(default_factory=dict)

    def is_open(self, at: int) -> bool:
        """Whether people are at work at this millisecond."""
        return any(opens <= at < closes for opens, closes in self._spans_on(self._day(at)))

    def next_opening(self, at: int) -> int | None:
        """The next millisecond at which people come to work; `at` itself while open, None if not within a year."""
        if self.is_open(at):
            return at
        today = self._day(at)
        for offset in range(366):
            for opens, _ in self._spans_on(today + timedelta(days=offset)):
                if opens > at:
                    return opens
        return None

    def _day(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def _spans_on(self, day: date) -> list[tuple[int, int]]:
        spans = self.exceptions.get(day, self.week[day.weekday()])
        tomorrow = day + timedelta(days=1)
        return [(self._at(day, start), self._at(tomorrow if end == time(0) else day, end)) for start, end in spans]

    def _at(self, day: date, clock: time) -> int:
        return int(datetime.combine(day, clock, self.zone).timestamp() * 1000)
