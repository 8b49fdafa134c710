"""A time that an agent's reply promises is kept on record like any promise, without a second text to the customer."""

from __future__ import annotations

import pytest
from one_case import LIISA, Case, at, kinds, texts

from desk.conversation import events as ev
from desk.conversation.decisions import agent
from desk.conversation.refusal import Refused


def with_liisa() -> Case:
    case = Case(now=at(20, 10))
    case.ask_for_person()
    case.take(agent.claim(case.state, LIISA))
    return case


def test_the_reply_makes_the_promise_in_its_own_words() -> None:
    case = with_liisa()
    due = at(21, 12)
    told = case.take(agent.reply(case.state, case.now(), LIISA, "r1", "Vastaan huomenna klo 12.", due=due))
    (made,) = [event for event in told if isinstance(event, ev.PromiseMade)]
    assert (made.due, made.by, made.text) == (due, LIISA.id, "Vastaan huomenna klo 12.")
    assert texts(told) == []
    assert [promise.due for promise in case.state.promises] == [due]


def test_a_promise_that_is_broken_is_apologised_for() -> None:
    case = with_liisa()
    case.take(agent.reply(case.state, case.now(), LIISA, "r1", "Vastaan huomenna klo 12.", due=at(21, 12)))
    happened = case.pass_until(at(21, 13))
    assert "PromiseMissed" in kinds(happened)
    assert "promise_missed" in texts(happened)


def test_a_time_that_has_passed_is_refused_and_nothing_is_sent() -> None:
    case = with_liisa()
    with pytest.raises(Refused):
        agent.reply(case.state, case.now(), LIISA, "r1", "Vastasin jo.", due=at(20, 9))
