"""When people are at work: several spans a day, exceptions by date, in the shop's own time zone."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

type Spans = tuple[tuple[time, time], ...]

ALL_DAY: Spans = ((time(0), time(0)),)
"""An end of 00:00 means midnight at the end of the day."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`week` has seven entries from Monday; on `holidays` nobody works; `exceptions` replace both (empty: closed)."""

    zone: ZoneInfo
    week: tuple[Spans, ...] = (ALL_DAY,) * 7
    exceptions: Mapping[date, Spans] = field(default_factory=dict)
    holidays: Container[date] = frozenset()

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

    def closes_at(self, at: int) -> int | None:
        """When the span ends in which people are at work now; None while closed, and where nobody ever goes home."""
        if not self.is_open(at) or self == OpeningHours(self.zone):
            return None
        today = self._day(at)
        end = at
        for offset in range(8):  # spans that touch at midnight are one
            for opens, closes in sorted(self._spans_on(today + timedelta(days=offset))):
                if opens <= end < closes:
                    end = closes
        return end

    def spans_on(self, day: date) -> Spans:
        """The spans of a day, holidays and exceptions counted in."""
        if day in self.exceptions:
            return self.exceptions[day]
        return () if day in self.holidays else self.week[day.weekday()]

    def holiday(self, day: date) -> str | None:
        """The name of the public holiday on this day."""
        name = self.holidays.get(day) if isinstance(self.holidays, Mapping) else None
        return str(name) if name else None

    def on(self, day: date) -> list[tuple[int, int]]:
        """The spans of a day, in milliseconds since 1970 UTC."""
        return self._spans_on(day)

    def _day(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def _spans_on(self, day: date) -> list[tuple[int, int]]:
        tomorrow = day + timedelta(days=1)
        return [
            (self._at(day, start), self._at(tomorrow if end == time(0) else day, end))
            for start, end in self.spans_on(day)
        ]

    def _at(self, day: date, clock: time) -> int:
        return int(datetime.combine(day, clock, self.zone).timestamp() * 1000)
