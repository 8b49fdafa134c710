"""Opening hours: spans, exceptions, midnight, daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from scripted_bot import said

from desk.bot.client import read_answer
from desk.conversation import events as ev
from desk.conversation.answer import Turn
from desk.conversation.decisions import bot
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Pending
from desk.conversation.surroundings import Crowd, Now, Service
from desk.errors import SetupError
from desk.shop_hours import read_hours, read_team_hours

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
    assert hours.next_opening(at("2026-12-23T12:00")) == at("2026-12-28T09:00"), "Christmas, then a weekend"


def test_public_holidays_are_those_of_the_countries_named_in_any_year() -> None:
    """Midsummer Eve is Finland's, 24 February Estonia's; the team that serves both is closed on both."""
    shop, delivery = read_hours(EXAMPLE, HELSINKI), read_team_hours(EXAMPLE, HELSINKI)["delivery"]
    for year in (2025, 2027, 2031):
        assert not shop.is_open(at(f"{year}-01-06T10:00")), "Epiphany"
    assert not shop.is_open(at("2027-06-25T10:00"))
    assert shop.is_open(at("2027-02-24T10:00"))
    assert not delivery.is_open(at("2027-02-24T10:00"))


def test_a_team_has_hours_of_its_own_and_takes_the_rest_from_the_shop() -> None:
    """Saturday mornings, but the shop's exceptions."""
    delivery = read_team_hours(EXAMPLE, HELSINKI)["delivery"]
    assert delivery.is_open(at("2026-11-28T11:00"))
    assert delivery.closes_at(at("2026-11-28T11:00")) == at("2026-11-28T14:00")
    assert not delivery.is_open(at("2026-12-31T15:00"))


def test_an_exception_opens_a_holiday(tmp_path: Path) -> None:
    """A shop may work on Boxing Day."""
    path = tmp_path / "hours.yml"
    path.write_text('week: {}\nholidays: [FI]\nexceptions: {2026-12-26: ["10:00-12:00", "13:00-24:00"]}\n')
    hours = read_hours(path, HELSINKI)
    assert hours.is_open(at("2026-12-26T11:00"))
    assert not hours.is_open(at("2026-12-26T12:30"))
    assert hours.closes_at(at("2026-12-26T13:00")) == at("2026-12-27T00:00")


def test_an_unknown_country_is_named(tmp_path: Path) -> None:
    """With those that are known."""
    path = tmp_path / "hours.yml"
    path.write_text("holidays: [SE]\n")
    with pytest.raises(SetupError, match="SE; known are FI, EE"):
        read_hours(path, HELSINKI)


def test_spans_that_touch_at_midnight_are_one() -> None:
    """The night shift's closing time is in the morning."""
    night = ((time(20), time(0)),)
    morning = ((time(0), time(6)),)
    hours = OpeningHours(HELSINKI, (night, morning, (), (), (), (), ()))
    assert hours.closes_at(at("2026-11-23T22:00")) == at("2026-11-24T06:00")
    assert hours.closes_at(at("2026-11-24T07:00")) is None
    assert OpeningHours(HELSINKI).closes_at(at("2026-11-24T07:00")) is None


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


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (Service(is_open=True, opens_at=0, closes_at=9), [("hours_open", {"closes_at": 9})]),
        (Service(is_open=False, opens_at=9), [("hours_closed", {"opens_at": 9})]),
        (Service(is_open=True, opens_at=0), []),
        (Service(is_open=False, opens_at=None), []),
    ],
)
def test_who_asks_how_to_reach_us_hears_whether_we_are_open(service: Service, told: list[tuple[str, object]]) -> None:
    """After the bot's answer, in the language that was written; a shop that never closes has nothing to say."""
    now = Now(
        at=5,
        rules=Rules(),
        is_open=service.is_open,
        opens_at=service.opens_at,
        crowd=lambda _: Crowd(ahead=0),
        new_id=lambda: "p",
        hours=lambda _: service,
    )
    asked = Conversation(id="c_1", pending=(Pending(seq=1, at=1, message_id="m1"),))
    turn = Turn(message_id="m1", through=1)
    nlu = {"intent": "ask_contact", "confidence": 1.0, "language": "et", "entities": [], "frustration": 0.0}
    events = bot.answer(asked, now, turn, read_answer(said("Vastus", nlu=nlu)))
    said_by_desk = [event for event in events if isinstance(event, ev.SystemWrote)]
    assert [(event.text, event.params) for event in said_by_desk] == told
    assert all(event.lang == "et" for event in said_by_desk)
    other = bot.answer(asked, now, turn, read_answer(said("Vastus", nlu=nlu | {"intent": "late_delivery"})))
    assert not [event for event in other if isinstance(event, ev.SystemWrote)]
