"""The words of a text, and which of some names they mean: people inflect, shorten, and say one part of a compound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.escalation.words import fold

_WORD = re.compile(r"[\w']+")
_SHORTEST = 4  # characters that two words must share: "shop" is no "shoes"
_SHARE = 0.6  # of the longer words: "takkia" is "takki", "talvi" is no "talvitakki" of two


def plain(text: str) -> str:
    """Its words alone, small and without dots, with a blank between."""
    return " ".join(_WORD.findall(fold(text)))


def best(text: str, names: Sequence[str]) -> int | None:
    """The place of the name that is said more of than of any other; None where none is, or more than one.

    "se takki oli liian pieni" in ["Halla-talvitakki, M", "Askel-kengät, 39"] → 0.
    """
    said = {word for word in _WORD.findall(fold(text))}
    scores = [_likeness(said, _WORD.findall(fold(name))) for name in names]
    top = max(scores, default=0)
    return scores.index(top) if top and scores.count(top) == 1 else None


def _likeness(said: set[str], name: Sequence[str]) -> int:
    return sum(max((_shared(word, part) for part in name), default=0) for word in said)


def _shared(word: str, part: str) -> int:
    """How many characters of the word's beginning stand in the part; a whole word counts more, 0 is none."""
    if word == part:
        return len(word) + _SHORTEST
    if word[0].isdecimal():
        return 0  # 39 is not 390
    enough = max(_SHORTEST, round(len(word) * _SHARE))
    for length in range(min(len(word), len(part)), enough - 1, -1):
        if word[:length] in part:
            return length
    return 0
