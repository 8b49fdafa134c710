"""Opening hours: spans, exceptions, midnight, daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desk.conversation.hours import OpeningHours
from desk.errors import SetupError
from desk.shop_hours import read_hours

HELSINKI = ZoneInfo("Europe/Helsinki")
EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "hours.yml"


def at(text: str) -> int:
    """A local time of Helsinki in milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=HELSINKI).timestamp() * 1000)


def test_the_example_file_reads_as_it_says() -> None:
    """Wednesday's lunch break, Friday's end, the weekend, and Christmas Eve."""
    hours = read_hours(EXAMPLE, HELSINKI)
    assert hours.is_open(at("2026-11-25T11:59"))
    assert not hours.is_open(at("2026-11-25T12:00"))
    assert hours.next_opening(at("2026-11-25T12:30")) == at("2026-11-25T13:00")
    assert hours.next_opening(at("2026-11-27T16:00")) == at("2026-11-30T09:00")
    assert hours.next_opening(at("2026-12-23T18:00")) == at("2026-12-28T09:00")


def test_a_day_and_night_shop_never_closes() -> None:
    """The default."""
    hours = OpeningHours(HELSINKI)
    assert all(hours.is_open(at(f"2026-03-29T{hour:02}:30")) for hour in range(24))


def test_daylight_saving_moves_the_opening_not_the_clock() -> None:
    """Nine o'clock is nine o'clock, an hour earlier by the sun."""
    hours = read_hours(EXAMPLE, HELSINKI)
    before, after = at("2026-03-27T09:00"), at("2026-03-30T09:00")
    assert hours.next_opening(before - 1) == before
    assert hours.next_opening(at("2026-03-28T12:00")) == after
    assert (datetime.fromtimestamp(before / 1000, UTC).hour, datetime.fromtimestamp(after / 1000, UTC).hour) == (7, 6)


def test_a_shop_that_never_opens_promises_nothing(tmp_path: Path) -> None:
    """No opening within a year."""
    empty = tmp_path / "hours.yml"
    empty.write_text("week: {}\n")
    assert read_hours(empty, HELSINKI).next_opening(at("2026-11-25T12:00")) is None


@pytest.mark.parametrize("span", ["9-17", "09:00", "17:00-09:00", "nine"])
def test_a_span_that_cannot_be_read_is_named(tmp_path: Path, span: str) -> None:
    """With the day, and how it should look."""
    path = tmp_path / "hours.yml"
    path.write_text(f'week: {{monday: ["{span}"]}}\n')
    with pytest.raises(SetupError, match="monday"):
        read_hours(path, HELSINKI)
