"""When people are at work, as customers are told: the week of ASPA_HOURS_FILE (data/hours.yml), in words.

Whether somebody is there right now only the desk knows; it says so itself when a conversation is handed over.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path

import yaml

from actions import settings
from actions.yaml_text import load_yaml

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "et": ("E", "T", "K", "N", "R", "L", "P"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_AND = {"fi": "ja", "et": "ja", "en": "and"}

Week = tuple[tuple[str, ...], ...]
"""Seven days from Monday, each with its spans such as "09:00-17:00"."""


@lru_cache(maxsize=1)
def week() -> Week | None:
    """The usual week; None where no hours are set: then somebody is always there. Raises SettingsError."""
    file = settings.load().hours_file
    return read(file) if file else None


def read(file: Path) -> Week:
    """Raises SettingsError. What its entries mean is checked by the desk, which reads the same file."""
    try:
        found = (load_yaml(file.read_text("utf-8")) or {})["week"]
        return tuple(tuple(str(span) for span in found.get(day) or ()) for day in _DAYS)
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise settings.SettingsError(f"ASPA_HOURS_FILE: {file} has no readable week: {error}") from error


def in_words(days: Week, locale: str) -> str:
    """fi "ma–to 9–17, pe 9–12 ja 13–16" · et "E–N 9–17, …" · en "Mon–Thu 9:00–17:00, …"."""
    parts = []
    for spans, group in groupby(enumerate(days), key=lambda day: day[1]):
        places = [place for place, _ in group]
        if spans:
            names = [_SHORT[locale][place] for place in (places[0], places[-1])]
            name = names[0] if len(places) == 1 else "–".join(names)
            parts.append(f"{name} {f' {_AND[locale]} '.join(_span(span, locale) for span in spans)}")
    return ", ".join(parts)


def _span(span: str, locale: str) -> str:
    return "–".join(_clock(one.strip(), locale) for one in span.split("-"))


def _clock(text: str, locale: str) -> str:
    """ "09:00" → "9" in Finnish and Estonian, "9:00" in English; "09:30" → "9.30", "9:30"."""
    hour, _, minute = text.partition(":")
    if locale == "en":
        return f"{int(hour)}:{minute}"
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"
