"""What the customer writes while an agent leaves the case is read by somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from one_case import LIISA, Case, kinds

from desk.conversation.decisions import agent
from desk.conversation.event import Event
from desk.conversation.refusal import Refused

type Leave = Callable[[Case, int | None], Sequence[Event]]


def _resolve(case: Case, seen: int | None) -> Sequence[Event]:
    return agent.resolve(case.state, LIISA, "solved", None, seen=seen)


def _return(case: Case, seen: int | None) -> Sequence[Event]:
    return agent.return_to_bot(case.state, LIISA, seen=seen)


@pytest.fixture
def case() -> Case:
    """One that Liisa has taken."""
    one = Case()
    one.ask_for_person()
    one.take(agent.claim(one.state, LIISA))
    one.write("Entä se toinen paketti?")
    return one


@pytest.mark.parametrize("leave", [_resolve, _return])
def test_nobody_leaves_a_case_in_which_the_customer_has_just_written(case: Case, leave: Leave) -> None:
    """The agent had read up to the customer's first words; then there were more."""
    read = case.state.seq
    case.write("ja odotan vielä vastausta")
    with pytest.raises(Refused, match="has just written"):
        leave(case, read)


@pytest.mark.parametrize("leave", [_resolve, _return])
def test_who_has_read_everything_may_leave(case: Case, leave: Leave) -> None:
    """What others wrote since, the system or the agent's other window, holds nobody back."""
    read = case.state.seq
    case.take(agent.reply(case.state, case.now(), LIISA, "r1", "Se lähti tänään."))
    assert {"Resolved", "ReturnedToBot"} & set(kinds(leave(case, read)))


def test_a_client_that_does_not_say_what_was_read_is_not_asked(case: Case) -> None:
    """Slack's buttons, another help desk, and consoles of an earlier release."""
    case.write("vielä yksi asia")
    assert "Resolved" in kinds(_resolve(case, None))
