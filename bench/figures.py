"""Times and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Figures:
    """`seconds`: one time a message; `wall`: from the first to the last."""

    name: str
    seconds: Sequence[float]
    wall: float

    @property
    def rate(self) -> float:
        """Messages a second."""
        return len(self.seconds) / self.wall

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return 1000 * quantiles(self.seconds, n=100, method="inclusive")[percent - 1]

    def row(self) -> str:
        """A row of the table below."""
        shown = " | ".join(f"{self.percentile(percent):.1f}" for percent in (50, 95, 99))
        return f"| {self.name} | {len(self.seconds)} | {self.rate:.0f} | {shown} |"


HEAD = "| what | messages | a second | p50 ms | p95 ms | p99 ms |\n| --- | --- | --- | --- | --- | --- |"


def table(rows: Sequence[Figures]) -> str:
    """Markdown."""
    return "\n".join([HEAD, *(each.row() for each in rows)])
