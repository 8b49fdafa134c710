"""Figures of a run: shares, their bootstrap intervals, each intent, the worst confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.evaluation.messages import OUT_OF_SCOPE, REJECTED, Seen

SHORT = 3
"""Words of a short message."""

_RESAMPLES = 1_000
Shares = dict[str, list[float]]
"""By figure: for each message that it is about, 1 if things went right (for `false_rejection`: wrong)."""


def shares(seen: Sequence[Seen], language: str | None) -> Shares:
    """What each figure is the mean of."""
    ours = [one for one in seen if one.intent != OUT_OF_SCOPE]
    foreign = [one for one in seen if one.intent == OUT_OF_SCOPE]
    told = [one for one in seen if language and one.told]
    short = [one for one in told if len(one.text.split()) <= SHORT]
    return {
        "accuracy": [float(one.right) for one in seen],
        "in_scope_accuracy": [float(one.right) for one in ours],
        "oos_recall": [float(one.found in REJECTED) for one in foreign],
        "false_rejection": [float(one.found in REJECTED) for one in ours],
        "language_accuracy": [float(one.answered_in == language) for one in seen] if language else [],
        "language_told": [float(one.told == language) for one in told],
        "language_told_short": [float(one.told == language) for one in short],
    }


def mean(values: Sequence[float]) -> float | None:
    """The mean, to four places; None of nothing."""
    return round(float(np.mean(values)), 4) if len(values) else None


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The middle 95 % of the means of a thousand resamples."""
    if not len(values):
        return None
    picks = np.random.default_rng(0).integers(0, len(values), (_RESAMPLES, len(values)))
    low, high = np.percentile(np.asarray(values)[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def report(seen: Sequence[Seen], language: str | None) -> dict[str, Any]:
    """The figures that `--json` prints."""
    means = {name: mean(values) for name, values in shares(seen, language).items()}
    times = sorted(one.ms for one in seen)
    per_intent = {name: scores(seen, name) for name in sorted({one.intent for one in seen})}
    return {
        "n": len(seen),
        "accuracy": means["accuracy"],
        "in_scope_accuracy": means["in_scope_accuracy"],
        "oos_recall": means["oos_recall"],
        "false_rejection": means["false_rejection"],
        "macro_f1": mean([one["f1"] for one in per_intent.values()]),
        "language_accuracy": means["language_accuracy"],
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2),
        "per_intent": per_intent,
    }


def scores(seen: Sequence[Seen], name: str) -> dict[str, float | int]:
    """Precision, recall and F1 of an intent. For out of scope, turning away is what counts."""

    def says(one: Seen) -> bool:
        return one.found in REJECTED if name == OUT_OF_SCOPE else one.found == name

    hits = sum(one.intent == name and says(one) for one in seen)
    claimed, there = sum(map(says, seen)), sum(one.intent == name for one in seen)
    precision, recall = hits / claimed if claimed else 0.0, hits / there if there else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"n": there, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def calibration_error(seen: Sequence[Seen], bins: int = 10) -> tuple[float, float, float]:
    """How far confidence is from being right, on average: messages are put into ten bins by confidence. With the middle
    95 % of 300 resamples, which lie a little high: a resample has less to average.
    """
    confidence = np.array([one.confidence for one in seen])
    off = confidence - np.array([one.best == one.intent for one in seen])
    at = np.minimum((confidence * bins).astype(int), bins - 1)

    def error(pick: np.ndarray) -> float:
        return float(np.abs(np.bincount(at[pick], off[pick], bins)).sum() / len(pick))

    picks = np.random.default_rng(0).integers(0, len(seen), (300, len(seen)))
    low, high = np.percentile([error(pick) for pick in picks], [2.5, 97.5])
    return error(np.arange(len(seen))), float(low), float(high)


def confusions(seen: Sequence[Seen]) -> list[tuple[tuple[str, str], int]]:
    """What is most often taken for what."""
    return Counter((one.intent, one.found) for one in seen if not one.right).most_common(15)


def show(figures: dict[str, Any], seen: Sequence[Seen]) -> None:
    """Print for people: the figures, each intent, the worst confusions."""
    for name, value in figures.items():
        if name != "per_intent":
            print(f"{name:20} {value}")
    print(f"\n{'intent':24} {'n':>4} {'precision':>9} {'recall':>7} {'f1':>6}")
    for name, row in sorted(figures["per_intent"].items(), key=lambda item: item[1]["f1"]):
        print(f"{name:24} {row['n']:>4} {row['precision']:>9.3f} {row['recall']:>7.3f} {row['f1']:>6.3f}")
    print("\nworst confusions (is → taken for)")
    for (intent, found), times in confusions(seen):
        print(f"{times:4}  {intent} → {found}")
