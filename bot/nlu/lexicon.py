"""What words mean: a lexicon of the shop's world, written by hand, the same concepts for three languages.

A few thousand messages cannot show every word that people use for a parcel, for breaking or for being fed up. The
lexicon knows the words, and the classifier learns from all three languages what a concept says about an intent.

data/lexicon/<topic>.yml holds `concept: {language: words}`; a concept may stand in several files. An entry is

- a beginning, if it has four letters or more: `palaut` is palautus, palauttaa, palautatteko;
- a whole word, if it is shorter or ends in a full stop: `maksu.`;
- a row of such words, joined by underscores: `ei_toimi`.

Letters are compared as `fold` leaves them, without case and dots. The longest entry wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu.text import fold

LANGUAGES = ("fi", "et", "en")
Entries = Mapping[str, Mapping[str, str]]
"""`entries[language][concept]` = words, as in the files."""

_WORD = re.compile(r"\w+|[?!€£%&]")
_SHORTEST = 4
"""Letters of a beginning; and what has to stand before the last part of a compound word."""

_COMPOUND = 9
"""Letters of a word in which the last part is looked for: talvitakki is a takki."""

_LONGEST = 40
"""Letters of a word that are looked at."""

_REMEMBERED = 10_000
"""Words whose entries are kept at hand."""

_Part = tuple[str, bool]
"""A word of an entry, and whether it has to be the whole word."""


class LexiconError(ValueError):
    """The files are not what they should be; the message names the file."""


def words(text: str) -> list[str]:
    """The words of a text and the marks that say something; "don't" is one word."""
    return _WORD.findall(fold(text).replace("'", ""))


def read(folder: Path) -> dict[str, dict[str, str]]:
    """The entries of all files. Raises LexiconError."""
    entries: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for file in sorted(folder.glob("*.yml")):
        for concept, by_language in (yaml.safe_load(file.read_text("utf-8")) or {}).items():
            if not isinstance(concept, str) or set(by_language) != set(LANGUAGES):
                raise LexiconError(f"{file}: {concept} needs words for {', '.join(LANGUAGES)}")
            for language, row in by_language.items():
                known = entries[language].get(concept)
                entries[language][concept] = f"{known} {row}" if known else str(row)
    return entries


class Lexicon:
    """The entries, ready to be looked up."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        self._index = {language: _index(rows) for language, rows in entries.items()}
        self._entries = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def concepts(self, text: str, language: str | None) -> list[list[str]]:
        """For each word, or row of words that is one entry, its concepts; an empty list for an unknown word.

        Words are looked up in the message's language, then in the others: people mix them.
        """
        row = words(text)
        order = [language, *(one for one in LANGUAGES if one != language)] if language in LANGUAGES else list(LANGUAGES)
        found: list[list[str]] = []
        at = 0
        while at < len(row):
            length, concepts = self._at(row, at, order)
            found.append(concepts)
            at += length
        return found

    def _at(self, row: list[str], at: int, order: list[str]) -> tuple[int, list[str]]:
        word = row[at]
        if not word[0].isalpha():
            return 1, ["number" if word == "0" else f"mark {word}"]
        for place, language in enumerate(order):
            if place and len(word) < _SHORTEST:
                break  # short words of other languages are too often something else
            length, concepts = self._longest(language, row, at)
            if length:
                return length, concepts
        return 1, self._last_part(order[0], word) if len(word) >= _COMPOUND else []

    def _longest(self, language: str, row: list[str], at: int) -> tuple[int, list[str]]:
        best, concepts = (0, 0), []
        for length, rest, concept in self._entries(language, row[at]):
            rank = (len(rest) + 1, length)
            if rank < best or not _follows(row, at + 1, rest):
                continue
            if rank > best:
                best, concepts = rank, [concept]
            elif concept not in concepts:
                concepts.append(concept)
        return best[0], concepts

    def _look_up(self, language: str, word: str) -> list[tuple[int, list[_Part], str]]:
        """Entries that may begin with a word: how much of it they take, what has to follow, the concept."""
        index = self._index.get(language, {})
        keys = [(word, True), *((word[:end], False) for end in range(min(len(word), _LONGEST), _SHORTEST - 1, -1))]
        return [(2 * len(key[0]) + key[1], rest, concept) for key in keys for rest, concept in index.get(key, ())]

    def _last_part(self, language: str, word: str) -> list[str]:
        index, word = self._index.get(language, {}), word[:_LONGEST]
        for start in range(3, len(word) - _SHORTEST):
            for end in range(len(word), start + _SHORTEST, -1):
                found = [concept for rest, concept in index.get((word[start:end], False), ()) if not rest]
                if found:
                    return found[:1]
        return []


def _follows(row: list[str], at: int, rest: list[_Part]) -> bool:
    return at + len(rest) <= len(row) and all(
        word == wanted if whole else word.startswith(wanted) for word, (wanted, whole) in zip(row[at:], rest)
    )


def _index(rows: Mapping[str, str]) -> dict[_Part, list[tuple[list[_Part], str]]]:
    index: dict[_Part, list[tuple[list[_Part], str]]] = defaultdict(list)
    for concept, row in rows.items():
        for entry in row.split():
            first, *rest = _parts(entry)
            index[first].append((rest, concept))
    return dict(index)


def _parts(entry: str) -> Iterator[_Part]:
    whole = entry.endswith(".")
    found = [word for piece in re.split(r"[_-]", entry.rstrip(".")) for word in words(piece)]
    if not found:
        raise LexiconError(f"no word in {entry!r}")
    for place, word in enumerate(found):
        yield word, len(word) < _SHORTEST or (whole and place == len(found) - 1)
