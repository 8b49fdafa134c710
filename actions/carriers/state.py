"""Is it late, is it there? Computed from the promise, the carrier's events and the day; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from actions.shop.model import EventCode, Order, OrderStatus, TrackingEvent

SHOP_ZONE = ZoneInfo("Europe/Helsinki")  # the same hour as Tallinn: one day for the whole shop

# What settles a parcel. `UNKNOWN` and everything on the way leaves it open.
_SETTLED = {
    EventCode.DELIVERED: OrderStatus.DELIVERED,
    EventCode.RETURNED: OrderStatus.RETURNED,
    EventCode.READY_FOR_PICKUP: OrderStatus.PICKUP,
}
_FINAL = (OrderStatus.CANCELLED, OrderStatus.RETURNED)


class DeliveryState(NamedTuple):
    """`days_late` is 0 when on time; for what has arrived late it is how late it came."""

    status: OrderStatus
    days_late: int
    last_event: TrackingEvent | None
    expected_on: date | None


def delivery_state(order: Order, events: Sequence[TrackingEvent], today: date) -> DeliveryState:
    """How the delivery stands on this day.

    What the shop says is final or delivered is so; between the rest the carrier's events decide, because a shop is
    often told of a delivery hours after the carrier knows. An order whose status was computed before gives the same.
    """
    ordered = sorted(events, key=lambda event: event.at)
    last = ordered[-1] if ordered else None
    if order.status in _FINAL:
        return DeliveryState(order.status, 0, last, None)
    arrival = _arrival(ordered)
    if order.status is OrderStatus.DELIVERED:
        arrival = OrderStatus.DELIVERED, order.delivered_on or (arrival[1] if arrival else order.promised_on)
    if arrival is not None:
        status, day = arrival
        came = status is not OrderStatus.RETURNED  # what never came to the customer was not late either
        return DeliveryState(status, max(0, (day - order.promised_on).days) if came else 0, last, None)
    days_late = max(0, (today - order.promised_on).days)
    if days_late:
        return DeliveryState(OrderStatus.LATE, days_late, last, _still_to_come(order, today))
    status = OrderStatus.SHIPPED if order.shipped else OrderStatus.PROCESSING
    return DeliveryState(status, 0, last, order.expected_on or order.promised_on)


def _arrival(ordered: Sequence[TrackingEvent]) -> tuple[OrderStatus, date] | None:
    """The status and day of the newest event that settles the parcel; none while it is on its way back."""
    for event in reversed(ordered):
        if event.code is EventCode.RETURNING:
            return None
        if event.code in _SETTLED:
            return _SETTLED[event.code], local_day(event.at)
    return None


def _still_to_come(order: Order, today: date) -> date | None:
    """An estimate that has passed as well is worth nothing: better none than a false one."""
    return order.expected_on if order.expected_on and order.expected_on >= today else None


def local_day(at: int) -> date:
    """The shop's calendar day of a moment (milliseconds since 1970 UTC)."""
    return datetime.fromtimestamp(at / 1000, SHOP_ZONE).date()
