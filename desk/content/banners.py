"""Banners of data/banners.yml: what is out of the ordinary until a time, said before anybody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from desk.errors import SetupError
from desk.texts import LOCALES
from desk.yaml_text import load_yaml


@dataclass(frozen=True, slots=True)
class Banner:
    """`until`: milliseconds since 1970 UTC. `intents`: the matters whose answers it goes before."""

    id: str
    until: int
    intents: frozenset[str]
    texts: dict[str, str]

    def say(self, locale: str) -> str:
        """In the customer's language, or in English."""
        return self.texts.get(locale) or self.texts["en"]


def read_banners(file: Path, zone: ZoneInfo) -> tuple[Banner, ...]:
    """Those of the file, current or not; none where there is no file. Raises SetupError."""
    if not file.is_file():
        return ()
    try:
        found = load_yaml(file.read_text(encoding="utf-8")) or {}
        return tuple(_banner(str(id), one, zone) for id, one in found.items())
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise SetupError(f"{file} holds no banners: {type(error).__name__}: {error}") from error


def current(banners: Sequence[Banner], at: int) -> list[Banner]:
    """Those whose time has not passed."""
    return [each for each in banners if at < each.until]


def concerning(banners: Sequence[Banner], at: int, intent: str) -> list[Banner]:
    """Those that somebody with this matter should know."""
    return [each for each in current(banners, at) if intent in each.intents]


def _banner(id: str, one: dict[str, object], zone: ZoneInfo) -> Banner:
    until = datetime.fromisoformat(str(one["until"])).replace(tzinfo=zone)
    texts = {locale: str(one[locale]) for locale in LOCALES}
    intents = one.get("intents") or ()
    if not isinstance(intents, (list, tuple)):
        raise ValueError(f"intents of {id} must be a list")
    return Banner(id, int(until.timestamp() * 1000), frozenset(map(str, intents)), texts)
