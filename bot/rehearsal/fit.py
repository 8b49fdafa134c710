"""Fitting the judge's weights: a logistic regression for each reason whose weights keep the sign that makes sense.

What speaks for a reason can only add to it, what speaks against it only take away (bot.rehearsal.reasons). The
whether anybody is needed, and whether it is urgent, is learnt over all signs of all reasons together: there are too few
examples of each reason to decide by it alone. The borders between none, offer and handoff are then searched for on
weights that have not seen the dialogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from bot.escalation.weights import ALARM, Scale, alarm
from bot.rehearsal.reasons import AT_LEAST, AT_MOST, CERTAIN, DECLINED, LEAST, MOST, NEEDED, PRESSING, REASONS, TOP

Numbers = Mapping[str, float]
Bound = tuple[float | None, float | None]

_SOUNDS_HOLD = 0.15
"""How strongly weights of what a message sounds like are held back when it is decided, beside 1 for all others: lists
of words fit those who wrote them, sounds were told by models that do not know the writer."""
_CALLED = 2.0
"""How much a turn at which a person is needed counts beside one at which nobody is."""
_FEWEST = 5
"""Examples that must show something for it to be weighed in the decision."""


@dataclass(frozen=True)
class Example:
    """What was seen in a message; `labels`: how much each reason holds, 0 to 1 (missing: 0, None: not known). `fresh`:
    no list of words was mended by texts of the same writer."""

    numbers: Numbers
    labels: Mapping[str, float | None]
    fresh: bool = True


@dataclass(frozen=True)
class Fitted:
    """Whether anybody is needed, whether it is urgent, and a scale for each reason."""

    needed: Scale
    urgently: Scale
    scales: Mapping[str, Scale]


def fit(examples: Sequence[Example], hold: float = 0.5) -> Fitted:
    """Fit all of it. Only fresh examples decide: lists of words know the others too well to be trusted as they are."""
    scales = {code: _fit_one(code, examples, hold) for code in REASONS}
    urgent = [code for code in REASONS if code.startswith("urgent_")]
    fresh = [one for one in examples if one.fresh]
    needed = _decide(tuple(REASONS), fresh, CERTAIN, {**AT_MOST, **DECLINED})
    alarmed = [replace(one, numbers={**one.numbers, ALARM: alarm(scales, one.numbers)}) for one in fresh]
    return Fitted(needed, _decide(tuple(urgent), alarmed, PRESSING, AT_MOST), scales)


def _decide(
    codes: Sequence[str], examples: Sequence[Example], least: Mapping[str, float], most: Mapping[str, float]
) -> Scale:
    """Does any of these reasons hold? Over everything that was seen."""
    shown = Counter(name for one in examples for name in one.numbers)
    names = sorted(name for name, times in shown.items() if times >= _FEWEST)
    at = {name: place for place, name in enumerate(names)}
    seen = np.zeros((len(examples), len(names)))
    for row, one in enumerate(examples):
        for name, value in one.numbers.items():
            if name in at:
                seen[row, at[name]] = value
    wanted = np.array([max((one.labels.get(code) or 0.0 for code in codes), default=0.0) for one in examples])
    trust = np.where(wanted > 0, _CALLED, 1.0)
    speaking = {name for code in codes for name in REASONS[code][0]}
    against = {name for code in codes for name in REASONS[code][1]}
    bounds = [_bound(name, least, most, speaking, against) for name in names]
    hold = np.array([_SOUNDS_HOLD if _is_loud(name) else 1.0 for name in names])
    return _logistic(names, seen, wanted, trust, hold, bounds)


def _bound(
    name: str, least: Mapping[str, float], most: Mapping[str, float], speaking: Set[str], against: Set[str]
) -> Bound:
    if _is_loud(name) or (name in speaking and name not in against):
        return least.get(name, 0.0), None
    return AT_LEAST.get(name), most.get(name, 0.0 if name in against and name not in speaking else None)


def _is_loud(name: str) -> bool:
    """What models say, not lists of words."""
    return name == ALARM or name.startswith("sounds ")


def _fit_one(code: str, examples: Sequence[Example], hold: float) -> Scale:
    speaking, against = REASONS[code]
    names = (*speaking, *against)
    known = [one for one in examples if one.labels.get(code, 0.0) is not None]
    seen = np.array([[one.numbers.get(name, 0.0) for name in names] for one in known])
    wanted = np.array([one.labels.get(code, 0.0) for one in known], dtype=float)
    trust = np.where(wanted > 0, NEEDED.get(code, 3.0), 1.0)
    bounds: list[Bound] = [(LEAST.get(name, 0.0), TOP.get(code, {}).get(name)) for name in speaking]
    bounds += [(None, MOST.get(code, {}).get(name, 0.0)) for name in against]
    return _logistic(names, seen, wanted, trust, np.full(len(names), hold), bounds)


def _logistic(
    names: Sequence[str],
    seen: np.ndarray,
    wanted: np.ndarray,
    trust: np.ndarray,
    hold: np.ndarray,
    bounds: Sequence[Bound],
) -> Scale:
    """A logistic regression with L2 and bounds."""
    from scipy.optimize import minimize

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        score = seen @ point[:-1] + point[-1]
        value = (trust * (np.logaddexp(0, score) - wanted * score)).sum() + 0.5 * (hold * point[:-1] ** 2).sum()
        wrong = trust * (1 / (1 + np.exp(-score)) - wanted)
        return float(value), np.r_[seen.T @ wrong + hold * point[:-1], wrong.sum()]

    start = np.zeros(len(names) + 1)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    kept = {name: round(float(weight), 2) for name, weight in zip(names, best) if abs(weight) >= 0.05}
    return Scale(round(float(best[-1]), 2), kept)
