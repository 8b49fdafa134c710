"""How well the model of frustration grades messages, beside a plain list of angry words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.escalation.frustration import GRADES, FrustrationModel, grade, read_graded
from bot.escalation.words import words
from bot.rehearsal.dialogues import LANGUAGES
from bot.rehearsal.practice import DATA, for_frustration, practice

FOLDS = 8
ANGRY = 2
"""From this grade on a message is angry."""
_WORDS = ("curse", "insult")
Graded = Sequence[tuple[int, str]]


def figures(graded: Graded, guessed: Sequence[float]) -> dict[str, float]:
    """Of grades from 0 to 3 and guesses from 0 to 1: how many hit the very grade, the mean distance in grades, the
    weighted kappa, and how many of the angry are found and how many of those found are angry."""
    wanted = np.array([one for one, _ in graded])
    found = np.array([grade(one) for one in guessed])
    angry, called = wanted >= ANGRY, found >= ANGRY
    return {
        "messages": float(len(graded)),
        "same grade": round(float((wanted == found).mean()), 3),
        "within one": round(float((abs(wanted - found) <= 1).mean()), 3),
        "mean distance": round(float(abs(wanted - found).mean()), 3),
        "weighted kappa": round(kappa(wanted, found), 3),
        "angry found": round(float((angry & called).sum() / max(1, angry.sum())), 3),
        "found are angry": round(float((angry & called).sum() / max(1, called.sum())), 3),
    }


def kappa(wanted: np.ndarray, found: np.ndarray) -> float:
    """Cohen's kappa with quadratic weights: 1 is perfect, 0 is chance."""
    seen = np.zeros((GRADES, GRADES))
    np.add.at(seen, (wanted, found), 1)
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    far = (np.arange(GRADES)[:, None] - np.arange(GRADES)) ** 2
    return float(1 - (far * seen).sum() / max(1e-9, (far * chance).sum()))


def cross_validated(folds: int = FOLDS) -> dict[str, dict[str, float]]:
    """On data/frustration, each message graded by a model that has not learnt from it."""
    texts, grades, trust = for_frustration(practice())
    own = sum(len(read(DATA / "frustration" / f"{language}.tsv")) for language in LANGUAGES)
    part = np.random.default_rng(1).permutation(np.arange(len(texts)) % folds)
    guessed = np.zeros(len(texts))
    for fold in range(folds):
        kept = [at for at in range(len(texts)) if part[at] != fold]
        model = FrustrationModel.learn(
            [texts[at] for at in kept], [grades[at] for at in kept], [trust[at] for at in kept]
        )
        for at in np.flatnonzero(part == fold):
            guessed[at] = model(texts[at])
    graded = list(zip(grades, texts))[:own]
    return {
        "cross-validated": figures(graded, guessed[:own].tolist()),
        "the same by angry words alone": figures(graded, [_listed(text) for _, text in graded]),
    }


def set_aside(folder: Path, guess: Callable[[str], float]) -> dict[str, dict[str, float]]:
    """By language, on files that nothing learns from."""
    found = {}
    for language in LANGUAGES:
        graded = read(folder / f"{language}.tsv")
        found[f"set aside, {language}"] = figures(graded, [guess(text) for _, text in graded])
    return found


def read(file: Path) -> Graded:
    """The graded messages of a file."""
    return read_graded(file.read_text("utf-8").splitlines())


def _listed(text: str) -> float:
    """What a plain list of angry words would say."""
    hits = words().find(text)
    return min(1.0, sum(hits[sign].count for sign in _WORDS if sign in hits) * 2 / 3)
