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
    again: int = 0  # of those that passed: only when they were run a second time

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.again + other.again,
        )

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        again = f", {self.again} only when run again" if self.again else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}{again}"


def from_junit(path: Path) -> Counts:
    """Raises `OSError` or `ValueError` when there is no such report or it is no report."""
    cases = _cases(path)
    failed = sum(1 for case in cases if _has_failed(case))
    skipped = sum(1 for case in cases if case.find("skipped") is not None)
    return Counts(len(cases) - failed - skipped, failed, skipped)


def failures(path: Path) -> list[str]:
    """The names of the tests that failed, as the report has them. Raises as above."""
    return [f"{case.get('classname', '')} › {case.get('name', '')}" for case in _cases(path) if _has_failed(case)]


def _cases(path: Path) -> list[ElementTree.Element]:
    try:
        return list(ElementTree.parse(path).getroot().iter("testcase"))
    except ElementTree.ParseError as error:
        raise ValueError(f"{path} is no report: {error}") from error


def _has_failed(case: ElementTree.Element) -> bool:
    return case.find("failure") is not None or case.find("error") is not None


def from_stories(folder: Path) -> Counts:
    """From Rasa's `story_report.json`. Raises `OSError` or `ValueError` as above."""
    report = json.loads((folder / "story_report.json").read_text("utf-8"))
    try:
        whole = report["conversation_accuracy"]
        return Counts(int(whole["correct"]), int(whole["total"]) - int(whole["correct"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{folder} holds no report on stories: {error!r}") from error


def second_try(first: Counts, second: Counts) -> Counts:
    """What counts when the failed tests of a part were run again, alone: those that fail twice, or were not run."""
    mended = min(second.passed, first.failed)
    return Counts(first.passed + mended, first.failed - mended, first.skipped, mended)


def settle(counts: Counts, code: int) -> Counts:
    """What a part counts for: none run is a failure, and so is a bad end without a failed test."""
    if counts.failed == 0 and (code != 0 or counts.passed == 0):
        return counts + Counts(failed=1)
    return counts
