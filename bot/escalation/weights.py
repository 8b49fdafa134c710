"""How much each thing weighs for each reason, read from data/judge/weights.yml (made by `python -m bot.fit_judge`)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.yaml_text import load_yaml

FILE = Path(__file__).resolve().parents[2] / "data" / "judge" / "weights.yml"


BORDERS = ("offer", "handoff", "urgent", "both", "mention")
ALARM = "alarm"
"""What the strongest urgent reason says by itself, as a number that is weighed with the others for `urgently`."""
_FAINT, _LOUD = -6.0, 4.0
"""Where an alarm begins to be heard and where it is as loud as it gets (in log odds)."""


class WeightsError(ValueError):
    """The file of weights is wrong; the message says where."""


@dataclass(frozen=True)
class Scale:
    """One reason: a bias, and what each thing seen adds to it or takes away."""

    bias: float
    weights: Mapping[str, float]

    def weigh(self, numbers: Mapping[str, float]) -> float:
        """From 0 to 1."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.odds(numbers)))))

    def odds(self, numbers: Mapping[str, float]) -> float:
        """The same as log odds."""
        return self.bias + sum(weight * numbers.get(name, 0.0) for name, weight in self.weights.items())

    def strongest(self, numbers: Mapping[str, float]) -> list[str]:
        """What speaks for the reason, strongest first."""
        parts = {name: weight * numbers.get(name, 0.0) for name, weight in self.weights.items()}
        return sorted((name for name, part in parts.items() if part > 0), key=lambda name: -parts[name])


@dataclass(frozen=True)
class Weights:
    """`offer` and `handoff`: scores from which on; `urgent`: how urgent it must be to call at once, `both`: the same
    for the geometric mean of how urgent it is and how much somebody is needed; `mention`: below it a reason is not
    worth telling. `needed` and `urgently` decide; `scales` tell why."""

    offer: float
    handoff: float
    urgent: float
    both: float
    mention: float
    needed: Scale
    urgently: Scale
    scales: Mapping[str, Scale]

    def urgency(self, numbers: Mapping[str, float]) -> float:
        """How urgent it is, from 0 to 1."""
        return self.urgently.weigh({**numbers, ALARM: alarm(self.scales, numbers)})


def alarm(scales: Mapping[str, Scale], numbers: Mapping[str, float]) -> float:
    """How loud the strongest urgent reason is by itself, from 0 to 1."""
    odds = max(scale.odds(numbers) for code, scale in scales.items() if code.startswith("urgent_"))
    return (min(max(odds, _FAINT), _LOUD) - _FAINT) / (_LOUD - _FAINT)


def read(file: Path = FILE) -> Weights:
    """Read the file. Raises WeightsError."""
    try:
        data: dict[str, Any] = load_yaml(file.read_text("utf-8"))
        borders = {name: float(data["borders"][name]) for name in BORDERS}
        needed, urgently = (_scale(data[name]) for name in ("needed", "urgently"))
        scales = {code: _scale(one) for code, one in data["reasons"].items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise WeightsError(
            f"{file}: {type(error).__name__}: {error}. Make it again: python -m bot.fit_judge"
        ) from error
    return Weights(needed=needed, urgently=urgently, scales=scales, **borders)


def _scale(data: Mapping[str, Any]) -> Scale:
    return Scale(float(data["bias"]), {name: float(weight) for name, weight in data["weights"].items()})


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of this process."""
    return read()
