"""Times and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

HEADS = (50, 95, 99)


@dataclass(frozen=True)
class Figures:
    """`seconds`: one time a message; `wall`: from the first to the last; `cpu`: processor seconds of the program."""

    name: str
    seconds: Sequence[float]
    wall: float
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Messages a second."""
        return len(self.seconds) / self.wall

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return 1000 * quantiles(self.seconds, n=100, method="inclusive")[percent - 1]

    def row(self) -> list[str]:
        """A row of a table: what, messages, a second, and the percentiles of HEADS."""
        shown = [f"{self.percentile(percent):.1f}" for percent in HEADS]
        return [self.name, str(len(self.seconds)), f"{self.rate:.1f}", *shown]
