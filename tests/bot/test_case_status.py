"""The answer to "any news?": from what the desk tells of the case, never made up."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.case import Case
from actions.topics.case_status import ActionCaseStatus

NOON = 1_795_600_800_000  # Wednesday 25 November 2026
PAGE = "https://desk.example/my-case/x"


def told(case: dict[str, Any] | None, locale: str = "en") -> dict[str, Any]:
    """What is said."""
    dispatcher = CollectingDispatcher()
    slots = {"locale": locale, "case": case}
    tracker = Tracker("c_1", slots, {}, [], False, None, {}, "action_listen")
    ActionCaseStatus().solve(Case(dispatcher, tracker))
    (message,) = dispatcher.messages
    return dict(message)


def test_without_a_case_a_person_is_offered() -> None:
    assert told(None)["response"] == "utter_case_status"


def test_a_settled_case_is_told_with_its_day_and_page() -> None:
    said = told({"state": "bot", "resolved_at": NOON, "promises": [], "page": PAGE})
    assert (said["response"], said["page"], said["day"]) == ("utter_case_settled", PAGE, "on Wednesday 25 November")


@pytest.mark.parametrize(("locale", "words"), [("fi", "Lupasimme"), ("et", "Lubasime"), ("en", "We promised")])
def test_the_open_promise_that_is_due_first_is_told(locale: str, words: str) -> None:
    promises = [{"due": NOON + 99, "how": "open"}, {"due": NOON, "how": "open"}, {"due": NOON - 9, "how": "kept"}]
    said = told({"state": "bot", "resolved_at": None, "promises": promises, "page": PAGE}, locale)
    assert said["response"] == "utter_case_open"
    assert said["more"].startswith(words)
    assert "25" in said["more"]


def test_a_broken_promise_is_apologised_for() -> None:
    said = told({"state": "bot", "promises": [{"due": NOON, "how": "missed"}], "page": PAGE})
    assert "sorry" in said["more"]


def test_kept_promises_are_no_news() -> None:
    assert told({"state": "bot", "promises": [{"due": NOON, "how": "kept"}], "page": PAGE})["more"] == ""
