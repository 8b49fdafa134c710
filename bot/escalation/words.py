"""Words that tell the judge something: lists of phrases by sign, in three languages, read from data/judge/words.

A phrase is written as people write it, with a few marks: `*` any ending, ` ... ` up to four words of the same sentence
between, `(a|b)` one of them, `<name>` one of the phrases of that list in the same file. Lists whose names begin with
`_` are parts of others. Dots on letters do not matter (`fold`). What a phrase matched are the customer's own words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from actions.yaml_text import load_yaml
from bot.escalation.starts import AtWords
from bot.nlu.text import ByLetter

FOLDER = Path(__file__).resolve().parents[2] / "data" / "judge" / "words"

_OPAQUE = str.maketrans({"õ": "o", "ø": "o", "’": "'", "´": "'", "`": "'"})
_PART = re.compile(r"<(\w+)>")
_ENDING = re.compile(r"(?<!\\)(?<!\\[wW])\*")
_LAST = 16
_GAP = r"(?:[^\w.!?…]+\w+){0,4}?[^\w.!?…]+"


class WordsError(ValueError):
    """A list of words is wrong; the message names the file, the sign and the phrase."""


def _folded(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].casefold()[:1] or " "
    return base.translate(_OPAQUE)


_FOLDED = ByLetter(_folded)


def fold(text: str) -> str:
    """Small letters without dots, character by character, so that places in it are places in the text."""
    return text.translate(_FOLDED)


@dataclass(frozen=True)
class Hit:
    """A sign in a text: where its first phrase stands, and how many there are."""

    start: int
    end: int
    count: int


class Words:
    """All lists. `signs` are their names, in order."""

    def __init__(self, lists: Mapping[str, Sequence[re.Pattern[str]]]) -> None:
        self.signs = tuple(sorted(lists))
        numbered = [(sign, pattern) for sign in self.signs for pattern in lists[sign]]
        self._sign = [sign for sign, _ in numbered]
        self._patterns = AtWords([pattern for _, pattern in numbered])
        self.remember(_LAST)

    def remember(self, texts: int) -> None:
        """Look through a text once, although the model of frustration and the judge both ask; of so many texts."""
        self._known = lru_cache(maxsize=texts)(self._look)

    def find(self, text: str) -> Mapping[str, Hit]:
        """The signs that a text holds. Phrases of all languages count, since people mix them."""
        return self._known(text)

    def _look(self, text: str) -> Mapping[str, Hit]:
        found: dict[str, list[tuple[int, int]]] = {}
        for number, spans in sorted(self._patterns.spans(fold(text)).items()):
            found.setdefault(self._sign[number], []).extend(spans)
        return {sign: Hit(*min(spans), len(spans)) for sign, spans in found.items()}


def read(folder: Path = FOLDER) -> Words:
    """Read all files of the folder. Raises WordsError."""
    lists: dict[str, list[re.Pattern[str]]] = {}
    for file in sorted(folder.glob("*.yml")):
        phrases: dict[str, list[str]] = load_yaml(file.read_text("utf-8"))
        for sign in phrases:
            if not sign.startswith("_"):
                lists.setdefault(sign, []).append(_pattern(file, sign, phrases))
    if not lists:
        raise WordsError(f"{folder} holds no lists of words")
    return Words(lists)


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists of this process."""
    return read()


def _pattern(file: Path, sign: str, phrases: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """All phrases of a list in one. Only whole words count, where a phrase begins and ends with one."""
    words: list[str] = []
    others: list[str] = []
    for phrase in phrases[sign]:
        try:
            part = _translated(phrase, phrases)
            re.compile(part)
        except (re.error, KeyError, TypeError) as error:
            raise WordsError(f"{file}: {sign}: {phrase!r}: {type(error).__name__}: {error}") from error
        (others if phrase[0] in ':;["^€§' else words).append(part)
    both = [r"(?<!\w)(?=\w)(?:" + "|".join(words) + r")(?!\w)"] if words else []
    return re.compile("|".join([*both, *others]))


def _translated(phrase: str, phrases: Mapping[str, Sequence[str]]) -> str:
    """A phrase as a regular expression over folded text."""
    pattern = _PART.sub(lambda match: "(?:" + "|".join(phrases[match[1]]) + ")", phrase.strip())
    pattern = "".join(piece if piece.startswith("\\") else fold(piece) for piece in re.split(r"(\\.)", pattern))
    pattern = _ENDING.sub(r"\\w*", pattern)
    pattern = pattern.removesuffix(" ...").replace(" ... ", _GAP)
    return re.sub(r" (?!\?)", r"[\\s,]+", pattern).replace("(", "(?:").replace("(?:?", "(?")
