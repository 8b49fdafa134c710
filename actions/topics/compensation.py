"""Vouchers for trouble: `request_compensation`, and the one that comes with a late order."""

from __future__ import annotations

from decimal import Decimal

from actions import desk
from actions.authority import Kind
from actions.case import Case
from actions.deeds import Deed, carry_out
from actions.shop.interface import Compensation, Order, Refusal, ShopRefused
from actions.shop.model import Money


def deed(amount: Decimal, **details: str) -> Deed:
    """A voucher of so much, once an order."""
    return Deed("compensation_granted", "compensation", Kind.MONEY, amount, details)


def grant(case: Case, order: Order, wanted: Deed, *, reason: str) -> Compensation | None:
    """Grant it; None where it was proposed or granted before, and the customer told so."""
    amount = Money(wanted.amount)

    def do(key: str) -> Compensation:
        return desk.shop().grant_compensation(order, amount, reason=reason, idempotency_key=key)

    try:
        granted = carry_out(case, order, wanted, do)
    except ShopRefused as refused:
        if refused.code is not Refusal.ALREADY_COMPENSATED:
            raise
        case.say("utter_compensation_already", number=order.number)
        return None
    if granted is not None:
        case.effect(
            "compensation_granted", order.number, amount=f"{granted.amount.amount:.2f}", reference=granted.reference
        )
    return granted
