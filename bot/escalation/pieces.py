"""Texts as pieces (words, word pairs, pieces of words), weighed by how rare they are: for both models of tone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from bot.escalation.words import fold

_WORD = re.compile(r"[^\W\d_]+|[!?.,:;()]")
_FEWEST = 2


@lru_cache(maxsize=16)  # both models ask of the same message
def counted(text: str, shortest: int = 2, longest: int = 5) -> Counter[str]:
    """Words, word pairs, and pieces of words with their borders marked; not to be changed."""
    found = _WORD.findall(fold(text))
    grams = [f"w {word}" for word in found] + [f"w {one} {two}" for one, two in zip(found, found[1:])]
    for word in found:
        padded = f" {word} "
        for size in range(shortest, min(longest, len(padded)) + 1):
            grams.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return Counter(grams)


@dataclass(frozen=True)
class Pieces:
    """The known pieces: their column, and their rarity by column."""

    index: Mapping[str, int]
    rarity: np.ndarray

    @classmethod
    def learn(cls, counts: Sequence[Counter[str]], power: float = 1.0) -> Pieces:
        """All pieces that stand in at least two texts; `power` of their rarity."""
        seen = Counter(piece for one in counts for piece in one)
        kept = sorted(piece for piece, times in seen.items() if times >= _FEWEST)
        rarity = np.array([np.log((1 + len(counts)) / (1 + seen[piece])) + 1 for piece in kept], dtype=np.float32)
        return cls({piece: at for at, piece in enumerate(kept)}, rarity**power)

    def row(self, counts: Counter[str]) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of a text, of length 1."""
        known = [(at, times) for piece, times in counts.items() if (at := self.index.get(piece)) is not None]
        columns = np.array([at for at, _ in known], dtype=np.int32)
        values = (1 + np.log(np.array([times for _, times in known], dtype=np.float32))) * self.rarity[columns]
        length = float(np.sqrt((values**2).sum())) or 1.0
        return columns, (values / length).astype(np.float32)

    def matrix(self, counts: Sequence[Counter[str]]) -> Any:
        """A sparse matrix, a row for each text."""
        from scipy.sparse import csr_matrix

        rows = [self.row(one) for one in counts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        values, columns = np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows])
        return csr_matrix((values, columns, starts), shape=(len(rows), len(self.index)))
