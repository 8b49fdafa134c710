"""A conversation as plain text, for keeping."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.texts import Texts


def transcript(entries: Iterable[dict[str, Any]], locale: str, words: Texts, zone: ZoneInfo) -> str:
    """Who said what and when, as the customer saw it. `words` are those of data/letters."""
    lines = [_line(entry, locale, words, zone) for entry in entries if entry["kind"] == "message"]
    return "\n\n".join(lines)


def _line(entry: dict[str, Any], locale: str, words: Texts, zone: ZoneInfo) -> str:
    when = datetime.fromtimestamp(entry["at"] / 1000, zone)
    author = entry["author"]
    name = author["name"] or words.say(f"author_{author['role']}", locale)
    cards = [f"[{words.say('card', locale, {'number': card['number']})}]" for card in entry.get("cards", ())]
    files = [f"[{each['name']}]" for each in entry.get("attachments", ())]
    said = "\n".join(each for each in (entry["text"], *cards, *files) if each)
    return f"{when.day}.{when.month}.{when.year} {when.hour}.{when.minute:02} {name}:\n{said}"
