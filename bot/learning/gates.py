"""Whether a new model may be released: every figure of `make eval` before and after, on the messages set aside.

A figure is a list of zeros and ones, one for each message (or dialogue, or question) that it is about, in the same
order for both models: so the change can be judged message by message, and no text leaves the measurement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

LOWER_IS_BETTER = frozenset({"false_rejection", "false_handoffs", "urgent_missed", "told_wrongly"})
"""By the last part of a figure's name."""
WATCHED = frozenset({"urgent_missed"})
"""Where every single loss is told, and losses of one release after another are added up."""
OF_INTENT = "intent"
"""Figures of single intents: many, and of few messages each, so only a change that cannot be chance counts."""

FEWEST = 3
"""One or two messages more or fewer are what any training anew brings."""
GROSS = 0.05
"""A fall by so much is refused even where so few messages cannot show that it is no chance."""
_ROUNDS = 10_000
_OF_INTENTS = 99.9
_OF_ALL = 95.0
"""Per cent of the resamples, for all the other figures together: of twenty-six that are judged at 95 each, one falls by
chance in every second run. What falls beyond 95 by itself, and not beyond what is asked of all, is told."""

Figures = Mapping[str, Sequence[float]]
"""By name, such as `fi.accuracy`, `intent.return_item`, `handoff.exact_turn`."""


@dataclass(frozen=True)
class Gate:
    """One figure, before and after. `change` is positive where things got better; `low` and `high` its interval.

    `lowered` forbids the release; `told` is a loss that chance can explain, and that whoever releases should know."""

    name: str
    n: int
    before: float
    after: float
    change: float
    low: float
    high: float
    lowered: bool
    told: bool = False

    @property
    def lost(self) -> int:
        """Messages that were right before, less those that became right; negative for a gain."""
        return -round(self.change * self.n)

    def as_dict(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self)


def compare(before: Figures, after: Figures, lost_before: Mapping[str, int] | None = None) -> list[Gate]:
    """All gates. `lost_before`: what releases since the last full training have lost already, by figure.

    Raises ValueError when the two were not measured on the same messages."""
    if {name: len(values) for name, values in before.items()} != {name: len(values) for name, values in after.items()}:
        raise ValueError("The two models were not measured on the same messages: measure both again.")
    earlier = lost_before or {}
    among = sum(not _is_of_intent(name) for name in before)
    return [
        _gate(name, np.asarray(before[name], float), np.asarray(after[name], float), earlier.get(name, 0), among)
        for name in before
    ]


def lowered(gates: Sequence[Gate]) -> list[Gate]:
    """Those that forbid a release."""
    return [gate for gate in gates if gate.lowered]


def told(gates: Sequence[Gate]) -> list[Gate]:
    """Those that forbid nothing, and that whoever releases should know of."""
    return [gate for gate in gates if gate.told]


def _is_of_intent(name: str) -> bool:
    return name.partition(".")[0] == OF_INTENT


def _gate(name: str, before: np.ndarray, after: np.ndarray, lost_before: int, among: int) -> Gate:
    kind = name.rpartition(".")[2]
    n = len(before)
    if not n:
        return Gate(name, 0, 0.0, 0.0, 0.0, 0.0, 0.0, False)
    gains = (before - after) if kind in LOWER_IS_BETTER else (after - before)
    level = _OF_INTENTS if _is_of_intent(name) else 100 - (100 - _OF_ALL) / among
    means = _resampled(gains)
    low, high = _middle(means, level)
    is_lowered = _is_lowered(name, kind, gains, high, lost_before)
    return Gate(
        name,
        n,
        round(float(before.mean()), 4),
        round(float(after.mean()), 4),
        round(float(gains.mean()), 4),
        round(low, 4),
        round(high, 4),
        is_lowered,
        not is_lowered and _is_worth_telling(name, kind, -float(gains.sum()), means),
    )


def _is_worth_telling(name: str, kind: str, lost: float, means: np.ndarray) -> bool:
    if kind in WATCHED:
        return lost > 0
    return lost >= FEWEST and not _is_of_intent(name) and _middle(means, _OF_ALL)[1] < 0


def _is_lowered(name: str, kind: str, gains: np.ndarray, high: float, lost_before: int) -> bool:
    """A fall that is no chance: the interval lies below zero. Chance alone moves each figure by some messages whenever
    a model is trained anew, and a gate that refuses for that refuses every honest change sooner or later."""
    lost = -float(gains.sum())
    if kind in WATCHED and lost > 0 and lost + max(0, lost_before) >= FEWEST:
        return True
    if lost < FEWEST:
        return False
    return bool(high < 0) or (lost / len(gains) > GROSS and not _is_of_intent(name))


def _resampled(gains: np.ndarray) -> np.ndarray:
    """The means of resamples, each message drawn with its change."""
    counts = np.array([(gains == value).sum() for value in (-1.0, 0.0, 1.0)])
    if counts.sum() == len(gains):  # a resample of -1, 0 and 1 is three numbers, whatever the number of messages
        drawn = np.random.default_rng(0).multinomial(len(gains), counts / len(gains), _ROUNDS)
        return (drawn[:, 2] - drawn[:, 0]) / len(gains)
    picks = np.random.default_rng(0).integers(0, len(gains), (_ROUNDS, len(gains)))
    return gains[picks].mean(axis=1)


def _middle(means: np.ndarray, level: float) -> tuple[float, float]:
    """Between what the middle `level` per cent lie."""
    rest = (100 - level) / 2
    low, high = np.percentile(means, [rest, 100 - rest])
    return float(low), float(high)
