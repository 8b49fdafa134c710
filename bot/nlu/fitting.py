"""Learning an intent model: a linear support vector machine over all intents, then what its scores are worth.

Everything that is chosen after the machine (how sure a score is, where to say "not ours") is chosen on messages that
the machine has not seen: four times three quarters are learnt, and the remaining quarter is scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.nlu.features import Counts
from bot.nlu.intents import IntentModel
from bot.nlu.vocabulary import Vocabulary

OUT_OF_SCOPE = "out_of_scope"
_TEMPERATURES = np.linspace(0.5, 12, 47)
_BIASES = np.linspace(-0.5, 1.0, 61)


def fit(texts: Sequence[Counts], intents: Sequence[str], strength: float, turned_away: float) -> IntentModel:
    """`strength` is C of the machine; `turned_away` the share of our own messages that may be turned away."""
    labels = np.array(intents)
    vocabulary = Vocabulary.learn(texts)
    weights, bias, names = machine(vocabulary.matrix(texts), labels, strength)
    unseen = out_of_fold(texts, labels, names, strength)
    right = np.searchsorted(names, labels)
    if OUT_OF_SCOPE in names:
        at = int(np.searchsorted(names, OUT_OF_SCOPE))
        extra = doorstep(unseen, right, at, turned_away)
        unseen[:, at] += extra
        bias[at] += extra
    scale = temperature(unseen, right)
    return IntentModel(vocabulary, [str(name) for name in names], (weights * scale).astype(np.float32), bias * scale)


def machine(matrix: Any, labels: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights (columns × intents), biases and the intents in their order (sorted)."""
    from sklearn.svm import LinearSVC  # needed for training only, see bot/light.py

    found = LinearSVC(C=strength, multi_class="crammer_singer", tol=0.3, random_state=0).fit(matrix, labels)
    weights, bias = found.coef_, found.intercept_
    if len(found.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return weights.T, bias, found.classes_


def out_of_fold(
    texts: Sequence[Counts], labels: np.ndarray, names: np.ndarray, strength: float, folds: int = 4
) -> np.ndarray:
    """Scores (texts × intents), each from a machine that has not seen the text."""
    fold = np.random.default_rng(0).permutation(len(texts)) % folds
    scores = np.full((len(texts), len(names)), -1.0)
    for held_out in range(folds):
        learnt, asked = np.flatnonzero(fold != held_out), np.flatnonzero(fold == held_out)
        if not len(asked) or len(set(labels[learnt])) < 2:
            continue
        vocabulary = Vocabulary.learn([texts[at] for at in learnt])
        weights, bias, known = machine(vocabulary.matrix([texts[at] for at in learnt]), labels[learnt], strength)
        columns = np.searchsorted(names, known)
        scores[np.ix_(asked, columns)] = vocabulary.matrix([texts[at] for at in asked]) @ weights + bias
    return scores


def doorstep(scores: np.ndarray, right: np.ndarray, at: int, turned_away: float) -> float:
    """What to add to the score of out of scope, so that it takes as many of ours as it may, and no more."""
    ours = scores[right != at]
    best = np.delete(ours, at, axis=1).max(axis=1, initial=-np.inf)
    allowed = [extra for extra in _BIASES if (ours[:, at] + extra > best).mean() <= turned_away]
    return float(max(allowed, default=0.0))


def temperature(scores: np.ndarray, right: np.ndarray) -> float:
    """The scale at which the softmax of the scores is least surprised by what was right."""

    def surprise(scale: float) -> float:
        scaled = scores * scale
        peak = scaled.max(axis=1, keepdims=True)
        total = np.log(np.exp(scaled - peak).sum(axis=1)) + peak[:, 0]
        return float((total - scaled[np.arange(len(scaled)), right]).mean())

    return float(min(_TEMPERATURES, key=surprise))
