"""From features to numbers: which features are known, and how much each tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.nlu.features import KINDS, Counts

_WEIGHTS = np.array([kind.weight for kind in KINDS])


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
        get = self.index.get
        columns: list[int] = []
        times: list[int] = []
        known: list[int] = []
        for one in counts:
            before = len(columns)
            for name, count in one.items():
                column = get(name)
                if column is not None:
                    columns.append(column)
                    times.append(count)
            known.append(len(columns) - before)
        at = np.array(columns, dtype=np.int32)
        values = (1 + np.log(np.array(times, dtype=np.float32))) * self.worth[at]
        kind = np.repeat(np.arange(len(counts)), known)
        unknown = np.array([len(one) for one in counts]) - known
        squares = np.bincount(kind, values * values, minlength=len(counts)) + unknown * self.unseen**2
        scales = _WEIGHTS / np.sqrt(np.maximum(squares, np.finfo(np.float32).tiny))
        return at, values * scales[kind].astype(np.float32)

    def matrix(self, texts: Sequence[Counts]) -> Any:
        """The vectors as a sparse matrix (texts × columns); needs SciPy."""
        from scipy.sparse import csr_matrix

        vectors = [self.vector(counts) for counts in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
        columns, values = (np.concatenate([vector[at] for vector in vectors]) for at in (0, 1))
        return csr_matrix((values, columns, starts), shape=(len(texts), len(self.index)))


def _worth(texts: int, times: int, rarity: float) -> float:
    return float((np.log((1 + texts) / (1 + times)) + 1) ** rarity)
