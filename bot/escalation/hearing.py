"""What a message sounds like without a word of the lists in it: for each reason a model over pieces of words.

The lists of data/judge/words know phrases; this knows what is like the practice messages. It tells a number from 0 to 1
for each reason that a message's own words can show, and which words made it think so. The judge weighs it as one sign
among others ("sounds urgent_danger"), never alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.escalation.pieces import Pieces, counted

HEARD = (
    "asked_for_person",
    "anger",
    "did_not_help",
    "same_problem",
    "urgent_danger",
    "urgent_legal",
    "urgent_public",
    "urgent_loss",
    "urgent_distress",
)
HOLD = 0.5
"""How strongly weights are held back; found by cross-validation."""
_NEEDED = 2.0
"""How much a message that shows a reason counts beside one that does not: there are far fewer."""
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass
class Hearing:
    """`weights`: a row for each of HEARD, a column for each piece; `biases` beside."""

    pieces: Pieces
    weights: np.ndarray
    biases: np.ndarray

    @classmethod
    def learn(
        cls, texts: Sequence[str], labels: Sequence[Mapping[str, float]], trust: Sequence[float], hold: float = HOLD
    ) -> Hearing:
        """Fit to texts; a label is how much each reason holds, 0 where it is left out."""
        counts = [counted(text) for text in texts]
        pieces = Pieces.learn(counts)
        matrix = pieces.matrix(counts)
        trusted = np.array(trust, dtype=float)
        fitted = [
            _fit(matrix, np.array([one.get(code, 0.0) for one in labels], dtype=float), trusted, hold) for code in HEARD
        ]
        return cls(pieces, np.array([w for w, _ in fitted], dtype=np.float32), np.array([b for _, b in fitted]))

    def __call__(self, text: str) -> dict[str, float]:
        """From 0 to 1 by reason; nothing for what has no letters."""
        if not _LETTERS.search(text):
            return {}
        columns, values = self.pieces.row(counted(text))
        scores = self.weights[:, columns] @ values + self.biases
        return {code: round(float(one), 3) for code, one in zip(HEARD, 1 / (1 + np.exp(-scores)))}


def _fit(matrix: object, wanted: np.ndarray, trust: np.ndarray, hold: float) -> tuple[np.ndarray, float]:
    """A logistic regression with L2."""
    from scipy.optimize import minimize

    trust = trust * np.where(wanted > 0, _NEEDED, 1.0)
    width = matrix.shape[1]  # type: ignore[attr-defined]
    across = matrix.T.tocsr()  # type: ignore[attr-defined]

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ point[:width] + point[width]  # type: ignore[operator]
        value = (trust * (np.logaddexp(0, score) - wanted * score)).sum() + 0.5 * hold * (point[:width] ** 2).sum()
        wrong = trust * (1 / (1 + np.exp(-score)) - wanted)
        return float(value), np.r_[across @ wrong + hold * point[:width], wrong.sum()]

    best = minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    return best[:width], float(best[width])
