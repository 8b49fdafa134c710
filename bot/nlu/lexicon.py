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

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

from actions.yaml_text import load_yaml
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

_LAST = 8
"""Texts whose concepts are kept at hand, for the next who asks of the same message."""

_Part = tuple[str, bool]
"""A word of an entry, and whether it has to be the whole word."""
_Rest = tuple[_Part, ...]
"""What has to follow the first word of an entry."""
_Ranks = dict[tuple[int, int], dict[tuple[_Rest, str], None]]
_Option = tuple[int, list[tuple[_Rest, str]]]
"""How many words entries take, and for each of them the rest and the concept."""


class LexiconError(ValueError):
    """The files are not what they should be; the message names the file."""


def words(text: str) -> list[str]:
    """The words of a text and the marks that say something; "don't" is one word."""
    return _WORD.findall(fold(text).replace("'", ""))


def read(folder: Path) -> dict[str, dict[str, str]]:
    """The entries of all files. Raises LexiconError."""
    entries: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for file in sorted(folder.glob("*.yml")):
        for concept, by_language in (load_yaml(file.read_text("utf-8")) or {}).items():
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
        self._index = _index(entries)
        self._beginning_with = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._of_text = lru_cache(maxsize=_LAST)(self._read)

    @classmethod
    def shared(cls, entries: Entries) -> Lexicon:
        """One for all who hold the same entries: kept once, and a message is looked up once for all of them."""
        key = hashlib.sha256(json.dumps(entries).encode()).hexdigest()
        lexicon = _MADE.get(key)
        if lexicon is None:
            lexicon = _MADE[key] = cls(entries)
        return lexicon

    def concepts(self, text: str, language: str | None) -> Sequence[Sequence[str]]:
        """For each word, or row of words that is one entry, its concepts; an empty list for an unknown word.

        Words are looked up in the message's language, then in the others: people mix them.
        """
        return self._of_text(text, language if language in LANGUAGES else LANGUAGES[0])

    def _read(self, text: str, language: str) -> list[list[str]]:
        row = words(text)
        found: list[list[str]] = []
        at = 0
        while at < len(row):
            length, concepts = self._longest(row, at, self._beginning_with(language, row[at]))
            found.append(concepts)
            at += length
        return found

    @staticmethod
    def _longest(row: list[str], at: int, options: list[_Option]) -> tuple[int, list[str]]:
        """The first option that fits: how many words it takes, and the concepts."""
        for length, entries in options:
            if length == 1:
                return 1, [concept for _, concept in entries]
            fitting = [concept for rest, concept in entries if _follows(row, at + 1, rest)]
            if fitting:
                return length, list(dict.fromkeys(fitting))
        return 1, []

    def _look_up(self, language: str, word: str) -> list[_Option]:
        """What a word can begin, the best first: in the language, in the others, then by its last part."""
        if not word[0].isalpha():
            return [(1, [((), "number" if word == "0" else f"mark {word}")])]
        found = self._ranked(word)
        # Short words of other languages are too often something else.
        others = [one for one in LANGUAGES if one != language] if len(word) >= _SHORTEST else []
        ranked = [
            (length, list(ranks[length, most]))
            for one in (language, *others)
            if (ranks := found.get(one))
            for length, most in sorted(ranks, reverse=True)
        ]
        if len(word) >= _COMPOUND and all(length > 1 for length, _ in ranked):
            ranked += [(1, [((), concept)]) for concept in self._last_part(language, word)]
        return ranked

    def _ranked(self, word: str) -> dict[str, _Ranks]:
        """Entries that may begin with a word, by language, by how many words they take and how much of this one."""
        found: dict[str, _Ranks] = {}
        keys = [(word, True), *((word[:end], False) for end in range(min(len(word), _LONGEST), _SHORTEST - 1, -1))]
        for key in keys:
            for language, rest, concept in self._index.get(key, ()):
                rank = (len(rest) + 1, 2 * len(key[0]) + key[1])
                found.setdefault(language, {}).setdefault(rank, {})[rest, concept] = None
        return found

    def _last_part(self, language: str, word: str) -> list[str]:
        word = word[:_LONGEST]
        for start in range(3, len(word) - _SHORTEST):
            for end in range(len(word), start + _SHORTEST, -1):
                for one, rest, concept in self._index.get((word[start:end], False), ()):
                    if one == language and not rest:
                        return [concept]
        return []


_MADE: WeakValueDictionary[str, Lexicon] = WeakValueDictionary()


def _follows(row: list[str], at: int, rest: _Rest) -> bool:
    return at + len(rest) <= len(row) and all(
        word == wanted if whole else word.startswith(wanted) for word, (wanted, whole) in zip(row[at:], rest)
    )


def _index(entries: Entries) -> dict[_Part, list[tuple[str, _Rest, str]]]:
    """By the first word of an entry: its language, the rest, the concept."""
    index: dict[_Part, list[tuple[str, _Rest, str]]] = defaultdict(list)
    for language, rows in entries.items():
        for concept, row in rows.items():
            for entry in row.split():
                first, *rest = _parts(entry)
                index[first].append((language, tuple(rest), concept))
    return dict(index)


def _parts(entry: str) -> Iterator[_Part]:
    whole = entry.endswith(".")
    found = [word for piece in re.split(r"[_-]", entry.rstrip(".")) for word in words(piece)]
    if not found:
        raise LexiconError(f"no word in {entry!r}")
    for place, word in enumerate(found):
        yield word, len(word) < _SHORTEST or (whole and place == len(found) - 1)
