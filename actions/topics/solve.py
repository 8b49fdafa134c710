"""What is done once it is known what is wanted and which order it is about."""

from __future__ import annotations

from collections.abc import Callable

from actions import desk
from actions.case import Case, CaseAction
from actions.shop.interface import Order
from actions.topics import delivery, money

Solution = Callable[[Case, Order], None]


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


SOLUTIONS: dict[str, Solution] = {
    "track_order": delivery.tell,
    "late_delivery": delivery.tell,
    "cancel_order": money.ask_cancel,
    "return_item": money.returning,
    "refund_status": money.refund_status,
    "missing_parcel": for_a_person,
    "change_delivery": for_a_person,
    "wrong_item": for_a_person,
    "missing_item": for_a_person,
    "defective_item": for_a_person,
    "not_as_described": for_a_person,
    "change_order": for_a_person,
    "exchange_item": for_a_person,
    "request_refund": money_back,
    "request_compensation": for_a_person,
    "payment_problem": for_a_person,
    "ask_invoice": for_a_person,
}
"""By topic: the intents that need an order (the slot `topic` in domain/order.yml)."""

CHOICES: dict[str, Solution] = {
    "wait": delivery.wait,
    "cancel": money.ask_cancel,
    "return": money.too_late,
    "confirm_cancel": money.cancel,
    "keep": lambda case, order: case.say("utter_order_kept", number=order.number),
}
"""By what a button of ours stands for."""


class ActionSolve(CaseAction):
    """Runs when the order form is done."""

    def name(self) -> str:
        """As in data/rules/orders.yml."""
        return "action_solve"

    def solve(self, case: Case) -> None:
        """Do what the topic wants. Without an order the form has ended with a handoff, and all is said."""
        order = desk.proved_order(case)
        if order is not None:
            SOLUTIONS[case.slot("topic") or "track_order"](case, order)


class ActionChoose(CaseAction):
    """Runs when the customer has taken one of the choices offered, by button or in words."""

    def name(self) -> str:
        """As in data/rules/orders.yml."""
        return "action_choose"

    def solve(self, case: Case) -> None:
        """Do what was chosen."""
        chosen = CHOICES.get(case.entity("choice") or "")
        order = desk.proved_order(case)
        if chosen is None or order is None:
            case.say("utter_rephrase")
            return
        chosen(case, order)
