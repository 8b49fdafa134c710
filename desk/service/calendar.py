"""Opening hours for people and for the bot: the moment, and the days to come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desk.conversation.hours import OpeningHours

DAYS_SHOWN = 14


def moment(hours: OpeningHours, at: int) -> dict[str, Any]:
    """Whether people are at work, until when, or from when on; both null in a shop that never closes or never opens."""
    is_open = hours.is_open(at)
    return {
        "open": is_open,
        "closes_at": hours.closes_at(at),
        "opens_at": None if is_open else hours.next_opening(at),
    }


def overview(team: str | None, hours: OpeningHours, at: int) -> dict[str, Any]:
    """The moment and two weeks of days."""
    today = datetime.fromtimestamp(at / 1000, hours.zone).date()
    days = [today + timedelta(days=offset) for offset in range(DAYS_SHOWN)]
    return {
        "team": team,
        **moment(hours, at),
        "days": [
            {
                "on": day.isoformat(),
                "spans": [[start.strftime("%H:%M"), end.strftime("%H:%M")] for start, end in hours.spans_on(day)],
                "holiday": hours.holiday(day),
                "exception": day in hours.exceptions,
            }
            for day in days
        ],
    }
