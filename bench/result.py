"""What a part has measured: kept as a small JSON file, from which the page and its pictures are made (page.py)."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Bar:
    """The middle of several runs, with the least and the most."""

    label: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Chart:
    """A picture. `limit`: the goal, drawn as a line."""

    title: str
    unit: str
    bars: list[Bar]
    limit: float | None = None


@dataclass(frozen=True)
class Goal:
    """What was to be reached: at least `limit`, or with `at_most` no more."""

    text: str
    value: float
    limit: float
    unit: str = ""
    at_most: bool = False

    @property
    def reached(self) -> bool:
        """Whether it was."""
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def line(self) -> str:
        """For the page."""
        sign, word = "≤" if self.at_most else "≥", "reached" if self.reached else "**falls short**"
        return f"| {self.text} | {sign} {_shown(self.limit)}{self.unit} | {_shown(self.value)}{self.unit} | {word} |"


@dataclass(frozen=True)
class Table:
    """Markdown, as it stands."""

    head: list[str]
    rows: list[list[str]]

    def markdown(self) -> str:
        """Its lines."""
        lines = [self.head, ["---"] * len(self.head), *self.rows]
        return "\n".join(f"| {' | '.join(each)} |" for each in lines)


@dataclass(frozen=True)
class Result:
    """One part. `about`: how it was measured; `says`: what the figures mean, and what falls short."""

    part: str
    title: str
    about: str
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    made: str = ""
    machine: str = ""

    def stamped(self) -> Result:
        """With date and machine."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Result(**values | {"made": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "machine": _machine()})

    def save(self) -> None:
        """To its file."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (RESULTS / f"{self.part}.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Result:
        """The inverse of `save`."""
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        found["tables"] = [Table(**each) for each in found["tables"]]
        found["goals"] = [Goal(**each) for each in found["goals"]]
        found["charts"] = [Chart(**each | {"bars": [Bar(**bar) for bar in each["bars"]]}) for each in found["charts"]]
        return cls(**found)

    def markdown(self) -> str:
        """Its section of the page, without pictures."""
        goals = [Table(["goal", "wanted", "measured", ""], []).markdown(), *(each.line() for each in self.goals)]
        blocks = [f"## {self.title}", f"{self.about} ({self.made}; {self.machine})", *_tables(self.tables)]
        blocks += ["\n".join(goals)] if self.goals else []
        return "\n\n".join([*blocks, *(f"- {each}" for each in self.says)])


def bar(label: str, values: Sequence[float]) -> Bar:
    """Of the values of several runs."""
    return Bar(label, median(values), min(values), max(values))


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The middle and both ends, for a table."""
    one = f"{median(values):.{digits}f}"
    return one if len(values) < 2 else f"{one} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def _tables(tables: list[Table]) -> list[str]:
    return [each.markdown() for each in tables]


def _shown(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"


def _machine() -> str:
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, load {busy:.1f} at its end"


def now() -> float:
    """Seconds, for differences."""
    return time.perf_counter()
