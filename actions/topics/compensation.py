"""Vouchers for trouble: `request_compensation`, and the one that comes with a late order."""

from __future__ import annotations

import re
from decimal import Decimal

from actions import desk, policy, wording
from actions.asking import told
from actions.asking.question import YES, Question, choice, text
from actions.authority import Kind
from actions.carriers import delivery_state
from actions.case import Case
from actions.deeds import Deed, agreed, agreement, carry_out, propose
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
        case.say("utter_compensation_already", note={"offer": "human"}, number=order.number)
        return None
    if granted is not None:
        case.effect(
            "compensation_granted", order.number, amount=f"{granted.amount.amount:.2f}", reference=granted.reference
        )
    return granted


def ask(case: Case, order: Order) -> Question | None:
    """What for; what the policy allows; where that is not enough, how much, for a person to decide."""
    late = _lateness(order)
    if not case.fact("what") and (told.story(case) or late is not None):
        case.know(what=told.story(case) or "late_delivery")
    question = text(case, "what", "utter_ask_reason", number=order.number)
    if question:
        return question
    offered = _offered(order)
    wanted = _euros(case.fact("amount") or "")
    if wanted is not None and wanted > offered:
        return None
    if case.fact("choice") != "accept" and not desk.authority().may(Kind.MONEY, order.customer.email, offered):
        return text(case, "amount", "utter_ask_sum")  # nothing is offered that a person may still refuse
    total = wording.sum_of(offered, case.locale)
    question = choice(case, "choice", "utter_offer_compensation", ["accept", "more"], sum=total, number=order.number)
    if question:
        return question
    if case.fact("choice") == "accept":
        case.know(confirmed=YES)
        return agreement(case, order, deed(offered), "utter_offer_compensation")
    return text(case, "amount", "utter_ask_sum")


def compensate(case: Case, order: Order) -> None:
    """Grant what was accepted; more than that goes to a person with the sum and the reason."""
    if case.fact("choice") != "accept" and not agreed(case, order):
        wanted = _euros(case.fact("amount") or "") or Decimal(0)
        propose(case, order, deed(wanted, reason=case.fact("what") or "", asked=case.fact("amount") or ""))
        return
    granted = grant(case, order, deed(_offered(order)), reason="goodwill")
    if granted is not None:
        case.say(
            "utter_compensation_voucher",
            sum=wording.sum_of(granted.amount.amount, case.locale),
            code=granted.code or granted.reference,
            until=wording.short(granted.valid_until, case.locale) if granted.valid_until else "",
        )


def _offered(order: Order) -> Decimal:
    """By the delay, also of what has arrived since; else a small sum for the trouble."""
    return _lateness(order) or policy.current().goodwill


def _lateness(order: Order) -> Decimal | None:
    state = delivery_state(order, order.tracking.events if order.tracking else (), desk.shop().today())
    return policy.current().late_compensation(state.days_late, order.total.amount)


def _euros(said: str) -> Decimal | None:
    """ "85 €", "EUR 30,50" → the sum; None where there is none."""
    found = re.search(r"\d+(?:[.,]\d{1,2})?", said)
    return Decimal(found[0].replace(",", ".")) if found else None
