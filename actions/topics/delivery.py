"""Where is it, and why is it not here: `track_order` and `late_delivery`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from actions import desk, policy, wording
from actions.asking.question import YES, Question, button
from actions.authority import Kind
from actions.carriers import delivery_state
from actions.carriers.state import DeliveryState
from actions.case import Case
from actions.deeds import Deed, agreement
from actions.shop.interface import EventCode, Operation, Order, OrderStatus
from actions.titles import CHOICES
from actions.topics import compensation

WAIT, RETURN, CANCEL, PERSON = (
    '/choose{"choice": "wait"}',
    '/choose{"choice": "return"}',
    '/choose{"choice": "cancel"}',
    "/speak_to_human",
)


SILENT_DAYS = 4
"""Without news from the carrier of a parcel that is late: time to search for it."""


def tell(case: Case, order: Order) -> None:
    """Say how the delivery stands; where it is late, apologise once and offer choices."""
    state, searched = _state(order), case.fact("searched")
    if searched:
        _searched(case, order, date.fromisoformat(searched))
    elif state.status is OrderStatus.LATE:
        _late(case, order, state)
    elif state.status in (OrderStatus.DELIVERED, OrderStatus.PICKUP, OrderStatus.CANCELLED, OrderStatus.RETURNED):
        _settled(case, order, state)
    else:
        expected = state.expected_on or order.promised_on
        response = "utter_on_time" if order.shipped else "utter_processing"
        case.say(
            response,
            note=desk.card(case, order),
            number=order.number,
            date=_when(expected, case),
            where=_where(order, state, case),
        )


def _searched(case: Case, order: Order, due_on: date) -> None:
    """What the carrier was asked in this conversation, and by when it answers."""
    carrier = order.tracking.carrier if order.tracking else ""
    note = desk.card(case, order)
    case.say("utter_inquiry_under_way", note=note, number=order.number, carrier=carrier, date=_when(due_on, case))


def _late(case: Case, order: Order, state: DeliveryState) -> None:
    again = case.slot("told_late") == order.number
    if state.expected_on:
        response = "utter_late_again" if again else "utter_late"
    else:
        response = "utter_late_again_no_date" if again else "utter_late_no_date"
    case.say(
        response,
        buttons=_choices(case, order, state),
        note=desk.card(case, order),
        number=order.number,
        where=_where(order, state, case),
        date=_when(state.expected_on, case) if state.expected_on else "",
        promised=_when(order.promised_on, case),
        promised_on=wording.short(order.promised_on, case.locale),
    )
    case.set("told_late", order.number)


def _choices(case: Case, order: Order, state: DeliveryState) -> list[dict[str, str]]:
    """What this shop, this order and the policy allow."""
    titles = TITLES[case.locale]
    amount = policy.current().late_compensation(state.days_late, order.total.amount)
    buttons = []
    if amount is not None and _may_give(order, amount):
        buttons.append({"title": titles["wait"].format(sum=wording.sum_of(amount, case.locale)), "payload": WAIT})
    if is_silent(state) and order.shipped and desk.shop().can(Operation.OPEN_INQUIRY):
        buttons.append(button("search", titles["search"]))
    if order.shipped:
        buttons.append({"title": titles["return"], "payload": RETURN})
    elif desk.shop().can(Operation.CANCEL_ORDER):
        buttons.append({"title": titles["cancel"], "payload": CANCEL})
    return [*buttons, {"title": CHOICES[case.locale]["person"], "payload": PERSON}]


def _may_give(order: Order, amount: Decimal) -> bool:
    """Nothing is offered that a person may still refuse."""
    able = desk.shop().can(Operation.GRANT_COMPENSATION)
    return able and desk.authority().may(Kind.MONEY, order.customer.email, amount)


TITLES = {
    "fi": {
        "wait": "Odotan ja otan hyvityskupongin, {sum}",
        "search": "Pyydän selvitystä kuljetusyhtiöltä",
        "return": "Peruutan kaupan ja haluan rahat takaisin",
        "cancel": "Perun tilauksen ja haluan rahat takaisin",
    },
    "et": {
        "wait": "Ootan ja võtan kupongi, {sum}",
        "search": "Soovin, et vedaja paki üles otsiks",
        "return": "Loobun ostust ja soovin raha tagasi",
        "cancel": "Tühistan tellimuse ja soovin raha tagasi",
    },
    "en": {
        "wait": "Wait and take a {sum} voucher",
        "search": "Have the carrier search for it",
        "return": "Return the order and get my money back",
        "cancel": "Cancel the order and get my money back",
    },
}


def _settled(case: Case, order: Order, state: DeliveryState) -> None:
    response = {
        OrderStatus.DELIVERED: "utter_delivered",
        OrderStatus.PICKUP: "utter_pickup",
        OrderStatus.CANCELLED: "utter_order_is_cancelled",
        OrderStatus.RETURNED: "utter_order_is_returned",
    }[state.status]
    point = (order.tracking.pickup_point if order.tracking else None) or order.address.city
    day = wording.local_day(state.last_event.at) if state.last_event else order.delivered_on
    buttons = None
    if state.status is OrderStatus.DELIVERED and not day:
        response = "utter_delivered_no_day"
    elif state.status is OrderStatus.DELIVERED and state.days_late and case.slot("topic") == "late_delivery":
        response, buttons = "utter_delivered_late", [button("compensation", CHOICES[case.locale]["compensation"])]
    case.say(
        response,
        buttons=buttons,
        note=desk.card(case, order),
        number=order.number,
        place=point,
        date=_when(day, case) if day else "",
        promised_on=wording.short(order.promised_on, case.locale),
    )


def ask_wait(case: Case, order: Order) -> Question | None:
    """The choice was the yes; who it was is still to be proved."""
    deed = _voucher(order)
    if deed is None:
        return None
    case.know(confirmed=YES)
    return agreement(case, order, deed, "utter_ask_code")


def wait(case: Case, order: Order) -> None:
    """The customer waits: grant the voucher within the policy, once an order."""
    deed = _voucher(order)
    if deed is None:
        case.say("utter_compensation_person", number=order.number)
        case.hand_over("policy")
        return
    granted = compensation.grant(case, order, deed, reason="late_delivery")
    if granted is None:
        return
    state = _state(order)
    case.say(
        "utter_compensation_granted" if state.expected_on else "utter_compensation_granted_no_date",
        number=order.number,
        sum=wording.sum_of(granted.amount.amount, case.locale),
        code=granted.code or granted.reference,
        until=wording.short(granted.valid_until, case.locale) if granted.valid_until else "",
        date=_when(state.expected_on, case) if state.expected_on else "",
    )


def _voucher(order: Order) -> Deed | None:
    amount = policy.current().late_compensation(_state(order).days_late, order.total.amount)
    return None if amount is None else compensation.deed(amount)


def is_silent(state: DeliveryState) -> bool:
    """Whether the carrier has had no news of it for so long that it should be searched for."""
    if state.last_event is None:
        return True
    return (desk.shop().today() - wording.local_day(state.last_event.at)).days >= SILENT_DAYS


def _state(order: Order) -> DeliveryState:
    return delivery_state(order, order.tracking.events if order.tracking else (), desk.shop().today())


def _when(day: date | None, case: Case) -> str:
    return wording.when(day, case.locale) if day else ""


def _where(order: Order, state: DeliveryState, case: Case) -> str:
    event = state.last_event
    if event:
        return wording.where(event.code, event.place, case.locale)
    return wording.where(EventCode.UNKNOWN, "", case.locale) if order.shipped else wording.AT_OURS[case.locale]
