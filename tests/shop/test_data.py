"""The demo's data is whole: believable orders of every kind, and three languages everywhere."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Http
from process import ROOT, TODAY, DemoProcess

from actions.carriers import delivery_state, normalise
from actions.carriers.state import SHOP_ZONE
from actions.shop.demo import DemoShop
from actions.shop.interface import EventCode, Order, OrderStatus

TODAY_ON = date.fromisoformat(TODAY)
LANGUAGES = {"fi", "et", "en"}
CARRIERS = yaml.safe_load((ROOT / "data/shop/carriers.yml").read_text(encoding="utf-8"))
PRODUCTS = yaml.safe_load((ROOT / "data/shop/products.yml").read_text(encoding="utf-8"))


def all_orders(http: Http) -> list[dict[str, Any]]:
    orders: list[dict[str, Any]] = []
    while page := http.get("/orders", limit=200, after=orders[-1]["number"] if orders else "").json()["orders"]:
        orders += page
    return orders


@pytest.fixture(scope="module")
def orders(shared: DemoProcess) -> list[dict[str, Any]]:
    return all_orders(Http(shared.url))


@pytest.fixture(scope="module")
def read(shared: DemoProcess, orders: list[dict[str, Any]]) -> list[Order]:
    """All orders through the client."""
    shop = DemoShop(shared.url, "token-of-the-tests", today=TODAY_ON)
    found = [shop.find_order(one["number"], email=one["customer"]["email"]) for one in orders]
    assert all(found)
    return [order for order in found if order]


def test_there_are_some_three_hundred_orders_of_every_kind(read: list[Order]) -> None:
    statuses = Counter(order.status for order in read)

    assert len(read) > 300
    assert set(statuses) == set(OrderStatus)
    assert all(count >= 10 for count in statuses.values()), statuses


def test_every_event_that_a_carrier_can_send_on_the_way_occurs(read: list[Order]) -> None:
    codes = {event.code for order in read if order.tracking for event in order.tracking.events}

    assert EventCode.UNKNOWN not in codes
    assert codes >= {EventCode.DELAYED, EventCode.LOST, EventCode.RETURNING, EventCode.DELIVERY_FAILED}


def test_days_of_an_order_follow_one_another_and_nothing_has_happened_in_the_future(read: list[Order]) -> None:
    start_of_today = datetime.combine(TODAY_ON, time(), SHOP_ZONE).timestamp() * 1000
    for order in read:
        happened = [day for day in (order.ordered_on, order.shipped_on, order.delivered_on) if day]
        assert happened == sorted(happened), order.number
        assert happened[-1] <= TODAY_ON, order.number
        assert order.promised_on > order.ordered_on, order.number
        events = order.tracking.events if order.tracking else ()
        assert all(event.at < start_of_today for event in events), order.number
        assert bool(order.tracking) == order.shipped, order.number


def test_an_open_orders_estimate_is_not_in_the_past(read: list[Order]) -> None:
    assert all(order.expected_on >= TODAY_ON for order in read if order.expected_on)


def test_the_raw_carriers_codes_mean_what_the_demo_says() -> None:
    for carrier, raw in CARRIERS.items():
        for step, code in raw["codes"].items():
            assert normalise(carrier, code).value == step, (carrier, code)


def test_an_unknown_code_or_carrier_is_unknown_and_nothing_else() -> None:
    assert normalise("Posti", "SOMETHING NEW") is EventCode.UNKNOWN
    assert normalise("Somebody", "DELIVERED") is EventCode.UNKNOWN


def test_tracking_codes_are_unique(orders: list[dict[str, Any]]) -> None:
    codes = [one["tracking"]["code"] for one in orders if one["tracking"]]

    assert len(codes) == len(set(codes))


def test_the_same_orders_are_made_every_time_and_move_with_the_day(
    orders: list[dict[str, Any]], tmp_path: Path
) -> None:
    later = DemoProcess(tmp_path, ASPA_DEMO_TODAY=(TODAY_ON + timedelta(days=40)).isoformat())
    moved = all_orders(Http(later.url))
    later.kill()

    def shape(one: dict[str, Any]) -> tuple[object, ...]:
        days = (one["ordered_on"], one["promised_on"], one["shipped_on"], one["delivered_on"])
        return one["number"], one["customer"]["id"], one["lines"], *days

    def moved_on(text: str | None) -> str | None:
        return (date.fromisoformat(text) + timedelta(days=40)).isoformat() if text else None

    expected = [(*shape(one)[:3], *(moved_on(day) for day in shape(one)[3:])) for one in orders]
    assert [shape(one) for one in moved] == expected


@pytest.mark.parametrize("product", PRODUCTS["products"], ids=lambda product: product["slug"])
def test_every_product_is_described_in_three_languages(product: dict[str, Any]) -> None:
    texts = [product["name"], product["description"], product["category"], *product.get("facts", {}).values()]

    assert all(set(text) == LANGUAGES and all(isinstance(word, str) for word in text.values()) for text in texts)
    assert product["slug"].isascii()


def test_products_are_some_forty_each_with_its_own_name() -> None:
    products = PRODUCTS["products"]

    assert len(products) == 40
    for name in ("id", "slug"):
        assert len({product[name] for product in products}) == 40
    assert all(set(colour) == LANGUAGES for colour in PRODUCTS["colours"].values())


def test_states_computed_once_stay_when_computed_again(read: list[Order]) -> None:
    for order in read:
        events = order.tracking.events if order.tracking else ()
        state = delivery_state(order, events, TODAY_ON)
        assert (state.status, state.expected_on) == (order.status, order.expected_on), order.number
