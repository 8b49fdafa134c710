"""An order as the card that the clients show (`docs/protocol.md`, Card)."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.carriers import delivery_state

from .model import Order, Tracking

SHOWN_EVENTS = 5


def order_card(order: Order, today: date, language: str | None = None) -> dict[str, Any]:
    """The card, with names of items in this language (else the customer's own).

    Holds nothing that tells who the customer is. Events are the newest few, in the order of time.
    """
    language = language or order.customer.language
    state = delivery_state(order, order.tracking.events if order.tracking else (), today)
    return {
        "type": "order",
        "number": order.number,
        "status": state.status.value,
        "items": [{"name": line.name.say(language), "quantity": line.quantity} for line in order.lines],
        "total": order.total.to_wire(),
        "ordered_on": order.ordered_on.isoformat(),
        "promised_on": order.promised_on.isoformat(),
        "expected_on": state.expected_on.isoformat() if state.expected_on else None,
        "tracking": _tracking(order.tracking) if order.tracking else None,
    }


def _tracking(tracking: Tracking) -> dict[str, Any]:
    events = tracking.events[-SHOWN_EVENTS:]
    return {
        "carrier": tracking.carrier,
        "code": tracking.code,
        "events": [{"at": event.at, "place": event.place, "code": event.code.value} for event in events],
    }
