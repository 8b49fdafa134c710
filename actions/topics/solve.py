"""What is done once it is known what is wanted, which order it is about, and what else the matter needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import FollowupAction

from actions import desk
from actions.asking.question import NO, Question
from actions.case import Case, CaseAction
from actions.shop.interface import Order
from actions.topics import delivery, money


def _nothing(_case: Case, _order: Any) -> Question | None:
    return None


@dataclass(frozen=True)
class Topic:
    """A matter. `ask(case, order)` gives the next question, None when `solve(case, order)` can do the rest.

    Where the matter is about no order, `order` is None. `kept` is said after a no.
    """

    solve: Callable[[Case, Any], None]
    ask: Callable[[Case, Any], Question | None] = _nothing
    of_order: bool = True
    kept: str = "utter_left_as_is"


def for_a_person(case: Case, order: Order) -> None:
    """A person has to decide: say what has been noted, and hand over with all of it."""
    case.say("utter_noted_order", note=desk.card(case, order), number=order.number)
    case.hand_over("policy")


def money_back(case: Case, order: Order) -> None:
    """Asked for money that is on its way already: tell where it is. Else a person decides."""
    if order.refunds:
        money.refund_status(case, order)
    else:
        for_a_person(case, order)


TOPICS: dict[str, Topic] = {
    "track_order": Topic(delivery.tell),
    "late_delivery": Topic(delivery.tell),
    "wait": Topic(delivery.wait, delivery.ask_wait),
    "withdraw": Topic(money.too_late),
    "cancel_order": Topic(money.cancel, money.ask_cancel, kept="utter_order_kept"),
    "return_item": Topic(money.returning),
    "refund_status": Topic(money.refund_status),
    "missing_parcel": Topic(for_a_person),
    "change_delivery": Topic(for_a_person),
    "wrong_item": Topic(for_a_person),
    "missing_item": Topic(for_a_person),
    "defective_item": Topic(for_a_person),
    "not_as_described": Topic(for_a_person),
    "change_order": Topic(for_a_person),
    "exchange_item": Topic(for_a_person),
    "request_refund": Topic(money_back),
    "request_compensation": Topic(for_a_person),
    "payment_problem": Topic(for_a_person),
    "ask_invoice": Topic(for_a_person),
}
"""By the slot `topic`: the intents of domain/order.yml, and what a choice below begins."""

BEGINS: dict[str, str] = {
    "wait": "wait",
    "cancel": "cancel_order",
    "return": "withdraw",
}
"""What a choice begins that was offered after an answer, as a topic."""


def topic_of(case: Case) -> Topic:
    """The matter in hand."""
    return TOPICS.get(case.slot("topic") or "") or TOPICS["track_order"]


class ActionSolve(CaseAction):
    """Runs when the form is done."""

    def name(self) -> str:
        """As in data/rules/orders.yml."""
        return "action_solve"

    def solve(self, case: Case) -> None:
        """Do what the topic wants, unless the customer thought better of it or a person has been called."""
        stopped, topic = case.fact("stopped"), topic_of(case)
        if stopped == "person":
            return
        if stopped or case.fact("confirmed") == NO:
            case.say(topic.kept, number=case.slot("order_number") or "")
            return
        order = desk.proved_order(case) if topic.of_order else None
        if order is not None or not topic.of_order:
            topic.solve(case, order)


class ActionChoose(CaseAction):
    """Runs when the customer has taken one of the choices offered after an answer, by button or in words."""

    def name(self) -> str:
        """As in data/rules/orders.yml."""
        return "action_choose"

    def solve(self, case: Case) -> None:
        """Begin what was chosen; the form goes on with it."""
        topic = BEGINS.get(case.entity("choice") or "")
        if topic is None:
            case.say("utter_rephrase")
            return
        case.set("topic", topic)
        case.events.append(FollowupAction("matter_form"))
