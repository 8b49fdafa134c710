"""What the bot says by itself: the responses of domain/, in three languages. Worded anew, never more or fewer;
conditions and buttons stay. The bot takes new words up by itself (bot/wording.py)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from desk.content.wording import Fields, Texts, quoted, required, same_figures
from desk.errors import BadRequest
from desk.texts import LOCALES
from desk.yaml_text import load_yaml

type Responses = dict[str, Any]


class BotTexts:
    """`folder`: the bot's domain, where it lies beside the desk."""

    adds = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: tuple[tuple[tuple[str, int], ...], dict[str, tuple[Path, Fields]]] = ((), {})

    def keys(self) -> list[str]:
        """Those that say one thing in each language."""
        return sorted(self._known())

    def read(self, key: str) -> Fields | None:
        found = self._known().get(key)
        return found[1] if found else None

    def write(self, key: str, fields: Fields | None) -> Texts:
        known = self._known().get(key)
        if known is None or fields is None:
            raise BadRequest("bad_request", "The bot's texts can be worded anew, not added or removed.")
        path, before = known
        text = path.read_text("utf-8")
        for locale in LOCALES:
            wanted = required(fields, locale, "text")
            same_figures(wanted, before[locale]["text"])
            text = _worded(text, key, locale, wanted)
        expected = _responses(path.read_text("utf-8"))
        for variation in expected[key]:
            variation["text"] = fields[_locale(variation) or ""]["text"]
        if not _says(text, expected):
            raise BadRequest("not_possible", f"{path.name} is not written line by line: change this text in the file.")
        return {path: text}

    def _known(self) -> dict[str, tuple[Path, Fields]]:
        """By name: file and words. Read anew when a file has changed."""
        files = sorted(self._folder.glob("*.yml"))
        stamp = tuple((file.name, file.stat().st_mtime_ns) for file in files)
        if stamp != self._read[0]:
            found: dict[str, tuple[Path, Fields]] = {}
            for file in files:
                for name, variations in _responses(file.read_text("utf-8")).items():
                    said = {_locale(each): {"text": str(each.get("text", ""))} for each in variations}
                    if len(variations) == len(LOCALES) and said.keys() == set(LOCALES):
                        found[name] = (file, {locale: said[locale] for locale in LOCALES})
            self._read = (stamp, found)
        return self._read[1]


def _responses(text: str) -> Responses:
    found = load_yaml(text) or {}
    return dict(found.get("responses") or {})


def _says(text: str, expected: Responses) -> bool:
    """Whether a file came out as it was meant."""
    try:
        return _responses(text) == expected
    except yaml.YAMLError:
        return False


def _locale(variation: Any) -> str | None:
    """The language that a variation is for, where nothing else decides."""
    conditions = variation.get("condition") or []
    is_plain = len(conditions) == 1 and conditions[0].get("name") == "locale"
    return conditions[0].get("value") if is_plain else None


def _worded(text: str, key: str, locale: str, words: str) -> str:
    """The line of this language in the response's block."""
    block = re.search(rf"^  {re.escape(key)}:\n(?:    .*\n|\n)*", text, flags=re.MULTILINE)
    if block is None:
        return text
    line = rf"(value: {locale}\}}\]\n      text: ).*$"
    said = re.sub(line, lambda found: found[1] + quoted(words), block[0], count=1, flags=re.MULTILINE)
    return text[: block.start()] + said + text[block.end() :]
