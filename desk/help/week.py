"""The week's opening hours as lines to read: days that are alike stand together, closed ones are left out."""

from __future__ import annotations

from datetime import time
from itertools import groupby

from desk.conversation.hours import OpeningHours, Spans

_DAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "et": ("E", "T", "K", "N", "R", "L", "P"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_FROM = {"fi": " klo ", "et": " kell ", "en": ", "}
_POINT = {"fi": ".", "et": ".", "en": ":"}
_AND = {"fi": " ja ", "et": " ja ", "en": " and "}


def lines(hours: OpeningHours, locale: str) -> list[str]:
    """Such as `ma–ti klo 9.00–17.00`; none where somebody is there at any time, and where nobody ever is.

    >>> from zoneinfo import ZoneInfo
    >>> day = ((time(9), time(12)), (time(13), time(0)))
    >>> lines(OpeningHours(ZoneInfo("Europe/Helsinki"), (day, day, (), (), (), (), day)), "en")
    ['Mon–Tue, 9:00–12:00 and 13:00–24:00', 'Sun, 9:00–12:00 and 13:00–24:00']
    """
    if always(hours):
        return []
    names = _DAYS[locale]
    found = []
    for spans, run in groupby(range(7), key=lambda day: hours.week[day]):
        days = list(run)
        if spans:
            named = names[days[0]] if len(days) == 1 else f"{names[days[0]]}–{names[days[-1]]}"
            found.append(f"{named}{_FROM[locale]}{_spans(spans, locale)}")
    return found


def always(hours: OpeningHours) -> bool:
    """Whether somebody is there at any time."""
    return hours == OpeningHours(hours.zone)


def _spans(spans: Spans, locale: str) -> str:
    point = _POINT[locale]
    return _AND[locale].join(
        f"{start.hour}{point}{start.minute:02}–{24 if end == time(0) else end.hour}{point}{end.minute:02}"
        for start, end in spans
    )
