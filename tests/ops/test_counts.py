"""What `make test` adds up: a part that ran nothing, or ended badly, is a failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ops.counts import Counts, failures, from_junit, from_stories, second_try, settle

REPORT = """<testsuites><testsuite>
  <testcase name="a"/>
  <testcase name="b"><failure>no</failure></testcase>
  <testcase name="c"><error>worse</error></testcase>
  <testcase name="d"><skipped/></testcase>
</testsuite></testsuites>"""


def test_cases_are_counted_by_how_they_ended(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text(REPORT)
    assert from_junit(tmp_path / "junit.xml") == Counts(passed=1, failed=2, skipped=1)


@pytest.mark.parametrize("text", ["", "<testsuites>"])
def test_half_a_report_is_no_report(tmp_path: Path, text: str) -> None:
    (tmp_path / "junit.xml").write_text(text)
    with pytest.raises(ValueError, match="is no report"):
        from_junit(tmp_path / "junit.xml")


def test_stories_are_counted_whole(tmp_path: Path) -> None:
    (tmp_path / "story_report.json").write_text(json.dumps({"conversation_accuracy": {"correct": 4, "total": 5}}))
    assert from_stories(tmp_path) == Counts(passed=4, failed=1)


def test_a_report_without_stories_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "story_report.json").write_text("{}")
    with pytest.raises(ValueError, match="no report on stories"):
        from_stories(tmp_path)


def test_a_part_that_ran_nothing_has_failed() -> None:
    assert settle(Counts(), 0) == Counts(failed=1)
    assert settle(Counts(skipped=3), 0) == Counts(failed=1, skipped=3)


def test_a_bad_end_without_a_failed_test_is_a_failure() -> None:
    assert settle(Counts(passed=5), 1) == Counts(passed=5, failed=1)


def test_a_good_end_is_left_as_it_is() -> None:
    assert settle(Counts(passed=5, failed=1), 1) == Counts(passed=5, failed=1)
    assert settle(Counts(passed=5), 0) == Counts(passed=5)


def test_the_closing_line_says_skipped_only_when_there_are_any() -> None:
    assert str(Counts(2, 1)) == "2 passed, 1 failed"
    assert str(Counts(2, 1, 1)) == "2 passed, 1 failed, 1 skipped"


def test_failed_tests_are_named(tmp_path: Path) -> None:
    report = '<testsuite><testcase classname="a" name="b"><failure/></testcase><testcase name="c"/></testsuite>'
    (tmp_path / "junit.xml").write_text(report, "utf-8")
    assert failures(tmp_path / "junit.xml") == ["a › b"]


def test_what_passes_when_run_again_stays_in_sight() -> None:
    assert second_try(Counts(8, 2), Counts(passed=2)) == Counts(10, 0, again=2)
    assert str(second_try(Counts(8, 2), Counts(passed=2))) == "10 passed, 0 failed, 2 only when run again"


def test_what_fails_twice_or_is_not_run_again_has_failed() -> None:
    assert second_try(Counts(8, 2), Counts(passed=1, failed=1)) == Counts(9, 1, again=1)
    assert second_try(Counts(8, 2), Counts()) == Counts(8, 2)
