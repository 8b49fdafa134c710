"""Fitting the judge's weights: a logistic regression for each reason whose weights keep the sign that makes sense.

What speaks for a reason can only add to it, what speaks against it only take away; both are listed in REASONS. The
borders between none, offer and handoff are then searched for on weights that have not seen the dialogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.escalation.weights import Scale

Numbers = Mapping[str, float]

_HARMLESS = (
    "asking",
    "question",
    "wants to know",
    "others",
    "solved",
    "beforehand",
    "joking",
    "praise",
    "calm",
    "polite",
    "no_person",
    "off topic",
)

REASONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "asked_for_person": (
        (
            "sounds asked_for_person",
            "want_person",
            "person",
            "person not declined",
            "intent speak_to_human",
            "intent request_callback",
            "first message",
        ),
        (
            "no_person",
            "asking",
            "praise",
            "joking",
            "others",
            "intent bot_challenge",
        ),
    ),
    "anger": (
        (
            "sounds anger",
            "frustration",
            "fury",
            "annoyed again",
            "insult",
            "curse",
            "upset",
            "counting",
            "sarcasm",
            "shouted words",
            "intent express_frustration",
            "intent complain_service",
            "told_before",
        ),
        (
            "calm",
            "joking",
            "praise",
            "others",
            "asking",
            "first message",
            "off topic",
        ),
    ),
    "did_not_help": (
        (
            "sounds did_not_help",
            "intent not_resolved",
            "no help after answer",
            "tried without success",
            "no help before",
            "no_help",
            "tried",
            "frustration",
        ),
        (
            "calm",
            "joking",
            "asked",
            "question",
            "praise",
            "first message",
        ),
    ),
    "same_problem": (
        (
            "sounds same_problem",
            "told_before",
            "told again",
            "counting",
            "intent case_status",
            "intent not_resolved",
            "frustration",
        ),
        (
            "asked",
            "calm",
            "joking",
            "asking",
            "praise",
        ),
    ),
    "two_fallbacks": (
        (
            "unclear again",
            "unclear",
            "no_help",
            "intent not_resolved",
            "no help before",
        ),
        (
            "calm",
            "joking",
            "asking",
            "praise",
            "polite",
            "asked",
        ),
    ),
    "form_failed": (
        (
            "no detail to give",
            "no_detail",
            "asked again",
            "told_before",
            "counting",
            "no_help",
            "frustration",
        ),
        (
            "calm",
            "joking",
            "first message",
        ),
    ),
    "policy": (
        (
            "exception",
            "intent request_compensation",
            "much money told",
            "money",
        ),
        (
            "calm",
            "joking",
            "asked",
        ),
    ),
    "urgent_danger": (
        (
            "sounds urgent_danger",
            "injury",
            "fire",
            "shards",
            "swallowed",
            "hazard",
            "care",
            "harm told",
        ),
        _HARMLESS,
    ),
    "urgent_legal": (
        (
            "sounds urgent_legal",
            "authority",
            "lawyer",
            "court",
            "police",
            "statute",
            "leak",
            "chargeback",
            "frustration",
        ),
        (*_HARMLESS, "intent privacy_request", "intent return_item", "intent cancel_order"),
    ),
    "urgent_public": (
        (
            "sounds urgent_public",
            "media",
            "reviews",
            "social",
            "leaving",
            "closing",
            "frustration",
        ),
        _HARMLESS,
    ),
    "urgent_loss": (
        (
            "sounds urgent_loss",
            "lost",
            "ruined",
            "damage",
            "theft",
            "charged",
            "much money told",
            "occasion told",
            "frustration",
        ),
        _HARMLESS,
    ),
    "urgent_distress": (
        (
            "sounds urgent_distress",
            "crying",
            "despair",
            "suicidal",
            "poverty",
            "bereaved",
            "ill",
            "frail",
            "care",
            "frustration",
        ),
        _HARMLESS,
    ),
}
"""For each reason: what can speak for it, and what can speak against it."""

NEEDED = {"urgent_danger": 6.0, "urgent_distress": 6.0, "asked_for_person": 6.0}
"""How much a turn that shows the reason counts beside one that does not (3 where nothing stands): it is worse to miss
a danger, or somebody who asks for a person, than to call one needlessly."""

LEAST = {"annoyed again": 1.6, "told again": 0.8, "no help before": 0.5, "unclear again": 0.8} | {
    "no help after answer": 4.0
}
"""What must count, however seldom it is in the dialogues: anger that rises, what is told again, what did not help."""

_HYPOTHETICAL = {"wants to know": -1.5, "solved": -3.0, "beforehand": -3.0, "others": -3.0}
MOST = {
    "asked_for_person": {"no_person": -6.0, "intent bot_challenge": -1.5},
    "urgent_danger": {**_HYPOTHETICAL, "others": -2.0, "joking": -2.0},
    "urgent_legal": {**_HYPOTHETICAL, "joking": -4.0, "praise": -3.0},
    "urgent_public": {**_HYPOTHETICAL, "joking": -4.0, "praise": -2.0},
    "urgent_loss": {**_HYPOTHETICAL, "others": -2.0, "joking": -2.0},
    "urgent_distress": {**_HYPOTHETICAL, "others": -1.0},
    "anger": {"joking": -1.0},
}
"""What must count against a reason at least so much: who declines a person, who jokes, who tells of others or of what
is long put right, who asks before anything has happened."""

TOP = {"anger": {"intent express_frustration": 1.5, "intent complain_service": 1.0}}
"""What may count at most so much: these intents cover the mildly annoyed too."""


@dataclass(frozen=True)
class Example:
    """What was seen in a message; `labels`: how much each reason holds, 0 to 1 (missing: 0, None: not known)."""

    numbers: Numbers
    labels: Mapping[str, float | None]
    trust: float = 1.0


def fit(examples: Sequence[Example], hold: float = 0.5) -> dict[str, Scale]:
    """A scale for each reason."""
    return {code: _fit_one(code, examples, hold) for code in REASONS}


def _fit_one(code: str, examples: Sequence[Example], hold: float) -> Scale:
    from scipy.optimize import minimize

    speaking, against = REASONS[code]
    names = (*speaking, *against)
    known = [one for one in examples if one.labels.get(code, 0.0) is not None]
    seen = np.array([[one.numbers.get(name, 0.0) for name in names] for one in known])
    wanted = np.array([one.labels.get(code, 0.0) for one in known], dtype=float)
    trust = np.array([one.trust for one in known]) * np.where(wanted > 0, NEEDED.get(code, 3.0), 1.0)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        score = seen @ point[:-1] + point[-1]
        value = (trust * (np.logaddexp(0, score) - wanted * score)).sum() + 0.5 * hold * (point[:-1] ** 2).sum()
        wrong = trust * (1 / (1 + np.exp(-score)) - wanted)
        return float(value), np.r_[seen.T @ wrong + hold * point[:-1], wrong.sum()]

    bounds: list[tuple[float | None, float | None]] = [
        (LEAST.get(name, 0.0), TOP.get(code, {}).get(name)) for name in speaking
    ]
    bounds += [(None, MOST.get(code, {}).get(name, 0.0)) for name in against] + [(None, None)]
    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    kept = {name: round(float(weight), 2) for name, weight in zip(names, best) if abs(weight) >= 0.05}
    return Scale(round(float(best[-1]), 2), kept)
