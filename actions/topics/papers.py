"""Invoices and payments of an order: `ask_invoice`, `payment_problem`."""

from __future__ import annotations

from actions import desk, wording
from actions.asking import told
from actions.asking.question import Question, choice
from actions.case import Case
from actions.shop.interface import Order

_TROUBLES = {
    "twice": r"kahdesti|kahteen kertaan|kaksi kertaa|kaks kertaa|tuplana|tupla\w*|kaks korda|topelt\w*|twice|double|two times",
    "failed": (
        r"ei mennyt lapi|ei menny lapi|hylat\w*|ei onnistu\w*|epaonnistu\w*|ei toimi\w*|"
        r"ebaonnestu\w*|ei lainud labi|ei onnestu\w*|lukat\w*|failed|declined|rejected|didn't go|did not go|won't go"
    ),
}


def invoice(case: Case, order: Order) -> None:
    """Its number, sum and dates, and the link where there is one."""
    found = desk.shop().invoice(order)
    if found is None:
        case.say("utter_invoice_none", note={**desk.card(case, order), "offer": "human"}, number=order.number)
        return
    due = not found.paid and found.due_on is not None
    case.say(
        "utter_invoice_due" if due else "utter_invoice_paid",
        note=desk.card(case, order),
        invoice=found.number,
        number=order.number,
        sum=wording.sum_of(found.total.amount, case.locale),
        vat=wording.sum_of(found.vat.amount, case.locale),
        issued=wording.short(found.issued_on, case.locale),
        until=wording.short(found.due_on, case.locale) if found.due_on else "",
    )
    if found.url:
        case.say("utter_invoice_link", url=found.url)
    else:
        case.say("utter_invoice_copy", note={"offer": "human"})


def ask_payment(case: Case, order: Order) -> Question | None:
    """What went wrong, unless it was said."""
    if not case.fact("payment"):
        case.know(payment=told.wish(case, _TROUBLES))
    total = wording.sum_of(order.total.amount, case.locale)
    return choice(case, "payment", "utter_ask_payment", ["twice", "failed", "other"], number=order.number, sum=total)


def payment(case: Case, order: Order) -> None:
    """What the books say, and what happens next."""
    trouble = case.fact("payment")
    values = {"number": order.number, "sum": wording.sum_of(order.total.amount, case.locale)}
    if trouble == "twice" and order.paid:
        case.say("utter_payment_twice", note={**desk.card(case, order), "offer": "human"}, facts=values)
    elif trouble == "failed" and order.paid:
        case.say("utter_payment_received", note=desk.card(case, order), facts=values)
    elif trouble == "failed":
        case.say("utter_payment_open", note=desk.card(case, order), facts=values)
        case.hand_over("policy")
    else:
        case.say("utter_noted_order", note=desk.card(case, order), number=order.number)
        case.hand_over("policy")
