"""Times and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from bench.memory import Used

HEADS = (50, 95, 99)


@dataclass(frozen=True)
class Figures:
    """`seconds`: one time a message; `wall`: from the first to the last; `used`: of the processors, where measured."""

    name: str
    seconds: Sequence[float]
    wall: float
    used: Used = Used(0.0, 0.0, 0.0)

    @property
    def rate(self) -> float:
        """Messages a second."""
        return len(self.seconds) / self.wall

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return 1000 * quantiles(self.seconds, n=100, method="inclusive")[percent - 1]

    def milliseconds(self, whose: str, *, messages: int = 1) -> float:
        """Of a processor, for each message: `whose` of Used, `messages` in each of the times."""
        return float(1000 * getattr(self.used, whose) / (messages * len(self.seconds)))

    def row(self) -> list[str]:
        """A row of a table: what, messages, a second, and the percentiles of HEADS."""
        shown = [f"{self.percentile(percent):.1f}" for percent in HEADS]
        return [self.name, str(len(self.seconds)), f"{self.rate:.1f}", *shown]
