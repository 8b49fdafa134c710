"""What is done once it is known what is wanted, which order it is about, and what else the matter needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import FollowupAction

from actions import desk
from actions.asking.question import NO, Question
from actions.case import Case, CaseAction
from actions.topics import (
    changes,
    compensation,
    delivery,
    discounts,
    faults,
    money,
    papers,
    parcels,
    refunds,
    returns,
    service,
    stock,
)


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


TOPICS: dict[str, Topic] = {
    "track_order": Topic(delivery.tell, parcels.ask_late),
    "late_delivery": Topic(delivery.tell, parcels.ask_late),
    "wait": Topic(delivery.wait, delivery.ask_wait),
    "withdraw": Topic(money.too_late),
    "missing_parcel": Topic(parcels.search, parcels.ask, kept="utter_look_first"),
    "change_delivery": Topic(changes.change_address, changes.ask_address),
    "wrong_item": Topic(faults.wrong, faults.ask_wrong),
    "missing_item": Topic(faults.missing, faults.ask_missing),
    "defective_item": Topic(faults.fault, faults.ask_fault),
    "not_as_described": Topic(faults.fault, faults.ask_fault),
    "cancel_order": Topic(money.cancel, changes.ask_cancel, kept="utter_order_kept"),
    "change_order": Topic(changes.change_order, changes.ask_change, kept="utter_order_kept"),
    "return_item": Topic(returns.give_back, returns.ask_return),
    "exchange_item": Topic(returns.exchange, returns.ask_exchange),
    "request_refund": Topic(refunds.pay_back, refunds.ask),
    "refund_status": Topic(money.refund_status),
    "request_compensation": Topic(compensation.compensate, compensation.ask),
    "payment_problem": Topic(papers.payment, papers.ask_payment),
    "ask_invoice": Topic(papers.invoice),
    "waiting_list": Topic(stock.wait, stock.ask_waiting, of_order=False),
    "discount_problem": Topic(discounts.explain, discounts.ask, of_order=False),
    "newsletter": Topic(service.newsletter, service.ask_newsletter, of_order=False),
    "privacy_request": Topic(service.privacy, service.ask_privacy, of_order=False),
    "account_problem": Topic(service.account, service.ask_account, of_order=False),
}
"""By the slot `topic`: the intents of domain/order.yml, and what a choice below begins."""

BEGINS: dict[str, str] = {
    "wait": "wait",
    "search": "missing_parcel",
    "cancel": "cancel_order",
    "return": "withdraw",
    "waiting_list": "waiting_list",
    "compensation": "request_compensation",
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
