"""What the finder sees of a text: how it is spelt, and what its words mean.

Spelling is of one language; pieces of words survive endings, typos and missing dots. Meanings are the concepts of the
lexicon, the same for all languages, so that an article learns from its translations too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, islice

from bot.nlu.lexicon import Lexicon
from bot.nlu.text import fold

_WORD = re.compile(r"\w+")
_PIECES = (3, 4, 5)
"""Letters of a piece, borders of the word counted."""

_LONGEST_WORD = 40
_MOST_CONCEPTS = 14
"""Different concepts of a text that are paired: what is asked stands in few."""

Counts = Counter[str]


@dataclass(frozen=True)
class Kind:
    """A kind of feature and what it weighs. Weights were found by leaving out: docs/evaluation-knowledge.md."""

    of: Callable[[Reader, str, str], Counts]
    weight: float


class Reader:
    """Reads texts with a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, text: str, language: str) -> list[Counts]:
        """The features of each kind, counted."""
        return [kind.of(self, text, language) for kind in KINDS]

    def asks(self, text: str, language: str) -> bool:
        """Whether a text has a word of asking: how, may, what …"""
        return any(concept.startswith("question/") for concept in self.meaning(text, language))

    def spelling(self, text: str, language: str) -> Counts:
        """Words and their pieces, marked with the language."""
        counts: Counts = Counter()
        for word in _WORD.findall(fold(text)):
            counts[f"{language}:{word}"] += 1
            framed = f" {word[:_LONGEST_WORD]} "
            for size in _PIECES:
                counts.update(f"{language}|{framed[at : at + size]}" for at in range(len(framed) - size + 1))
        return counts

    def meaning(self, text: str, language: str) -> Counts:
        """Concepts."""
        return Counter(concept for row in self._concepts(text, language) for concept in row)

    def pairs(self, text: str, language: str) -> Counts:
        """Concepts that stand in one text, in any order."""
        known = dict.fromkeys(concept for row in self._concepts(text, language) for concept in row)
        return Counter(" ".join(pair) for pair in combinations(sorted(islice(known, _MOST_CONCEPTS)), 2))

    def _concepts(self, text: str, language: str) -> list[list[str]]:
        rows = ([c for c in row if not c.startswith("mark ")] for row in self._lexicon.concepts(text, language))
        return [row for row in rows if row]


KINDS = (Kind(Reader.spelling, 1.0), Kind(Reader.meaning, 0.5), Kind(Reader.pairs, 0.5))
