"""Every wait is told by two clocks: on the wall, and of the hours in which people are at work."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.conversation.hours import OpeningHours


def day_of(at: int, zone: ZoneInfo) -> date:
    """The day in the shop's time zone: a conversation after midnight is the next day's."""
    return datetime.fromtimestamp(at / 1000, zone).date()


def hour_of(at: int, zone: ZoneInfo) -> int:
    """The hour in the shop's time zone, 0 to 23; in autumn one of them lasts twice as long."""
    return datetime.fromtimestamp(at / 1000, zone).hour


def start_of(day: date, zone: ZoneInfo) -> int:
    """Midnight, in milliseconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def whole_months(since: date, until: date) -> tuple[date, date] | None:
    """The first day of the first whole month within these days, and the first day after the last; None for none."""
    first = since if since.day == 1 else _next_month(since)
    after = until + timedelta(days=1)
    end = after.replace(day=1)
    return (first, end) if first < end else None


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def open_between(hours: OpeningHours, start: int, end: int) -> int:
    """Milliseconds of opening hours between two moments. Where people are always at work that is the wall's time."""
    if hours == OpeningHours(hours.zone):
        return max(0, end - start)
    total, day, last = 0, day_of(start, hours.zone), day_of(end, hours.zone)
    while day <= last:
        total += sum(max(0, min(end, closes) - max(start, opens)) for opens, closes in hours.on(day))
        day += timedelta(days=1)
    return total


def moment(at: int | None) -> str:
    """As a file for spreadsheets has it; empty for none."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S") if at is not None else ""
