"""What a message sounds like without a word of the lists in it: for each reason a model over all that it shows.

The lists of data/judge/words know phrases; this knows what is like the practice messages: in pieces of words, and in
what they mean (bot.escalation.meanings). It tells a number from 0 to 1 for each reason that a message's own words can
show, for anything urgent, and for whether a person is needed at all; and which words made it think so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from bot.escalation.meanings import Meanings
from bot.escalation.pieces import Pieces, Table, counted

URGENT, NEEDED = "urgent", "needed"
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
    URGENT,
    NEEDED,
)
HOLD = 1.0
"""How strongly weights are held back; found by cross-validation."""
KINDS = {"pieces": (1.0, 1.0), "grave": (1.0, 0.5), "shop": (0.7, 0.5), "together": (0.7, 1.0)}
"""How much a kind of feature weighs, and the power of its rarity."""
_WEIGHTS = np.array([weight for weight, _ in KINDS.values()])
_TINY = np.finfo(np.float32).tiny
_FOR_NEEDED = 2.0
"""How much a message that shows a reason counts beside one that does not: there are far fewer."""
_ROUNDS = 40
_TELLING = 0.2
"""Chance from which on it is said which words made it."""
_BESIDE = 0.3
"""Words beside the strongest one belong to it when they say so much of what it says."""
_LETTERS = re.compile(r"[^\W\d_]+")

Text = tuple[str, str | None]
"""What was written, and the language where it is known."""


@dataclass
class Hearing:
    """`pieces` by kind; `weights`: a row for each of HEARD, a column for each piece of all kinds in the order of
    KINDS; `biases` beside. `table`: where texts are looked up, if another model has the same pieces.
    """

    meanings: Meanings
    pieces: Mapping[str, Pieces]
    weights: np.ndarray
    biases: np.ndarray
    table: Table | None = None

    def __post_init__(self) -> None:
        self._table = self.table or Table(self.pieces["pieces"].index)
        self._rarity = np.concatenate([pieces.rarity for pieces in self.pieces.values()])
        self._by_piece = np.ascontiguousarray(self.weights.T)  # a text reads a few hundred whole rows

    @classmethod
    def learn(
        cls,
        texts: Sequence[Text],
        labels: Sequence[Mapping[str, float]],
        trust: Sequence[float],
        meanings: Meanings | None = None,
    ) -> Hearing:
        """Fit to texts; a label is how much each reason holds, 0 where it is left out."""
        from scipy.sparse import hstack

        meanings = meanings or Meanings.read()
        counts = [_counted(text, meanings) for text in texts]
        columns = {kind: [one[at] for one in counts] for at, kind in enumerate(KINDS)}
        pieces = {kind: Pieces.learn(columns[kind], KINDS[kind][1]) for kind in KINDS}
        matrix = hstack([KINDS[kind][0] * pieces[kind].matrix(columns[kind]) for kind in KINDS]).tocsr()
        wanted = np.array([[_whole(one).get(code, 0.0) for code in HEARD] for one in labels], dtype=np.float32)
        weights, biases = _fit(matrix, wanted, np.array(trust, dtype=np.float32))
        return cls(meanings, pieces, weights.T.copy(), biases)

    def __call__(self, text: str, language: str | None = None) -> dict[str, float]:
        """From 0 to 1 by reason; nothing for what has no letters."""
        return self.told(text, language)[0]

    def told(self, text: str, language: str | None = None) -> tuple[dict[str, float], dict[str, str]]:
        """The same, and for each reason that is likely the words that speak for it most, as they stand in the text."""
        if not _LETTERS.search(text):
            return {}, {}
        columns, values = self._row(text, language)
        said = self._by_piece.take(columns, axis=0)
        chances = 1 / (1 + np.exp(-(np.einsum("i,ij->j", values, said) + self.biases)))
        sounds = {code: round(one, 3) for code, one in zip(HEARD, chances.tolist())}
        likely = [row for row, code in enumerate(HEARD) if sounds[code] >= _TELLING and code not in (URGENT, NEEDED)]
        return sounds, {
            HEARD[row]: self._evidence(text, dict(zip(columns.tolist(), (said[:, row] * values).tolist())))
            for row in likely
        }

    def _row(self, text: str, language: str | None) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of all kinds together; the part of each kind has the length that it weighs."""
        columns, often = self._table.of(text)
        kinds, meant = list(self.pieces.values()), self.meanings.counted(text, language)
        found: list[int] = []
        times: list[int] = []
        sizes, start = [len(columns)], len(kinds[0].index)
        for pieces, counts in zip(kinds[1:], meant):
            known = {start + at: n for piece, n in counts.items() if (at := pieces.index.get(piece)) is not None}
            found.extend(known)
            times.extend(known.values())
            sizes.append(len(known))
            start += len(pieces.index)
        columns = np.concatenate([columns, np.array(found, np.int32)])
        values = np.concatenate([often, 1 + np.log(np.array(times, np.float32))]) * self._rarity[columns]
        kind = np.repeat(np.arange(len(sizes)), sizes)
        lengths = np.sqrt(np.bincount(kind, values * values, minlength=len(sizes)))
        return columns, values * (_WEIGHTS / np.maximum(lengths, _TINY)).astype(np.float32)[kind]

    def _evidence(self, text: str, says: Mapping[int, float]) -> str:
        """The word whose pieces speak most for a reason, with its neighbours as far as they do too. `says`: what each
        column says for it.
        """
        spans = [match.span() for match in _LETTERS.finditer(text)]
        strength = [sum(says.get(at, 0.0) for at in self._table.of_words(text[start:end])) for start, end in spans]
        best = first = last = max(range(len(spans)), key=strength.__getitem__)
        enough = _BESIDE * max(strength[best], 0.0)
        while first > 0 and strength[first - 1] > enough:
            first -= 1
        while last < len(spans) - 1 and strength[last + 1] > enough:
            last += 1
        return text[spans[first][0] : spans[last][1]]


