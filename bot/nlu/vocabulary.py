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

_UNKNOWN = -1
"""Stands for the column of what is unknown, as all numbers below do."""

_EACH = np.arange(len(KINDS))
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
        get = self.index.get
        numbers: list[int] = []
        often: list[int] = []
        for one in counts:
            numbered = isinstance(next(iter(one), None), int)
            numbers.extend(one if numbered else [get(name, _UNKNOWN) for name in one])
            often.extend(one.values())
        columns, kind = np.array(numbers, np.int64), np.repeat(_EACH, [len(one) for one in counts])
        known = columns >= 0
        unknown = np.bincount(kind[~known], minlength=len(counts))
        at, kind = columns[known].astype(np.int32), kind[known]
        values = (1 + np.log(np.array(often, np.float32)[known])) * self.worth[at]
        squares = np.bincount(kind, values * values, minlength=len(counts)) + unknown * self.unseen**2
        scales = _WEIGHTS / np.sqrt(np.maximum(squares, np.finfo(np.float32).tiny))
        return at, values * scales[kind].astype(np.float32)

    def pieces(self, word: str) -> tuple[int, ...]:
        """The columns of a word's pieces; a number below zero for each piece that is unknown."""
        return self._remembered(word) if len(word) <= _LONGEST else self._look_up(word)

    def _look_up(self, word: str) -> tuple[int, ...]:
        return tuple(self.index.get(piece, _UNKNOWN - abs(hash(piece)) // 2) for piece in word_pieces(word))

    def matrix(self, texts: Sequence[Counts]) -> Any:
        """The vectors as a sparse matrix (texts × columns); needs SciPy."""
        from scipy.sparse import csr_matrix

        vectors = [self.vector(counts) for counts in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
        columns, values = (np.concatenate([vector[at] for vector in vectors]) for at in (0, 1))
        return csr_matrix((values, columns, starts), shape=(len(texts), len(self.index)))


def _worth(texts: int, times: int, rarity: float) -> float:
    return float((np.log((1 + texts) / (1 + times)) + 1) ** rarity)
