"""From counted features to numbers, and from examples to weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.linalg import solve
from scipy.sparse import csr_matrix

from actions.knowledge.features import KINDS, Counts

Vector = tuple[list[int], list[float]]
"""Columns and values."""


@dataclass(frozen=True)
class Scale:
    """The columns of one kind of feature, and how telling each is: rare among articles is telling."""

    columns: dict[str, int]
    worth: dict[str, float]
    weight: float

    @classmethod
    def learn(cls, read: Sequence[Counts], owners: Sequence[Hashable], first: int, weight: float) -> Scale:
        """Keep every feature of `read`; `owners` says which article in which language each text belongs to."""
        seen: dict[Hashable, set[str]] = {}
        for counts, owner in zip(read, owners):
            seen.setdefault(owner, set()).update(counts)
        spread = Counter(chain.from_iterable(seen.values()))
        worth = {feature: math.log(1 + len(seen) / (times + 0.5)) for feature, times in spread.items()}
        return cls({feature: first + at for at, feature in enumerate(spread)}, worth, weight)

    def vector(self, counts: Counts) -> Vector:
        """Of length √weight, however long the text; empty where nothing is known."""
        known = [feature for feature in counts if feature in self.columns]
        values = [(1 + math.log(counts[feature])) * self.worth[feature] for feature in known]
        length = math.sqrt(sum(value * value for value in values) / self.weight)
        return [self.columns[feature] for feature in known], [value / length for value in values]


@dataclass(frozen=True)
class Scales:
    """All kinds side by side."""

    scales: tuple[Scale, ...]

    @classmethod
    def learn(cls, read: Sequence[Sequence[Counts]], owners: Sequence[Hashable]) -> Scales:
        """`read` has the counts of each kind for each text."""
        scales: list[Scale] = []
        for at, kind in enumerate(KINDS):
            first = sum(len(scale.columns) for scale in scales)
            scales.append(Scale.learn([row[at] for row in read], owners, first, kind.weight))
        return cls(tuple(scales))

    def vector(self, counts: Sequence[Counts]) -> Vector:
        """One text."""
        parts = [scale.vector(one) for scale, one in zip(self.scales, counts)]
        return [at for columns, _ in parts for at in columns], [value for _, values in parts for value in values]

    def matrix(self, read: Sequence[Sequence[Counts]]) -> csr_matrix:
        """Texts × columns."""
        vectors = [self.vector(counts) for counts in read]
        starts = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
        columns = np.fromiter(chain.from_iterable(columns for columns, _ in vectors), np.int32)
        values = np.fromiter(chain.from_iterable(values for _, values in vectors), np.float32)
        width = sum(len(scale.columns) for scale in self.scales)
        return csr_matrix((values, columns, starts), shape=(len(vectors), width))


def ridge(examples: csr_matrix, right: np.ndarray, doubt: np.ndarray) -> np.ndarray:
    """Weights (columns × classes) of a ridge regression onto the classes `right`.

    `doubt` is each example's share of the penalty: greater, and it is followed less closely. There are many more
    columns than examples, so the system is solved among the examples, exactly.
    """
    wanted = np.eye(int(right.max()) + 1, dtype=np.float32)[right]
    alike = (examples @ examples.T).toarray()
    alike[np.diag_indices_from(alike)] += doubt
    return np.asarray(examples.T @ solve(alike, wanted, assume_a="pos", overwrite_a=True), dtype=np.float32)
