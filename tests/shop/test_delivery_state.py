"""Late or there: computed from the promise, the events and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.carriers import delivery_state
from actions.carriers.state import SHOP_ZONE, local_day
from actions.shop.card import order_card
from actions.shop.interface import (
    Address,
    Customer,
    EventCode,
    LocalText,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    Tracking,
    TrackingEvent,
)

TODAY = date(2026, 11, 21)
ORDER = Order(
    id="1",
    number="100233",
    status=OrderStatus.SHIPPED,
    customer=Customer("C", "Maija Virtanen", "maija.virtanen@example.fi", "+358 40 555 0101", "fi", "FI"),
    lines=(OrderLine("1-1", "K101", LocalText({"fi": "takki", "en": "jacket"}), 1, Money(Decimal("129.9"))),),
    total=Money(Decimal("129.9")),
    shipping_fee=Money(Decimal(0)),
    ordered_on=TODAY - timedelta(days=9),
    promised_on=TODAY - timedelta(days=6),
    expected_on=TODAY + timedelta(days=2),
    shipped_on=TODAY - timedelta(days=8),
    delivered_on=None,
    address=Address("Maija Virtanen", "Mäntytie 4", "33500", "Tampere", "FI"),
    delivery_method="home",
    payment_method="card",
    paid=True,
)


def event(code: EventCode, days: int, hour: int = 12) -> TrackingEvent:
    at = datetime.combine(TODAY + timedelta(days=days), time(hour), SHOP_ZONE)
    return TrackingEvent(int(at.timestamp() * 1000), "Vantaa", code)


def test_a_promise_that_has_passed_makes_it_late() -> None:
    state = delivery_state(ORDER, [event(EventCode.SORTING, -2)], TODAY)

    assert (state.status, state.days_late, state.expected_on) == (OrderStatus.LATE, 6, TODAY + timedelta(days=2))


def test_on_the_promised_day_itself_it_is_not_late() -> None:
    state = delivery_state(replace(ORDER, promised_on=TODAY), [], TODAY)

    assert (state.status, state.days_late) == (OrderStatus.SHIPPED, 0)


def test_what_was_not_shipped_in_time_is_late_as_well() -> None:
    order = replace(ORDER, status=OrderStatus.PROCESSING, shipped_on=None)

    assert delivery_state(order, [], TODAY).status is OrderStatus.LATE
    assert not order.shipped


def test_an_estimate_that_has_passed_is_not_repeated() -> None:
    order = replace(ORDER, expected_on=TODAY - timedelta(days=1))

    assert delivery_state(order, [], TODAY).expected_on is None


def test_the_carriers_delivery_counts_before_the_shop_knows() -> None:
    state = delivery_state(ORDER, [event(EventCode.DELIVERED, -1), event(EventCode.SORTING, -2)], TODAY)

    assert (state.status, state.days_late, state.expected_on) == (OrderStatus.DELIVERED, 5, None)
    assert state.last_event is not None
    assert state.last_event.code is EventCode.DELIVERED


def test_what_waits_at_the_pickup_point_is_no_longer_late() -> None:
    assert delivery_state(ORDER, [event(EventCode.READY_FOR_PICKUP, 0)], TODAY).status is OrderStatus.PICKUP


def test_what_was_not_fetched_and_goes_back_is_not_waiting_any_more() -> None:
    events = [event(EventCode.READY_FOR_PICKUP, -4), event(EventCode.RETURNING, -1)]

    assert delivery_state(ORDER, events, TODAY).status is OrderStatus.LATE


@pytest.mark.parametrize("status", [OrderStatus.CANCELLED, OrderStatus.RETURNED])
def test_what_the_shop_says_is_final_stays_so(status: OrderStatus) -> None:
    state = delivery_state(replace(ORDER, status=status), [event(EventCode.DELIVERED, -1)], TODAY)

    assert (state.status, state.days_late) == (status, 0)


def test_a_moment_before_midnight_in_helsinki_is_that_day() -> None:
    assert local_day(int(datetime(2026, 11, 20, 21, 59, tzinfo=SHOP_ZONE).timestamp() * 1000)) == date(2026, 11, 20)
    utc_2230 = 1795213800000  # 2026-11-20 22:30 UTC, half past midnight in Helsinki
    assert local_day(utc_2230) == date(2026, 11, 21)


statuses = st.sampled_from(list(OrderStatus))
events = st.lists(
    st.builds(event, st.sampled_from(list(EventCode)), st.integers(-9, 0), st.integers(0, 23)), max_size=6
)


@given(status=statuses, events=events, promised=st.integers(-20, 20), expected=st.none() | st.integers(-5, 9))
def test_whatever_happened(
    status: OrderStatus, events: list[TrackingEvent], promised: int, expected: int | None
) -> None:
    order = replace(
        ORDER,
        status=status,
        promised_on=TODAY + timedelta(days=promised),
        expected_on=None if expected is None else TODAY + timedelta(days=expected),
    )

    state = delivery_state(order, events, TODAY)
    again = delivery_state(replace(order, status=state.status, expected_on=state.expected_on), events, TODAY)

    assert again == state
    assert state.days_late >= 0
    assert (state.status is not OrderStatus.LATE) or state.days_late > 0
    assert state == delivery_state(order, events[::-1], TODAY) or len({one.at for one in events}) < len(events)


def test_a_card_is_as_the_protocol_says_and_tells_not_who_the_customer_is() -> None:
    tracking = Tracking("Posti", "JJFI1", tuple(event(EventCode.SORTING, -7 + day) for day in range(7)))

    card = order_card(replace(ORDER, tracking=tracking), TODAY, "et")

    assert list(card) == [
        "type", "number", "status", "items", "total", "ordered_on", "promised_on", "expected_on", "tracking",
    ]  # fmt: skip
    assert card["status"] == "late"
    assert card["items"] == [{"name": "jacket", "quantity": 1}]  # no Estonian name: better English than none
    assert card["total"] == {"amount": "129.90", "currency": "EUR"}
    assert card["expected_on"] == "2026-11-23"
    assert len(card["tracking"]["events"]) == 5
    assert set(card["tracking"]["events"][-1]) == {"at", "place", "code"}
    assert not any(secret in str(card) for secret in ("Maija", "example.fi", "555", "Mäntytie"))


def test_a_card_without_a_parcel_has_none() -> None:
    order = replace(ORDER, status=OrderStatus.PROCESSING, shipped_on=None, promised_on=TODAY + timedelta(days=4))

    card = order_card(order, TODAY)

    assert (card["status"], card["tracking"]) == ("processing", None)
    assert card["items"][0]["name"] == "takki"
