"""The desk's own texts: the closed list of `data/system/<language>.yml`, filled with figures."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desk.errors import SetupError
from desk.yaml_text import load_yaml

LOCALES = ("fi", "et", "en")
_DAYS = {
    "fi": ("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"),
    "et": ("esmaspäeval", "teisipäeval", "kolmapäeval", "neljapäeval", "reedel", "laupäeval", "pühapäeval"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fi": tuple(f"{month}." for month in range(1, 13)),
    "et": (
        *("jaanuaril", "veebruaril", "märtsil", "aprillil", "mail", "juunil"),
        *("juulil", "augustil", "septembril", "oktoobril", "novembril", "detsembril"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_DAY = {"fi": "{day} {d}.{month}", "et": "{day}, {d}. {month}", "en": "{day} {d} {month}"}
_MOMENT = {
    "fi": _DAY["fi"] + " klo {H}.{M:02}",
    "et": _DAY["et"] + " kell {H}.{M:02}",
    "en": _DAY["en"] + " at {H}:{M:02}",
}
_TIMES = frozenset({"opens_at", "closes_at", "due"})
_SPAN = {
    "fi": _DAY["fi"] + " klo {H}.{M:02}–{to_H}.{to_M:02}",
    "et": _DAY["et"] + " kell {H}.{M:02}–{to_H}.{to_M:02}",
    "en": _DAY["en"] + ", {H}:{M:02}–{to_H}:{to_M:02}",
}
_MONEY = {"fi": "{whole},{part} {sign}", "et": "{whole},{part} {sign}", "en": "{sign}{whole}.{part}"}


class Texts:
    """All texts in all languages. Raises SetupError when a language lacks a text or one of its figures."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]], zone: ZoneInfo) -> None:
        self._texts = texts
        self.zone = zone
        reference = {key: placeholders(text) for key, text in texts[LOCALES[0]].items()}
        for locale in LOCALES[1:]:
            if {key: placeholders(text) for key, text in texts[locale].items()} != reference:
                raise SetupError(f"{locale}.yml must have the same texts and figures as {LOCALES[0]}.yml beside it.")

    @classmethod
    def load(cls, folder: Path, zone: ZoneInfo) -> Texts:
        """Read `<folder>/<language>.yml`. Raises SetupError for a missing file."""
        found = {}
        for locale in LOCALES:
            path = folder / f"{locale}.yml"
            if not path.is_file():
                raise SetupError(f"{path} is missing.")
            found[locale] = load_yaml(path.read_text(encoding="utf-8"))
        return cls(found, zone)

    def renew(self, folder: Path) -> None:
        """Read the files anew. Raises SetupError, and keeps what stood."""
        self._texts = Texts.load(folder, self.zone)._texts

    def say(self, key: str, locale: str, params: Mapping[str, Any] | None = None) -> str:
        """The text, with its figures; times become words. KeyError for an unknown key: a bug of ours."""
        texts = self._texts.get(locale) or self._texts["en"]
        params = params or {}
        if params.get("from") == 0 and f"{key}_soon" in texts:
            key = f"{key}_soon"
        return texts[key].format_map(self._shown(params, locale))

    def _shown(self, params: Mapping[str, Any], locale: str) -> dict[str, Any]:
        """The figures in words. `start` and `end` make a `window`; `on`, an ISO date, a `day`; `amount` (with its
        `currency`) makes `money`."""
        shown = {name: self.moment(value, locale) if name in _TIMES else value for name, value in params.items()}
        if "start" in params and "end" in params:
            shown["window"] = self.window(params["start"], params["end"], locale)
        if "on" in params:
            day = date.fromisoformat(params["on"])
            shown["day"] = _DAY.get(locale, _DAY["en"]).format(**_words(day, locale))
        if "amount" in params:
            whole, _, part = str(params["amount"]).partition(".")
            sign = "€" if params.get("currency", "EUR") == "EUR" else params["currency"]
            shown["money"] = _MONEY.get(locale, _MONEY["en"]).format(whole=whole, part=part or "00", sign=sign)
        return shown

    def window(self, start: int, end: int, locale: str) -> str:
        """A span of one day: "maanantaina 23.11. klo 14.00–16.00"."""
        opens, closes = (datetime.fromtimestamp(each / 1000, self.zone) for each in (start, end))
        words = {**_words(opens, locale), "H": opens.hour, "M": opens.minute}
        return _SPAN.get(locale, _SPAN["en"]).format(**words, to_H=closes.hour, to_M=closes.minute)

    def moment(self, at: int, locale: str) -> str:
        """A time in words: "maanantaina 23.11. klo 9.00", for English without "on"."""
        when = datetime.fromtimestamp(at / 1000, self.zone)
        return _MOMENT.get(locale, _MOMENT["en"]).format(**_words(when, locale), H=when.hour, M=when.minute)


def _words(day: date, locale: str) -> dict[str, Any]:
    """The weekday as it stands before a date, the day and the month, as the bot says them too."""
    locale = locale if locale in LOCALES else "en"
    return {"day": _DAYS[locale][day.weekday()], "d": day.day, "month": _MONTHS[locale][day.month - 1]}


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
