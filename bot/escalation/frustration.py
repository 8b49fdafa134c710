"""How annoyed a message sounds, from 0 (calm) to 1 (furious): an ordinal model, one for all languages.

People graded messages from 0 to 3 (data/frustration). The model adds up what a message shows (pieces of words, the
signs of data/judge/words, and the way of writing) and learns three borders on that sum. What it says is the expected
grade, divided by 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.escalation.pieces import Pieces, Table, counted
from bot.escalation.words import Words, words

GRADES = 4
_PIECES = 2.0
"""How much pieces of words weigh against signs. Found by cross-validation, with the two below."""
_HOLD_PIECES, _HOLD_SIGNS = 1.0, 0.5

_GRADED_FROM = (0.2, 0.42, 0.65)

_LETTERS = re.compile(r"[^\W\d_]+")
_SHOUTED = re.compile(r"[!?]{2,}")
_STACCATO = re.compile(r"\w\.\s+\w+\.(?:\s|$)")
_ANGRY_FACES = re.compile("[\U0001f620\U0001f621\U0001f624\U0001f92c\U0001f4a9\U0001f644]")
_DAYS = re.compile(r"\b\d{1,3}\b")
MANNERS = (
    "capitals",
    "shouted words",
    "exclamation",
    "rows of marks",
    "length",
    "repeated",
    "staccato",
    "question",
    "dots",
    "faces",
    "count",
)


def manners(text: str) -> list[float]:
    """The way of writing, each from 0 to 1, in the order of MANNERS."""
    letters = [letter for letter in text if letter.isalpha()]
    found = [word.casefold() for word in _LETTERS.findall(text)]
    shouted = sum(len(word) >= 3 and word.isupper() for word in _LETTERS.findall(text))
    return [
        sum(map(str.isupper, letters)) / len(letters) if len(letters) >= 8 else 0.0,
        min(shouted, 5) / 5,
        min(text.count("!"), 4) / 4,
        float(bool(_SHOUTED.search(text))),
        min(len(found), 40) / 40,
        min(sum(one == two for one, two in zip(found, found[1:])), 2) / 2,
        float(bool(_STACCATO.search(text))),
        float("?" in text),
        float("..." in text or "…" in text),
        float(bool(_ANGRY_FACES.search(text))),
        float(bool(_DAYS.search(text))),
    ]


@dataclass
class FrustrationModel:
    """`weights`: of the known pieces, then of signs, then of manners. `borders`: between grades. `table`: where texts
    are looked up, if another model has the same pieces.
    """

    pieces: Pieces
    signs: tuple[str, ...]
    weights: np.ndarray
    borders: np.ndarray
    table: Table | None = None

    def __post_init__(self) -> None:
        self._table = self.table or Table(self.pieces.index)

    @classmethod
    def learn(
        cls, texts: Sequence[str], grades: Sequence[int], trust: Sequence[float] | None = None
    ) -> FrustrationModel:
        """Fit to graded texts; `trust` is how much each counts (1 if left out)."""
        from scipy.sparse import csr_matrix, hstack

        lists = words()
        counts = [counted(text) for text in texts]
        model = cls(Pieces.learn(counts), lists.signs, np.empty(0), np.empty(0))
        known = len(model.pieces.index)
        dense = csr_matrix(np.array([model._rest(text, lists) for text in texts]))
        hold = np.r_[np.full(known, _HOLD_PIECES), np.full(dense.shape[1], _HOLD_SIGNS)]
        trusted = np.ones(len(texts)) if trust is None else np.array(trust, dtype=float)
        matrix = hstack([_PIECES * model.pieces.matrix(counts), dense]).tocsr()
        weights, borders = _fit(matrix, np.array(grades), trusted, hold)
        model.weights, model.borders = weights.astype(np.float32), borders
        return model

    def __call__(self, text: str) -> float:
        """From 0 to 1."""
        if not _LETTERS.search(text):
            return 0.0
        columns, often = self._table.of(text)
        values = often * self.pieces.rarity[columns]
        said = float(values @ self.weights[columns]) / (float(np.sqrt(values @ values)) or 1.0)
        rest = np.array(self._rest(text, words()))
        score = _PIECES * said + float(rest @ self.weights[len(self.pieces.index) :])
        return round(float(np.mean(1 / (1 + np.exp(self.borders - score)))), 3)

    def _rest(self, text: str, lists: Words) -> list[float]:
        hits = lists.find(text)
        return [min(hits[sign].count, 3) ** 0.7 if sign in hits else 0.0 for sign in self.signs] + manners(text)


def grade(frustration: float) -> int:
    """The grade from 0 to 3 that a number from 0 to 1 stands for. Expected grades keep away from both ends, so the
    borders are not halfway; they come from cross-validation."""
    return sum(frustration >= border for border in _GRADED_FROM)


def _fit(matrix: Any, grades: np.ndarray, trust: np.ndarray, hold: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Proportional odds with L2: P(grade ≥ k) is the logistic of score − border k. Weights and borders."""
    from scipy.optimize import minimize

    rows, width = np.arange(len(grades)), matrix.shape[1]

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights, steps = point[:width], np.exp(point[width + 1 :])
        borders = np.cumsum(np.r_[point[width], steps])
        above = 1 / (1 + np.exp(borders[None] - (matrix @ weights)[:, None]))
        above = np.c_[np.ones(len(rows)), above, np.zeros(len(rows))]
        low, high = above[rows, grades], above[rows, grades + 1]
        chance = np.clip(low - high, 1e-9, 1)
        low, high = trust * low * (1 - low) / chance, trust * high * (1 - high) / chance
        slope = matrix.T @ (high - low) + hold * weights
        moved = np.array([low[grades == k + 1].sum() - high[grades == k].sum() for k in range(GRADES - 1)])
        down = np.r_[moved.sum(), [moved[k:].sum() * steps[k - 1] for k in range(1, GRADES - 1)]]
        return float(-(trust * np.log(chance)).sum() + 0.5 * (hold * weights**2).sum()), np.r_[slope, down]

    best = minimize(loss, np.zeros(width + GRADES - 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return best[:width], np.cumsum(np.r_[best[width], np.exp(best[width + 1 :])])


def read_graded(lines: Iterable[str]) -> list[tuple[int, str]]:
    """The lines `grade<TAB>text` of data/frustration. Raises ValueError that names the line."""
    graded = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        mark, tab, text = line.rstrip("\n").partition("\t")
        if not tab or mark not in ("0", "1", "2", "3"):
            raise ValueError(f"line {number}: a line is grade<TAB>text, with a grade from 0 to 3")
        graded.append((int(mark), text))
    return graded
