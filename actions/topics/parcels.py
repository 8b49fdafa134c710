"""The whole parcel is missing: `missing_parcel`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from actions import desk, wording
from actions.asking import items
from actions.asking.question import YES, Question, choice, yes_no
from actions.authority import Kind
from actions.carriers import delivery_state
from actions.carriers.state import DeliveryState
from actions.case import Case
from actions.deeds import Deed, agreement, once, propose
from actions.shop.interface import EventCode, Inquiry, Order, OrderStatus, Refusal, ShopRefused
from actions.topics import amends, delivery

_GONE = frozenset({EventCode.LOST, EventCode.DAMAGED, EventCode.RETURNING, EventCode.RETURNED})
_INQUIRY = Deed("inquiry_opened", "inquiry")


def ask(case: Case, order: Order) -> Question | None:
    """Where the carrier says that it is gone: new parcel or money. Where it should be there: look around first."""
    state = _state(order)
    if case.fact("searched"):
        return None
    if _gone(order, state):
        ways = ["send", "refund"] if order.paid else ["send", "other"]
        question = choice(
            case, "choice", "utter_ask_lost" if order.paid else "utter_ask_lost_unpaid", ways, number=order.number
        )
        if question or case.fact("choice") not in ("send", "refund"):
            return question
        deed = _gone_deed(case, order)
        names, total = items.names(order.lines, case.locale), wording.sum_of(deed.amount, case.locale)
        say = "utter_confirm_resend" if case.fact("choice") == "send" else "utter_confirm_refund"
        return agreement(case, order, deed, say, items=names, sum=total)
    values = {"number": order.number, "carrier": _carrier(order)}
    if state.status is OrderStatus.DELIVERED:
        day = wording.local_day(state.last_event.at) if state.last_event else order.delivered_on
        when = wording.when(day, case.locale) if day else ""
        asked = yes_no(
            case, "utter_confirm_inquiry", desk.card(case, order)["card"], date=when, place=_place(order), **values
        )
        return replace(asked, kind="looked") if asked else None
    if state.status is OrderStatus.LATE and delivery.is_silent(state):
        return yes_no(case, "utter_confirm_inquiry_silent", desk.card(case, order)["card"], **values)
    return None


def ask_late(case: Case, order: Order) -> Question | None:
    """Who asks where a parcel is that the carrier has given up is not told to wait: it is that other matter."""
    if not _gone(order, _state(order)):
        return None
    case.turn_to("missing_parcel")
    return ask(case, order)


def search(case: Case, order: Order) -> None:
    """Do what was chosen; where the parcel is simply on its way, tell how it stands."""
    chosen = case.fact("choice")
    if case.fact("searched"):
        delivery.tell(case, order)
    elif chosen == "send":
        amends.resend(case, order, _gone_deed(case, order), reason="lost")
    elif chosen == "refund":
        amends.refund(case, order, _gone_deed(case, order), reason="lost")
    elif chosen:
        case.say("utter_noted_order", note=desk.card(case, order), number=order.number)
        case.hand_over("policy")
    elif case.fact("confirmed") == YES:
        _open_inquiry(case, order)
    else:
        delivery.tell(case, order)
        if order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
            case.say("utter_offer_human")  # who misses a parcel that is none of ours any more may know better


def _open_inquiry(case: Case, order: Order) -> None:
    """Gives nothing away, so no code is asked for."""

    def do(key: str) -> Inquiry:
        text = case.fact("told") or ""
        return desk.shop().open_inquiry(order, text=text, idempotency_key=key)

    try:
        opened = once(case, _INQUIRY, order.customer.email, case.key(f"{order.number}:inquiry"), do)
    except ShopRefused as refused:
        if refused.code is not Refusal.INQUIRY_OPEN:
            raise
        note = {**desk.card(case, order), "offer": "human"}
        case.say("utter_inquiry_open", note=note, number=order.number, carrier=_carrier(order))
        return
    if opened is None:
        propose(case, order, _INQUIRY)
        return
    case.effect("inquiry_opened", order.number, reference=opened.reference, due_on=opened.due_on)
    case.know(searched=opened.due_on.isoformat())
    case.say(
        "utter_inquiry_opened",
        number=order.number,
        carrier=opened.carrier,
        date=wording.when(opened.due_on, case.locale),
        reference=opened.reference,
    )


def _gone_deed(case: Case, order: Order) -> Deed:
    if case.fact("choice") == "send":
        ids = ",".join(line.id for line in order.lines)
        return Deed("item_resent", f"resend:{ids}", Kind.GOODS, items.worth(order.lines), {"lines": ids})
    paid_back = sum((refund.amount.amount for refund in order.refunds), Decimal(0))
    amount = order.total.amount - paid_back if order.paid else Decimal(0)
    return Deed("refund_made", "refund:lost", Kind.MONEY, max(amount, Decimal(0)), {"reason": "lost"})


def _state(order: Order) -> DeliveryState:
    return delivery_state(order, order.tracking.events if order.tracking else (), desk.shop().today())


def _gone(order: Order, state: DeliveryState) -> bool:
    still_open = state.status in (OrderStatus.LATE, OrderStatus.SHIPPED, OrderStatus.RETURNED) and not order.refunds
    return still_open and state.last_event is not None and state.last_event.code in _GONE


def _carrier(order: Order) -> str:
    return order.tracking.carrier if order.tracking else ""


def _place(order: Order) -> str:
    point = order.tracking.pickup_point if order.tracking else None
    return point or f"{order.address.street}, {order.address.city}"
