"""Details found in messages with their details marked: tests/bot/nlu/entities.<language>.jsonl.

A line is `{"text": …, "entities": [{"entity", "start", "end"}]}`. A detail counts as found where its name is right and
the span is the marked one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT

FOLDER = ROOT / "tests" / "bot" / "nlu"

Span = tuple[str, int, int]
Finder = Callable[[str], Iterable[Span]]
"""Of a text: name, start and end of each detail found."""


@dataclass(frozen=True)
class Score:
    """Of an entity: how often it is marked, found, and found where it is marked."""

    marked: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.right / (self.marked + self.found) if self.right else 0.0


def read(file: Path) -> list[tuple[str, set[Span]]]:
    """Texts with their marked details."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
    return [(one["text"], {(m["entity"], m["start"], m["end"]) for m in one["entities"]}) for one in lines]


def scores(messages: Iterable[tuple[str, set[Span]]], find: Finder) -> dict[str, Score]:
    """Each entity's score, and that of all together under `all`."""
    marked, found, right = Counter[str](), Counter[str](), Counter[str]()
    for text, spans in messages:
        seen = set(find(text))
        for counter, those in ((marked, spans), (found, seen), (right, spans & seen)):
            counter.update(name for name, _, _ in those)
            counter["all"] += len(those)
    return {name: Score(marked[name], found[name], right[name]) for name in sorted(marked | found)}