def remember(texts: int) -> None:
    """Look through so many texts only once, for those who learn again and again from the same ones."""
    global _counted
    _counted = lru_cache(maxsize=texts)(_look)


def _look(text: Text, meanings: Meanings) -> tuple[Counter[str], ...]:
    return (counted(text[0]), *meanings.counted(*text))


_counted = lru_cache(maxsize=1)(_look)


def _whole(label: Mapping[str, float]) -> dict[str, float]:
    """A label with what follows from it: how urgent it is, and how much somebody is needed."""
    urgent = max((held for code, held in label.items() if code.startswith("urgent_")), default=0.0)
    return {**label, URGENT: urgent, NEEDED: max(label.values(), default=0.0)}


def _fit(matrix: Any, wanted: np.ndarray, trust: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A logistic regression with L2 for each column of `wanted`, all at once: reading the matrix is what takes time."""
    from scipy.optimize import minimize

    matrix = matrix.astype(np.float32)
    across, (width, kinds) = matrix.T.tocsr(), (matrix.shape[1], wanted.shape[1])
    trusted = trust[:, None] * np.where(wanted > 0, _FOR_NEEDED, 1.0).astype(np.float32)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights = point.reshape(width + 1, kinds).astype(np.float32)
        score = matrix @ weights[:-1] + weights[-1]
        value = float((trusted * (np.logaddexp(0, score) - wanted * score)).sum(dtype=np.float64))
        wrong = trusted * (1 / (1 + np.exp(-score)) - wanted)
        slope = np.vstack([across @ wrong + HOLD * weights[:-1], wrong.sum(axis=0)])
        return value + 0.5 * HOLD * float((weights[:-1] ** 2).sum(dtype=np.float64)), slope.ravel().astype(np.float64)

    start = np.zeros((width + 1, kinds))
    often = np.clip((trusted * wanted).sum(axis=0) / trusted.sum(axis=0), _TINY, 1 - 1e-6)
    start[-1] = np.log(often / (1 - often))  # how often each is: from there few rounds are needed
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    best = found.x.reshape(width + 1, kinds).astype(np.float32)
    return best[:-1], best[-1]
