"""Learning an intent model: a linear support vector machine over all intents, then what its scores are worth.

Everything that is chosen after the machine (how sure a score is, where to say "not ours") is chosen for each language
on messages that the machine has not seen: five times four fifths are learnt, and the remaining fifth is scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.nlu.component import LANGUAGES
from bot.nlu.features import Counts
from bot.nlu.intents import OUT_OF_SCOPE, IntentModel, Measure
from bot.nlu.vocabulary import Vocabulary

FOLDS = 5
_SCALES = np.linspace(0.5, 12, 93)
_EXTRAS = np.linspace(-0.2, 1.0, 61)
_FEWEST = 200
"""Messages of a language from which its measure can be taken; with fewer, all languages share one."""


def fit(
    texts: Sequence[Counts], intents: Sequence[str], languages: Sequence[str | None], strength: float, conceded: float
) -> IntentModel:
    """`strength` is C of the machine; `conceded` the share of our own messages that were understood and may be lost to
    out of scope.
    """
    labels, spoken = np.array(intents), np.array([language or "" for language in languages])
    vocabulary = Vocabulary.learn(texts)
    matrix = vocabulary.matrix(texts)
    weights, bias, names = machine(matrix, labels, strength)
    unseen, right = out_of_fold(matrix, labels, names, strength), np.searchsorted(names, labels)
    measures = {"": measure(unseen, right, names, conceded)}
    for language in LANGUAGES:
        ours = spoken == language
        if ours.sum() >= _FEWEST:
            measures[language] = measure(unseen[ours], right[ours], names, conceded)
    return IntentModel(vocabulary, [str(name) for name in names], weights.astype(np.float32), bias, measures)


def machine(matrix: Any, labels: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights (columns × intents), biases and the intents in their order (sorted)."""
    from sklearn.svm import LinearSVC  # needed for training only, see bot/light.py

    found = LinearSVC(C=strength, multi_class="crammer_singer", tol=0.3, random_state=0)
    found.fit(matrix, labels)
    weights, bias = found.coef_, found.intercept_
    if len(found.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return weights.T, bias, found.classes_


def out_of_fold(matrix: Any, labels: np.ndarray, names: np.ndarray, strength: float) -> np.ndarray:
    """Scores (texts × intents), each from a machine that has not seen the text. The vocabulary is that of all texts: it
    knows no labels.
    """
    fold = np.random.default_rng(0).permutation(len(labels)) % FOLDS
    scores = np.full((len(labels), len(names)), -1.0)
    for held_out in range(FOLDS):
        learnt, asked = np.flatnonzero(fold != held_out), np.flatnonzero(fold == held_out)
        if not len(asked) or len(set(labels[learnt])) < 2:
            continue
        weights, bias, known = machine(matrix[learnt], labels[learnt], strength)
        scores[np.ix_(asked, np.searchsorted(names, known))] = matrix[asked] @ weights + bias
    return scores


def measure(scores: np.ndarray, right: np.ndarray, names: np.ndarray, conceded: float) -> Measure:
    """What to add to out of scope, and how sure the scores are with that."""
    extra = 0.0
    if OUT_OF_SCOPE in names:
        at = int(np.searchsorted(names, OUT_OF_SCOPE))
        extra = doorstep(scores, right, at, conceded)
        scores = scores.copy()
        scores[:, at] += extra
    return Measure(extra, temperature(scores, right))


def doorstep(scores: np.ndarray, right: np.ndarray, at: int, conceded: float) -> float:
    """The most that can be added to the score of out of scope with `conceded` of ours lost that were understood."""
    ours, true = scores[right != at], right[right != at]
    best = np.delete(ours, at, axis=1).max(axis=1, initial=-np.inf)
    understood = ours[np.arange(len(ours)), true] >= best
    before = (understood & (ours[:, at] <= best)).mean()
    allowed = [extra for extra in _EXTRAS if before - (understood & (ours[:, at] + extra <= best)).mean() <= conceded]
    return float(max(allowed, default=0.0))


def temperature(scores: np.ndarray, right: np.ndarray) -> float:
    """The scale at which the softmax of the scores is least surprised by what was right."""

    def surprise(scale: float) -> float:
        scaled = scores * scale
        peak = scaled.max(axis=1, keepdims=True)
        total = np.log(np.exp(scaled - peak).sum(axis=1)) + peak[:, 0]
        return float((total - scaled[np.arange(len(scaled)), right]).mean())

    return float(min(_SCALES, key=surprise))
