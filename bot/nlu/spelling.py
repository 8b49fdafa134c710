"""Typos: an unknown word is read as the most frequent known word at one slip's distance as well.

A slip is a letter too many, too few, another, or two swapped. Words are compared as `fold` leaves them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.nlu.text import fold

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST, _LONGEST = 5, 30
"""Shorter words are at one slip's distance from too many others; longer ones are no words."""


class Spelling:
    """`times[language][word]`: how many training messages of a language have a word."""

    def __init__(self, times: Mapping[str, Mapping[str, int]]) -> None:
        self.times = times
        self._near = {language: _neighbourhood(words) for language, words in times.items()}

    @classmethod
    def learn(cls, texts: Iterable[tuple[str, str | None]]) -> Spelling:
        """`texts`: messages with their languages."""
        times: dict[str, Counter[str]] = {}
        for text, language in texts:
            if language:
                times.setdefault(language, Counter()).update(set(_WORD.findall(fold(text))))
        return cls(times)

    def correct(self, text: str, language: str | None) -> str:
        """The folded text with its typos mended."""
        known, near = self.times.get(language or "", {}), self._near.get(language or "", {})
        return _WORD.sub(lambda match: _mended(match[0], known, near), fold(text))


def _mended(word: str, known: Mapping[str, int], near: Mapping[str, str]) -> str:
    if word in known or not _SHORTEST <= len(word) <= _LONGEST:
        return word
    found = [near[slip] for slip in _slips(word) if slip in near]
    return max(found, key=lambda one: known[one], default=word)


def _slips(word: str) -> list[str]:
    """A word, and the word without one of its letters. Two words one slip apart share one of these. In order, so that
    of words that are equally frequent every process chooses the same.
    """
    return list(dict.fromkeys([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]))


def _neighbourhood(words: Mapping[str, int]) -> dict[str, str]:
    near: dict[str, str] = {}
    for word in sorted(words, key=lambda one: (words[one], one)):  # the most frequent comes last and stays
        if len(word) + 1 >= _SHORTEST and len(word) <= _LONGEST:
            near.update(dict.fromkeys(_slips(word), word))
    return near
