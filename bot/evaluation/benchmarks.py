"""Benchmarks that nobody here wrote, learnt with our components: CLINC150 and HINT3's SOFMattress.

The data are read from ../shared/eval and never copied. Where they are absent, `run` says so.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.evaluation.figures import interval
from bot.nlu import features, fitting, lexicon
from bot.nlu.vocabulary import Vocabulary
from bot.settings import ROOT

FOLDER = ROOT.parent / "shared" / "eval"
KEPT = 0.92
"""CLINC150: in-scope accuracy that the threshold has to leave on the validation part."""

_NEAR = 1.5
"""How much likeness to the nearest learnt text adds to a score."""

_CHUNK = 500
_NONE = "NO_NODES_DETECTED"


@dataclass(frozen=True)
class Result:
    """`share` with its bootstrap interval; `figure` names it."""

    benchmark: str
    figure: str
    share: float
    low: float
    high: float


class _Learner:
    """Our vocabulary, lexicon and machine for English texts, without what is the shop's own."""

    def __init__(self, texts: Sequence[str], labels: np.ndarray, strength: float = 0.3) -> None:
        self._lexicon = lexicon.Lexicon(lexicon.read(ROOT / "data" / "lexicon"))
        counts = self._count(texts)
        self._vocabulary = Vocabulary.learn(counts)
        self._known = self._vocabulary.matrix(counts)
        self._weights, self._bias, self.names = fitting.machine(self._known, labels, strength)

    def _count(self, texts: Sequence[str]) -> list[features.Counts]:
        return [features.count(text, "en", self._lexicon) for text in texts]

    def answer(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The best intent of each text, and how sure: its score, and how near the nearest learnt text is."""
        matrix = self._vocabulary.matrix(self._count(texts))
        scores = matrix @ self._weights + self._bias
        chunks = (matrix[at : at + _CHUNK] @ self._known.T for at in range(0, matrix.shape[0], _CHUNK))
        nearest = np.concatenate([np.asarray(chunk.max(axis=1).todense()).ravel() for chunk in chunks])
        most = sum(kind.weight**2 for kind in features.KINDS)  # what a text's likeness to itself is
        return self.names[scores.argmax(axis=1)], scores.max(axis=1) + _NEAR * nearest / most


def clinc150(folder: Path = FOLDER / "clinc150") -> list[Result]:
    """Learn on train; the threshold turns away what it can on the validation part while KEPT stays right there."""
    data = json.loads((folder / "data_full.json").read_text("utf-8"))
    parts = {name: ([text for text, _ in rows], np.array([label for _, label in rows])) for name, rows in data.items()}
    learner = _Learner(*parts["train"])
    found, sure = learner.answer(parts["val"][0])
    right = found == parts["val"][1]
    candidates = np.sort(sure)
    kept = [limit for limit in candidates if (right & (sure >= limit)).mean() >= KEPT]
    limit = max(kept, default=candidates[0])
    found, sure = learner.answer(parts["test"][0])
    ours = (found == parts["test"][1]) & (sure >= limit)
    _, strange = learner.answer(parts["oos_test"][0])
    return [
        _result("CLINC150", "in-scope accuracy without a threshold", found == parts["test"][1]),
        _result("CLINC150", "in-scope accuracy", ours),
        _result("CLINC150", "out-of-scope recall", strange < limit),
    ]


def sofmattress(version: str, folder: Path = FOLDER / "hint3_sofmattress") -> list[Result]:
    """Learn on train; the threshold keeps, in cross-validation on train, most right answers over wrong ones."""
    texts, labels = _sentences(folder / f"{version}_train.csv")
    limit = _even(texts, labels)
    found, sure = _Learner(texts, labels).answer(_sentences(folder / f"{version}_test.csv")[0])
    true = _sentences(folder / f"{version}_test.csv")[1]
    said = np.where(sure >= limit, found, _NONE)
    name, known = f"SOFMattress {version}", true != _NONE
    best = max((_matthews(true, np.where(sure >= one, found, _NONE)), one) for one in np.sort(sure))
    low, high = _spread(true, said)
    return [
        Result(name, "Matthews correlation", _matthews(true, said), low, high),
        Result(name, "Matthews correlation at the best threshold", best[0], *_spread(true, _cut(found, sure, best[1]))),
        _result(name, "in-scope accuracy without a threshold", (found == true)[known]),
        _result(name, "in-scope accuracy", (said == true)[known]),
        _result(name, "out-of-scope recall", (said == true)[~known]),
    ]


def run() -> list[Result]:
    """All benchmarks that are there."""
    results: list[Result] = []
    if (FOLDER / "clinc150").is_dir():
        results += clinc150()
    if (FOLDER / "hint3_sofmattress").is_dir():
        results += sofmattress("v1") + sofmattress("v2")
    return results


def _result(benchmark: str, figure: str, right: np.ndarray) -> Result:
    low, high = interval([float(one) for one in right]) or (0.0, 0.0)
    return Result(benchmark, figure, float(right.mean()), low, high)


def _sentences(file: Path) -> tuple[list[str], np.ndarray]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row["sentence"] for row in rows], np.array([row["label"] for row in rows])


def _even(texts: Sequence[str], labels: np.ndarray, folds: int = 5) -> float:
    fold = np.random.default_rng(0).permutation(len(texts)) % folds
    sure, right = np.zeros(len(texts)), np.zeros(len(texts), dtype=bool)
    for held_out in range(folds):
        learnt, asked = np.flatnonzero(fold != held_out), np.flatnonzero(fold == held_out)
        learner = _Learner([texts[at] for at in learnt], labels[learnt])
        found, sure[asked] = learner.answer([texts[at] for at in asked])
        right[asked] = found == labels[asked]
    # Keep all answers from a limit on: the limit with most right answers over wrong ones.
    return float(max(np.sort(sure), key=lambda limit: (2.0 * right[sure >= limit] - 1).sum()))


def _cut(found: np.ndarray, sure: np.ndarray, limit: float) -> np.ndarray:
    return np.where(sure >= limit, found, _NONE)


def _matthews(true: np.ndarray, said: np.ndarray) -> float:
    from sklearn.metrics import matthews_corrcoef

    return float(matthews_corrcoef(true, said))


def _spread(true: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    picks = np.random.default_rng(0).integers(0, len(true), (300, len(true)))
    low, high = np.percentile([_matthews(true[pick], said[pick]) for pick in picks], [2.5, 97.5])
    return float(low), float(high)
