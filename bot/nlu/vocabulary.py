"""From features to numbers: which features are known, and how much each tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.nlu.features import KINDS, Counts


class Vocabulary:
    """`index` maps a feature to its column; `worth` holds the inverse document frequency of each column, `unseen` that
    of a feature of each kind that no text has shown.
    """

    def __init__(self, index: dict[str, int], worth: np.ndarray, unseen: np.ndarray) -> None:
        self.index = index
        self.worth = worth
        self.unseen = unseen

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
        parts = [self._part(kind.weight, one, unseen) for kind, one, unseen in zip(KINDS, counts, self.unseen)]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def matrix(self, texts: Sequence[Counts]) -> Any:
        """The vectors as a sparse matrix (texts × columns); needs SciPy."""
        from scipy.sparse import csr_matrix

        vectors = [self.vector(counts) for counts in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
        columns, values = (np.concatenate([vector[at] for vector in vectors]) for at in (0, 1))
        return csr_matrix((values, columns, starts), shape=(len(texts), len(self.index)))

    def _part(self, weight: float, counts: Counter[str], unseen: float) -> tuple[np.ndarray, np.ndarray]:
        index = self.index
        known = [(index[name], times) for name, times in counts.items() if name in index]
        columns = np.array([column for column, _ in known], dtype=np.int32)
        values = (1 + np.log(np.array([times for _, times in known], dtype=np.float32))) * self.worth[columns]
        length = float(np.sqrt(values @ values + (len(counts) - len(known)) * unseen**2))
        return columns, values * np.float32(weight / length) if length else values


def _worth(texts: int, times: int, rarity: float) -> float:
    return float((np.log((1 + texts) / (1 + times)) + 1) ** rarity)
