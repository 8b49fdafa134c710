"""Cancelling, and the money that comes back: `cancel_order`, `refund_status`."""

from __future__ import annotations

from actions import desk, policy, wording
from actions.asking import items, told
from actions.asking.question import Question
from actions.case import Case
from actions.deeds import Deed, agreed, agreement, carry_out
from actions.shop.interface import Change, Operation, Order, OrderStatus, Refusal, ShopRefused
from actions.titles import CHOICES
from bot.words import best

CANCEL = Deed("order_cancelled", "cancel")


def ask_cancel(case: Case, order: Order) -> Question | None:
    """Before shipping: ask once before it is done."""
    if not _can_cancel(order):
        return None
    total = wording.sum_of(order.total.amount, case.locale)
    return agreement(case, order, CANCEL, "utter_confirm_cancel", number=order.number, sum=total)


def ask_part(case: Case, order: Order) -> str | None:
    """The line of an order with several that the wish to cancel names: only that is to go."""
    if len(order.lines) < 2 or case.fact("items"):
        return None
    at = best(told.plain(case), [items.name(line, case.locale) for line in order.lines])
    return None if at is None else order.lines[at].id


def _can_cancel(order: Order) -> bool:
    here = order.status is not OrderStatus.CANCELLED and not order.shipped
    return here and desk.shop().can(Operation.CANCEL_ORDER)


def too_late(case: Case, order: Order) -> None:
    """It has left the warehouse: the right of withdrawal remains, and a person arranges it."""
    _tell_of_withdrawing(case, order, "utter_cancel_too_late")
    case.hand_over("policy")


def cancel(case: Case, order: Order) -> None:
    """Do it: the customer has confirmed. After shipping say what can be done."""
    if not agreed(case, order) and not _can_cancel(order):
        _no_cancel(case, order)
        return

    def do(key: str) -> Change:
        return desk.shop().cancel_order(order, reason="customer", idempotency_key=key)

    try:
        change = carry_out(case, order, CANCEL, do)
    except ShopRefused as refused:
        if refused.code not in (Refusal.ALREADY_SHIPPED, Refusal.ALREADY_CANCELLED):
            raise
        _no_cancel(case, order)
        return
    if change is not None:
        _tell_cancelled(case, order, change)


def _no_cancel(case: Case, order: Order) -> None:
    if order.status is OrderStatus.CANCELLED:
        case.say("utter_order_is_cancelled", note=desk.card(case, order), number=order.number)
    elif order.status is OrderStatus.DELIVERED:
        facts = policy.current().facts
        titles = CHOICES[case.locale]
        buttons = [
            {"title": titles["return"], "payload": "/return_item"},
            {"title": titles["person"], "payload": "/speak_to_human"},
        ]
        note = desk.card(case, order)
        case.say("utter_cancel_delivered", buttons=buttons, note=note, number=order.number, facts=facts)
    elif order.status is OrderStatus.LATE:
        too_late(case, order)  # who has waited too long is not told to wait for the parcel and send it back
    else:
        _tell_of_withdrawing(case, order, "utter_cancel_shipped", offer="human")


def _tell_of_withdrawing(case: Case, order: Order, response: str, **note: str) -> None:
    facts, link = policy.current().facts, policy.current().withdrawal_link(order.number)
    case.say(response, note={**desk.card(case, order), **note}, number=order.number, facts=facts, link=link)


def _tell_cancelled(case: Case, order: Order, change: Change) -> None:
    refund = change.refund
    amount = f"{refund.amount.amount:.2f}" if refund else None
    case.effect("order_cancelled", order.number, amount=amount, reference=change.reference)
    if refund and refund.expected_on:
        case.say(
            "utter_cancelled_refund",
            note=desk.card(case, change.order),
            number=order.number,
            sum=wording.sum_of(refund.amount.amount, case.locale),
            date=wording.when(refund.expected_on, case.locale),
            reference=change.reference,
        )
    else:
        case.say("utter_cancelled", note=desk.card(case, change.order), number=order.number, reference=change.reference)


def refund_status(case: Case, order: Order) -> None:
    """How far the money is."""
    refunds = desk.shop().refund_status(order)
    if not refunds:
        case.say("utter_no_refund", note={**desk.card(case, order), "offer": "human"}, number=order.number)
        return
    newest = refunds[0]
    coming = newest.expected_on if newest.expected_on and newest.expected_on >= desk.shop().today() else None
    case.say(
        "utter_refund_on_its_way" if coming else "utter_refund_state",
        note=desk.card(case, order),
        number=order.number,
        sum=wording.sum_of(newest.amount.amount, case.locale),
        state=wording.refund(newest.state, newest.method, case.locale),
        date=wording.when(coming, case.locale) if coming else "",
    )
