"""Sparse features of a text: words and word pairs, and pieces of words (2 to 5 letters, never across a space)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np

from bot.nlu.text import fold

_WORD = re.compile(r"\w+|[^\w\s]")


def words(text: str) -> list[str]:
    """Words and word pairs of a text. Marks count as words: "?" and "!!" say something."""
    found = _WORD.findall(fold(text))
    return [f"w {word}" for word in found] + [f"w {one} {two}" for one, two in zip(found, found[1:])]


def pieces(text: str, shortest: int = 2, longest: int = 5) -> list[str]:
    """Pieces of each word with its borders marked by a space."""
    found: list[str] = []
    for word in fold(text).split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            if len(padded) <= size:
                found.append(padded)
                break
            found.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return found


class Grams:
    """The vocabulary with its inverse document frequencies. `index` maps a gram to its column."""

    def __init__(self, index: dict[str, int], idf: np.ndarray) -> None:
        self.index = index
        self.idf = idf

    @classmethod
    def learn(cls, texts: Iterable[str], fewest: int = 2) -> Grams:
        """Keep grams that occur in at least `fewest` texts."""
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            count += 1
            seen.update(set(words(text)))
            seen.update(set(pieces(text)))
        kept = sorted(gram for gram, times in seen.items() if times >= fewest)
        idf = np.array([np.log((1 + count) / (1 + seen[gram])) + 1 for gram in kept], dtype=np.float32)
        return cls({gram: column for column, gram in enumerate(kept)}, idf)

    def vector(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values; words and pieces each have length 1, so that neither outweighs the other."""
        parts = [self._part(words(text)), self._part(pieces(text))]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def _part(self, grams: list[str]) -> tuple[np.ndarray, np.ndarray]:
        counts = Counter(column for gram in grams if (column := self.index.get(gram)) is not None)
        columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(times)) * self.idf[columns] if len(counts) else times
        length = float(np.sqrt((values**2).sum()))
        return columns, (values / length if length else values).astype(np.float32)
