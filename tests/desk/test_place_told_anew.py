"""Where the channel does not show the place in the queue, it is told anew to who waits: ever more seldom."""

from __future__ import annotations

from itertools import pairwise

import pytest
from one_case import LIISA, Case, at, texts

from desk.conversation.decisions import agent
from desk.conversation.rules import MINUTE


def told_at(channel: str, minutes: int, hour: int = 10) -> list[int]:
    """In which minute of the wait the place was told anew."""
    case = Case(now=at(20, hour), channel=channel)
    case.ask_for_person()
    begun = case.at
    found = []
    for minute in range(1, minutes + 1):
        if "still_queued" in texts(case.pass_until(begun + minute * MINUTE)):
            found.append(minute)
    return found


@pytest.mark.parametrize("channel", ["telegram", "slack", "webhook"])
def test_a_messenger_hears_it_ever_more_seldom(channel: str) -> None:
    told = told_at(channel, 90)
    assert told[:2] == [5, 10]
    assert len(told) <= 6
    gaps = [later - earlier for earlier, later in pairwise(told)]
    assert gaps == sorted(gaps)


def test_the_widget_shows_it_and_a_mail_waits_for_nothing() -> None:
    assert told_at("widget", 90) == told_at("email", 90) == []


def test_nobody_is_told_a_place_at_night() -> None:
    assert told_at("telegram", 600, hour=20) == []


def test_who_has_an_agent_hears_no_more_of_it() -> None:
    case = Case(now=at(20, 10), channel="telegram")
    case.ask_for_person()
    case.take(agent.claim(case.state, LIISA))
    assert "still_queued" not in texts(case.pass_until(at(20, 10, 14)))
