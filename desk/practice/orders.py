"""The shop of the practice room: one order a customer, as the console sees a real one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.conversation.event import Json
from desk.practice.scripts import PracticeOrder, Script

LINE = "practice-line"
_KINDS = {
    "processing": ("refund_made", "order_cancelled", "compensation_granted", "address_changed"),
    "shipped": ("refund_made", "item_resent", "compensation_granted", "inquiry_opened"),
    "late": ("refund_made", "item_resent", "compensation_granted", "inquiry_opened"),
    "delivered": ("refund_made", "item_resent", "compensation_granted", "inquiry_opened", "return_opened"),
    "returned": ("refund_made", "compensation_granted"),
}
_COUNTRIES = {"fi": "FI", "et": "EE", "en": "IE"}


def order_of(script: Script, at: int, zone: ZoneInfo) -> Json | None:
    """The order as `POST …/order` answers it, without the limits; None: the matter is not about one."""
    order = script.order
    if order is None:
        return None
    price = f"{order.price:.2f}"
    return {
        "card": card_of(order, at, zone),
        "lines": [{"id": LINE, "name": order.item, "quantity": 1, "unit_price": price}],
        "kinds": list(_KINDS[order.state]),
        "refundable": price,
        "address": {
            "name": script.name,
            "street": {"fi": "Harjoituskatu 1", "et": "Harjutuse 1", "en": "1 Practice Lane"}[script.locale],
            "postal_code": "00000",
            "city": {"fi": "Harjula", "et": "Harjula", "en": "Hartley"}[script.locale],
            "country": _COUNTRIES[script.locale],
        },
        "customer": {"name": script.name, "language": script.locale},
    }


def card_of(order: PracticeOrder, at: int, zone: ZoneInfo) -> Json:
    """The card of docs/protocol.md, dated from today."""
    today = datetime.fromtimestamp(at / 1000, zone).date()
    return {
        "type": "order",
        "number": order.number,
        "status": order.state,
        "items": [{"name": order.item, "quantity": 1}],
        "total": {"amount": f"{order.price:.2f}", "currency": "EUR"},
        "ordered_on": _day(today, order.ordered),
        "promised_on": _day(today, order.promised),
        "expected_on": None,
        "tracking": None,
    }


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
