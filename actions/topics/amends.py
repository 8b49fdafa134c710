"""Making good: sending once more, and paying back without anything coming back."""

from __future__ import annotations

from actions import desk, wording
from actions.asking import items
from actions.case import Case
from actions.deeds import Deed, carry_out
from actions.shop.interface import Order, Refund, Refusal, Replacement, ShopRefused
from actions.shop.model import Money


def resend(case: Case, order: Order, deed: Deed, *, reason: str) -> None:
    """Send these lines once more, free of charge."""
    lines = items.chosen(case, order)

    def do(key: str) -> Replacement:
        return desk.shop().resend_item(order, [line.id for line in lines], reason=reason, idempotency_key=key)

    try:
        sent = carry_out(case, order, deed, do)
    except ShopRefused as refused:
        if refused.code not in (Refusal.ALREADY_RESENT, Refusal.OUT_OF_STOCK):
            raise
        case.say("utter_resend_refused", number=order.number)
        case.hand_over("policy")
        return
    if sent is not None:
        case.effect("item_resent", order.number, reference=sent.reference)
        date = wording.when(sent.expected_on, case.locale)
        names = items.names(lines, case.locale)
        case.say("utter_resent", note=desk.card(case, order), items=names, date=date, reference=sent.reference)


def refund(case: Case, order: Order, deed: Deed, *, reason: str) -> None:
    """Pay back without anything coming back."""

    def do(key: str) -> Refund:
        return desk.shop().refund(order, Money(deed.amount), reason=reason, idempotency_key=key)

    paid = carry_out(case, order, deed, do)
    if paid is None:
        return
    case.effect("refund_made", order.number, amount=f"{paid.amount.amount:.2f}", reference=paid.reference)
    case.say(
        "utter_refund_made",
        note=desk.card(case, order),
        sum=wording.sum_of(paid.amount.amount, case.locale),
        method=wording.REFUND_METHODS[case.locale].get(paid.method, ""),
        date=wording.when(paid.expected_on, case.locale) if paid.expected_on else "",
        reference=paid.reference,
    )
