"""Money back: `request_refund` finds the way that leads to it."""

from __future__ import annotations

from actions.asking import told
from actions.asking.question import Question, choice
from actions.case import Case
from actions.shop.interface import Order, OrderStatus
from actions.topics import faults, money, parcels, returns

_WHY = {
    "faulty": (
        r"rikki|hajo\w*|lakka\w*|ei toimi\w*|viallin\w*|vika\w*|vaurio\w*|halke\w*|katki|ei toota|lagune\w*|defekt\w*|"
        r"vigane|broke\w*|stopped working|does(?:n't| not) work|faulty|defective|damaged|fell apart"
    ),
    "missing": (
        r"ei (?:ole )?tullut|ei saapunut|kadon\w*|katos\w*|pole (?:kohal|saanud)|kadunud|never (?:came|arrived)|lost"
    ),
    "return": (
        r"palaut\w*|ei sovi|liian (?:iso|suuri|pieni)|tagasta\w*|ei sobi|liiga (?:suur|vaike)|return\w*|"
        r"too (?:big|small)|doesn't fit"
    ),
}
_WAYS = {"return": "return_item", "faulty": "defective_item", "missing": "missing_parcel"}


def ask(case: Case, order: Order) -> Question | None:
    """On its way already, cancel, return, a fault, or a parcel that never came: then it is that matter."""
    if order.refunds:
        return None
    if not order.shipped and order.status is not OrderStatus.CANCELLED:
        case.turn_to("cancel_order")
        return money.ask_cancel(case, order)
    if order.status is not OrderStatus.DELIVERED:
        return None
    if not case.fact("why"):
        case.know(why=told.wish(case, _WHY))
    question = choice(
        case, "why", "utter_ask_refund_why", ["return", "faulty", "missing", "other"], number=order.number
    )
    way = _WAYS.get(case.fact("why") or "")
    if question or way is None:
        return question
    case.turn_to(way)
    if way == "defective_item":
        case.know(choice="refund")
    asks = {"return_item": returns.ask_return, "defective_item": faults.ask_fault, "missing_parcel": parcels.ask}
    return asks[way](case, order)


def pay_back(case: Case, order: Order) -> None:
    """Tell where the money is, or what can be done while the order is on its way; else a person decides."""
    if order.refunds:
        money.refund_status(case, order)
    elif order.status in (OrderStatus.SHIPPED, OrderStatus.LATE, OrderStatus.PICKUP):
        money.too_late(case, order)
    else:
        case.say("utter_noted_order", number=order.number)
        case.hand_over("policy")
