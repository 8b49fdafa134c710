"""How many tests a part has run, from what its runner has written."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def from_junit(path: Path) -> Counts:
    """Raises `OSError` or `ValueError` when there is no such report or it is no report."""
    try:
        cases = list(ElementTree.parse(path).getroot().iter("testcase"))
    except ElementTree.ParseError as error:
        raise ValueError(f"{path} is no report: {error}") from error
    failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    skipped = sum(1 for case in cases if case.find("skipped") is not None)
    return Counts(len(cases) - failed - skipped, failed, skipped)


def from_stories(folder: Path) -> Counts:
    """From Rasa's `story_report.json`. Raises `OSError` or `ValueError` as above."""
    report = json.loads((folder / "story_report.json").read_text("utf-8"))
    try:
        whole = report["conversation_accuracy"]
        return Counts(int(whole["correct"]), int(whole["total"]) - int(whole["correct"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{folder} holds no report on stories: {error!r}") from error


def settle(counts: Counts, code: int) -> Counts:
    """What a part counts for: none run is a failure, and so is a bad end without a failed test."""
    if counts.failed == 0 and (code != 0 or counts.passed == 0):
        return counts + Counts(failed=1)
    return counts
