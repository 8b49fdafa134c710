"""Opening hours from the shop's YAML file."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from desk.conversation.hours import OpeningHours, Spans
from desk.errors import SetupError
from desk.yaml_text import load_yaml

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


COUNTRIES = ("FI", "EE")


def read_hours(path: Path, zone: ZoneInfo) -> OpeningHours:
    """The shop's hours: `{week: {monday: ["09:00-12:00", "13:00-17:00"], …}, holidays: [FI],
    exceptions: {2026-12-24: []}}`; a day left out is closed. Raises SetupError naming what cannot be read."""
    return _hours(_load(path), zone)


def read_team_hours(path: Path, zone: ZoneInfo) -> dict[str, OpeningHours]:
    """Teams with hours of their own: the same under `teams: {delivery: {…}}`; what one leaves out is the shop's."""
    found = _load(path)
    shop = {key: found[key] for key in ("week", "holidays", "exceptions") if key in found}
    return {str(team): _hours(shop | (own or {}), zone) for team, own in (found.get("teams") or {}).items()}


def _load(path: Path) -> dict[str, Any]:
    try:
        found = load_yaml(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise SetupError(f"ASPA_HOURS_FILE {path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise SetupError(f"ASPA_HOURS_FILE {path} must have the form of data/hours.yml.")
    return found


def _hours(found: dict[str, Any], zone: ZoneInfo) -> OpeningHours:
    week = tuple(_spans((found.get("week") or {}).get(day) or [], day) for day in DAYS)
    exceptions = {_date(day): _spans(spans or [], str(day)) for day, spans in (found.get("exceptions") or {}).items()}
    return OpeningHours(zone, week, exceptions, _holidays(found.get("holidays") or []))


def _holidays(countries: list[Any]) -> Container[date]:
    """The public holidays of all these countries, in any year."""
    unknown = [str(each) for each in countries if each not in COUNTRIES]
    if unknown:
        raise SetupError(f"Opening hours: holidays has {', '.join(unknown)}; known are {', '.join(COUNTRIES)}.")
    if not countries:
        return frozenset()
    import holidays  # half a second, which a shop without hours need not wait for

    first, *others = (holidays.country_holidays(country) for country in countries)
    for other in others:
        first += other
    return first


def _spans(texts: list[Any], where: str) -> Spans:
    return tuple(_span(str(text), where) for text in texts)


def _span(text: str, where: str) -> tuple[time, time]:
    try:
        start, _, end = text.partition("-")
        opens = time.fromisoformat(start.strip())
        closes = time(0) if end.strip() == "24:00" else time.fromisoformat(end.strip())
    except ValueError as error:
        raise SetupError(f"Opening hours of {where}: {text!r} must look like 09:00-17:00.") from error
    if closes != time(0) and closes <= opens:
        raise SetupError(f"Opening hours of {where}: {text!r} ends before it begins.")
    return opens, closes


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise SetupError(f"Opening hours: {value!r} must be a date such as 2026-12-24.") from error
