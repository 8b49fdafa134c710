"""From features to numbers: which features are known, and how much each tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from bot.nlu.features import KINDS, Counts, word_pieces

_LONGEST = 40
"""Letters of a word that may be remembered."""

_REMEMBERED = 10_000
"""Words whose pieces are kept at hand: the same few thousand make up most of what people write."""

_WEIGHTS = np.array([kind.weight for kind in KINDS])


class Vocabulary:
    """`index` maps a feature to its column; `worth` holds the inverse document frequency of each column, `unseen` that
    of a feature of each kind that no text has shown.
    """

    def __init__(self, index: dict[str, int], worth: np.ndarray, unseen: np.ndarray) -> None:
        self.index = index
        self.worth = worth
        self.unseen = unseen
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    @classmethod
    def learn(cls, texts: Sequence[Counts]) -> Vocabulary:
        """Keep the features that occur in enough texts."""
        index: dict[str, int] = {}
        worth: list[float] = []
        for at, kind in enumerate(KINDS):
            seen: Counter[str] = Counter()
            for counts in texts:
                seen.update(counts[at].keys())
            for feature, times in seen.items():
                if times >= kind.fewest:
                    index[feature] = len(worth)
                    worth.append(_worth(len(texts), times, kind.rarity))
        unseen = [_worth(len(texts), 0, kind.rarity) for kind in KINDS]
        return cls(index, np.array(worth, dtype=np.float32), np.array(unseen, dtype=np.float32))

    def vector(self, counts: Counts) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values. Each kind's part has the length of its weight, however long the text; what is unknown
        takes its share of the length and says nothing, so that a text of unknown words resembles nothing.
        """
        found = [self._columns(one) for one in counts]
        at = np.concatenate([columns for columns, _ in found])
        times = np.concatenate([times for _, times in found])
        known = [len(columns) for columns, _ in found]
        values = (1 + np.log(times)) * self.worth[at]
        kind = np.repeat(np.arange(len(counts)), known)
        unknown = np.array([len(one) for one in counts]) - known
        squares = np.bincount(kind, values * values, minlength=len(counts)) + unknown * self.unseen**2
        scales = _WEIGHTS / np.sqrt(np.maximum(squares, np.finfo(np.float32).tiny))
        return at, values * scales[kind].astype(np.float32)

    def pieces(self, word: str) -> tuple[int, ...]:
        """The columns of a word's pieces; a number below zero for each piece that is unknown."""
        return self._remembered(word) if len(word) <= _LONGEST else self._look_up(word)

    def _look_up(self, word: str) -> tuple[int, ...]:
        return tuple(self.index.get(piece, -1 - abs(hash(piece))) for piece in word_pieces(word))

    def _columns(self, one: Counter[Any]) -> tuple[np.ndarray, np.ndarray]:
        """The known columns of a kind, and how often each occurs."""
        numbered = isinstance(next(iter(one), None), int)
        columns = np.array(list(one) if numbered else [self.index.get(name, -1) for name in one], np.int64)
        known = columns >= 0
        return columns[known].astype(np.int32), np.fromiter(one.values(), np.float32, len(one))[known]

    def matrix(self, texts: Sequence[Counts]) -> Any:
        """The vectors as a sparse matrix (texts × columns); needs SciPy."""
        from scipy.sparse import csr_matrix

        vectors = [self.vector(counts) for counts in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
        columns, values = (np.concatenate([vector[at] for vector in vectors]) for at in (0, 1))
        return csr_matrix((values, columns, starts), shape=(len(texts), len(self.index)))


def _worth(texts: int, times: int, rarity: float) -> float:
    return float((np.log((1 + texts) / (1 + times)) + 1) ** rarity)
