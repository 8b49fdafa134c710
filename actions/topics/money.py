"""Cancelling, returning and money back: `cancel_order`, `return_item`, `refund_status`."""

from __future__ import annotations

from datetime import timedelta

from actions import desk, policy, wording
from actions.asking.question import Question
from actions.case import Case
from actions.deeds import Deed, agreed, agreement, carry_out
from actions.shop.interface import Change, Operation, Order, OrderStatus, Refusal, ShopRefused

CANCEL = Deed("order_cancelled", "cancel")


def ask_cancel(case: Case, order: Order) -> Question | None:
    """Before shipping: ask once before it is done."""
    if not _can_cancel(order):
        return None
    total = wording.sum_of(order.total.amount, case.locale)
    return agreement(case, order, CANCEL, "utter_confirm_cancel", number=order.number, sum=total)


def _can_cancel(order: Order) -> bool:
    here = order.status is not OrderStatus.CANCELLED and not order.shipped
    return here and desk.shop().can(Operation.CANCEL_ORDER)


def too_late(case: Case, order: Order) -> None:
    """It has left the warehouse: the right of withdrawal remains, and where it is still on its way a person arranges
    it."""
    if order.status in (OrderStatus.DELIVERED, OrderStatus.PICKUP):
        returning(case, order)
        return
    case.say("utter_cancel_too_late", number=order.number, facts=policy.current().facts)
    case.hand_over("policy")


def cancel(case: Case, order: Order) -> None:
    """Do it: the customer has confirmed. After shipping say what can be done."""
    if not agreed(case, order.customer) and not _can_cancel(order):
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
    else:
        too_late(case, order)


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


def returning(case: Case, order: Order) -> None:
    """Until when, and how. Opening the return itself is a person's work in this version."""
    facts = policy.current().facts
    delivered = order.delivered_on
    if delivered is None:
        case.say("utter_return_after_arrival", number=order.number, facts=facts)
        return
    until = delivered + timedelta(days=int(facts["returns_shop_days"]))
    in_time = until >= desk.shop().today()
    case.say(
        "utter_return_in_time" if in_time else "utter_return_over",
        note={**desk.card(case, order), "offer": "human"},
        number=order.number,
        until=wording.short(until, case.locale),
        facts=facts,
    )


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
