"""Which texts are alike: cosine of tf-idf weights over words and pieces of words. Pure, and small enough to read.

The bot's own features would say it better, but they live in another program with another Python; for putting like
beside like this is enough, and it knows nothing of what the bot got wrong.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from desk.store.search import fold

_PIECE = 4
ALIKE = 0.34
"""Cosine from which two messages stand in one group."""

type Vector = dict[str, float]


class Likeness:
    """Texts with their weights. What is common to all says little; a text's weights have length 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_features(text)) for text in texts]
        times = Counter(feature for each in counts for feature in each)
        self._rare = {feature: math.log((1 + len(texts)) / (1 + many)) + 1 for feature, many in times.items()}
        self._unknown = math.log(1 + len(texts)) + 1
        self.vectors = [self._weighed(each) for each in counts]
        self._where: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(self.vectors):
            for feature, weight in vector.items():
                self._where[feature].append((number, weight))

    def nearest(self, text: str, many: int) -> list[tuple[int, float]]:
        """Numbers of the texts most like this one, with their cosines."""
        return self._best(self._weighed(Counter(_features(text))), many)

    def groups(self) -> list[list[int]]:
        """Numbers of texts that are alike, the largest group first; each text stands in one, the earliest leads.

        A text joins the leader that it is most like: groups do not grow into each other along a chain.
        """
        leaders: dict[int, list[int]] = {}
        for number, vector in enumerate(self.vectors):
            found = (pair for pair in self._best(vector, None) if pair[0] in leaders)
            leader, cosine = next(found, (number, 0.0))
            leaders.setdefault(leader if cosine >= ALIKE else number, []).append(number)
        return sorted(leaders.values(), key=lambda group: (-len(group), group[0]))

    def _best(self, vector: Vector, many: int | None) -> list[tuple[int, float]]:
        cosines: defaultdict[int, float] = defaultdict(float)
        for feature, weight in vector.items():
            for number, other in self._where.get(feature, ()):
                cosines[number] += weight * other
        return sorted(cosines.items(), key=lambda pair: (-pair[1], pair[0]))[:many]

    def _weighed(self, counts: Counter[str]) -> Vector:
        weights = {
            feature: (1 + math.log(many)) * self._rare.get(feature, self._unknown) for feature, many in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {feature: weight / length for feature, weight in weights.items()}


def _features(text: str) -> Iterable[str]:
    for word in fold(text):
        yield word
        edged = f"<{word}>"
        yield from (edged[at : at + _PIECE] for at in range(len(edged) - _PIECE + 1))
