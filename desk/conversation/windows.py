"""When somebody wants to be called: windows of time that people are at work in, offered or said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from desk.conversation.hours import OpeningHours
from desk.conversation.rules import HOUR, MINUTE
from desk.conversation.words import folded

type Span = tuple[int, int]
"""From and to, in milliseconds since 1970 UTC."""

OFFERED = 3
STEP_HOURS = 2
LEAD = 30 * MINUTE
"""Nobody is promised a call sooner than this."""
DAYS = 14
EARLIEST, LATEST = time(8), time(20)
"""Nobody is called at night, even where the service never closes."""

_TODAY = re.compile(r"\b(tänään|täna|today)\b")
_TOMORROW = re.compile(r"\b(huomenna|huomen\w*|homme|tomorrow)\b")
_AFTER_TOMORROW = re.compile(r"\b(ylihuomenna|ülehomme|the day after tomorrow)\b")
_WEEKDAYS = tuple(
    re.compile(rf"\b({names})")
    for names in (
        "maanan|esmasp|monday|mon\\b", "tiistai|teisip|tuesday|tue\\b", "keskiviik|kolmap|wednesday|wed\\b",
        "torstai|neljap|thursday|thu\\b", "perjantai|reede|friday|fri\\b", "lauantai|laup|saturday|sat\\b",
        "sunnuntai|pühap|sunday|sun\\b",
    )
)  # fmt: skip
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))? ?(am|pm)?"
_RANGE = re.compile(rf"\b{_CLOCK} ?(?:-|–|—|to|and|ja|kuni|viiva) ?{_CLOCK}\b")
_AFTER = re.compile(
    rf"(?:after|pärast|alates|from|alkaen|peale)(?: kella| kell| klo)? {_CLOCK}\b"
    rf"|(?:klo |kell )?{_CLOCK} (?:jälkeen|alkaen|pärast)"
)
_BEFORE = re.compile(
    rf"(?:before|enne|by|ennen|kuni)(?: kella| kell| klo)? {_CLOCK}\b|(?:klo |kell )?{_CLOCK} mennessä"
)
_AT = re.compile(rf"(?:klo|kello|kell|at) {_CLOCK}\b")
_MORNING = re.compile(r"\b(aamu\w*|hommiku\w*|morning)\b")
_AFTERNOON = re.compile(r"\b(iltapäiv\w*|pärastlõun\w*|pärast lõunat|afternoon)\b")
_ANY = re.compile(
    r"\b(milloin va[ia]n|koska va[ia]n|mihin aikaan va[ia]n|ükskõik millal|millal iganes"
    r"|suvalisel ajal|any ?time|whenever|heti|kohe|asap|now|nyt|mahdollisimman pian|nii ruttu kui)\b"
)


def offer(hours: OpeningHours, now: int) -> list[Span]:
    """The next few windows of two hours in which people are at work."""
    found: list[Span] = []
    for day in _days(hours, now):
        for opens, closes in _open_on(hours, day):
            for start, end in _pieces(hours, opens, closes):
                if end - max(start, now + LEAD) >= HOUR // 2:
                    found.append((max(start, now), end))
                if len(found) == OFFERED:
                    return found
    return found


def read(text: str, hours: OpeningHours, now: int) -> Span | None:
    """The window that somebody names ("tomorrow 2-4 pm", "pärast kella 15", "huomenna aamulla"), as far as people are
    at work in it; None: no time is named, or nobody is there then."""
    words = folded(text)
    if not (wanted := _clock(words)):
        if not _names_day(words) and not _ANY.search(words):
            return None
        wanted = (EARLIEST, LATEST)
    for day in _wanted_days(words, hours, now):
        for opens, closes in _open_on(hours, day):
            start, end = max(_at(hours, day, wanted[0]), opens, now), min(_at(hours, day, wanted[1]), closes)
            if end - max(start, now) >= HOUR // 4 and end > now + HOUR // 4:
                return start, end
    return None


def _clock(words: str) -> tuple[time, time] | None:
    if found := _RANGE.search(words):
        hour, minute, half, to_hour, to_minute, to_half = found.groups()
        start = _time(hour, minute, half or (to_half if int(hour) < int(to_hour) else None))
        end = _time(to_hour, to_minute, to_half)
        return (start, end) if start and end and start < end else None
    for pattern, make in ((_AFTER, lambda at: (at, LATEST)), (_BEFORE, lambda at: (EARLIEST, at))):
        if found := pattern.search(words):
            parts = found.groups()
            at = _time(*(parts[:3] if parts[0] else parts[3:6]))
            return make(at) if at and make(at)[0] < make(at)[1] else None
    if (found := _AT.search(words)) and (at := _time(*found.groups())):
        return at, time(min(at.hour + 1, 23), at.minute)
    if _MORNING.search(words):
        return EARLIEST, time(12)
    return (time(12), time(17)) if _AFTERNOON.search(words) else None


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour) % 12 + 12 if half == "pm" else int(hour)
    if half is None and number < 7:
        number += 12  # nobody means three at night
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None


def _names_day(words: str) -> bool:
    return any(each.search(words) for each in (_TODAY, _TOMORROW, _AFTER_TOMORROW, *_WEEKDAYS))


def _wanted_days(words: str, hours: OpeningHours, now: int) -> Iterator[date]:
    today = datetime.fromtimestamp(now / 1000, hours.zone).date()
    if _AFTER_TOMORROW.search(words):
        yield today + timedelta(days=2)
    elif _TOMORROW.search(words):
        yield today + timedelta(days=1)
    elif _TODAY.search(words):
        yield today
    elif named := [index for index, each in enumerate(_WEEKDAYS) if each.search(words)]:
        yield from (day for day in _days(hours, now, 8) if day.weekday() == named[0])
    else:
        yield from _days(hours, now)


def _days(hours: OpeningHours, now: int, count: int = DAYS) -> Iterator[date]:
    today = datetime.fromtimestamp(now / 1000, hours.zone).date()
    return (today + timedelta(days=each) for each in range(count))


def _open_on(hours: OpeningHours, day: date) -> list[Span]:
    first, last = _at(hours, day, EARLIEST), _at(hours, day, LATEST)
    spans = ((max(opens, first), min(closes, last)) for opens, closes in hours.on(day))
    return [(opens, closes) for opens, closes in spans if opens < closes]


def _pieces(hours: OpeningHours, opens: int, closes: int) -> Iterator[Span]:
    """Cut at even hours of the shop's clock."""
    start = opens
    while start < closes:
        local = datetime.fromtimestamp(start / 1000, hours.zone)
        hour = local.hour + STEP_HOURS - local.hour % STEP_HOURS
        end = min(_at(hours, local.date(), time(hour)) if hour < 24 else closes, closes)
        yield start, end
        start = end


def _at(hours: OpeningHours, day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, hours.zone).timestamp() * 1000)
