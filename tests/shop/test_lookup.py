"""Finding an order: only with proof, and nobody learns which numbers exist."""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import EMAILS, Http
from matters import looked_up
from process import TODAY

from actions import desk
from actions.carriers import delivery_state
from actions.shop.demo import DemoShop
from actions.shop.interface import EventCode, Money, OrderStatus, RefundState
from actions.store import Store
from actions.tries import Tries

TODAY_ON = date.fromisoformat(TODAY)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("100231", OrderStatus.DELIVERED),
        ("100232", OrderStatus.SHIPPED),
        ("100233", OrderStatus.LATE),
        ("100234", OrderStatus.RETURNED),
        ("100235", OrderStatus.PROCESSING),
        ("100236", OrderStatus.LATE),
        ("100237", OrderStatus.LATE),
    ],
)
def test_each_named_order_is_in_the_state_that_the_docs_say(shop: DemoShop, number: str, status: OrderStatus) -> None:
    order = shop.find_order(number, email=EMAILS[number])

    assert order is not None
    assert order.status is status


def test_100233_is_a_jacket_six_days_late_expected_in_two_days_in_a_sorting_centre(shop: DemoShop) -> None:
    order = shop.find_order("100233", email="maija.virtanen@example.fi")
    assert order is not None
    assert order.tracking is not None

    state = delivery_state(order, order.tracking.events, TODAY_ON)

    assert (state.status, state.days_late) == (OrderStatus.LATE, 6)
    assert state.expected_on == TODAY_ON + timedelta(days=2)
    assert state.last_event is not None
    assert state.last_event.code is EventCode.SORTING
    assert order.lines[0].name.say("fi") == "Halla-talvitakki"
    assert order.total == Money(Decimal("129.90"))
    assert order.customer.name == "Maija Virtanen"


@pytest.mark.parametrize(
    ("number", "name", "language", "carrier"),
    [("100236", "Mari Tamm", "et", "Omniva"), ("100237", "Emily Carter", "en", "DPD")],
)
def test_each_language_has_its_own_late_order(
    shop: DemoShop, number: str, name: str, language: str, carrier: str
) -> None:
    order = shop.find_order(number, email=EMAILS[number])

    assert order is not None
    assert order.tracking is not None
    assert (order.customer.name, order.customer.language) == (name, language)
    assert order.tracking.carrier == carrier


def test_100234_has_its_refund_on_its_way(shop: DemoShop) -> None:
    order = shop.find_order("100234", email=EMAILS["100234"])
    assert order is not None

    (refund,) = shop.refund_status(order)

    assert refund.state is RefundState.SENT
    assert refund.amount == order.total
    assert refund.expected_on is not None
    assert refund.expected_on > TODAY_ON


@pytest.mark.parametrize("email", ["maija.virtanen@example.fi", " Maija.Virtanen@EXAMPLE.fi "])
def test_an_email_proves_in_any_case(shop: DemoShop, email: str) -> None:
    assert shop.find_order("100233", email=email)


@pytest.mark.parametrize("phone", ["+358 40 555 0101", "0405550101", "040-555 0101", "00358405550101"])
def test_a_phone_proves_in_any_form(shop: DemoShop, phone: str) -> None:
    assert shop.find_order("100233", phone=phone)


@pytest.mark.parametrize("number", ["#100233", " 100233 "])
def test_a_number_is_understood_as_people_write_it(shop: DemoShop, number: str) -> None:
    assert shop.find_order(number, email="maija.virtanen@example.fi")


@pytest.mark.parametrize(
    ("number", "proof"),
    [
        ("100233", {"email": "somebody.else@example.fi"}),
        ("999999", {"email": "maija.virtanen@example.fi"}),
        ("100233", {"email": ""}),
        ("100233", {"email": "@"}),
        ("999999", {"email": "@"}),
        ("100233", {"phone": ""}),
        ("100233", {"phone": "0101"}),
        ("100233", {"phone": "+358"}),
        ("100233", {}),
        ("", {"email": "maija.virtanen@example.fi"}),
        ("../100233", {"email": "maija.virtanen@example.fi"}),
        ("1" * 5000, {"email": "maija.virtanen@example.fi"}),
        ("100233", {"email": "\ud800"}),
        ("100233", {"email": "' OR 1=1 --"}),
    ],
)
def test_a_wrong_number_or_proof_finds_nothing(shop: DemoShop, number: str, proof: dict[str, str]) -> None:
    assert shop.find_order(number, **proof) is None


def test_a_wrong_number_and_a_wrong_email_are_answered_alike(http: Http) -> None:
    wrong_number = http.post("/orders/lookup", {"number": "999999", "email": "maija.virtanen@example.fi"})
    wrong_email = http.post("/orders/lookup", {"number": "100233", "email": "nobody.at.all@example.fi"})

    assert wrong_number.status_code == wrong_email.status_code == 404
    assert wrong_number.content == wrong_email.content
    assert set(wrong_number.headers) == set(wrong_email.headers)


def test_a_wrong_number_and_a_wrong_email_take_the_same_time(http: Http) -> None:
    def seconds(number: str, email: str) -> float:
        start = time.perf_counter()
        http.post("/orders/lookup", {"number": number, "email": email})
        return time.perf_counter() - start

    pairs = [
        (seconds("999999", "maija.virtanen@example.fi"), seconds("100233", "nobody.at.all@example.fi"))
        for _ in range(150)
    ]
    # Within a pair: what else the machine does slows both down.
    assert abs(statistics.median(wrong_email - wrong_number for wrong_number, wrong_email in pairs)) < 0.001


def test_after_wrong_guesses_from_many_conversations_people_go_on(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """For the number and the e-mail alike; with the right proof too, and for an order that does not exist."""
    tries = Tries(Store(tmp_path / "actions.sqlite3"), 3)
    monkeypatch.setattr(desk, "shop", lambda: shop)
    monkeypatch.setattr(desk, "tries", lambda: tries)
    for number in ("100233", "999999"):
        for n in range(3):
            assert looked_up(f"c_{number}_{n}", number, f"{n}@example.fi")[0] is False

    assert looked_up("c_right", "100232", EMAILS["100232"])[0]
    real, none = (looked_up("c_locked", number, EMAILS["100233"]) for number in ("100233", "999999"))

    assert real == none
    assert not real[0]
    assert [one.get("response") or one["custom"]["handoff"]["code"] for one in real[1]] == [
        "utter_order_tries_over",
        "form_failed",
    ]


def test_customers_data_comes_with_their_orders(shop: DemoShop) -> None:
    customer = shop.customer_data("Maija.Virtanen@example.fi")

    assert customer is not None
    assert "100233" in customer.order_numbers
    assert shop.customer_data("nobody@example.fi") is None


def test_an_invoice_tells_its_vat_by_country(shop: DemoShop) -> None:
    order = shop.find_order("100236", email=EMAILS["100236"])
    assert order is not None

    invoice = shop.invoice(order)

    assert invoice is not None
    assert invoice.vat == Money(Decimal("25.14"))  # 24 % of 104.76


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("talvitakkia", "halla-winter-jacket"),
        ("talvejope", "halla-winter-jacket"),
        ("winter jacket", "halla-winter-jacket"),
        ("kuulokkeet", "kaiku-headphones"),
        ("korvaklapid", "kaiku-headphones"),
        ("valaisin", "kelo-floor-lamp"),
    ],
)
def test_products_are_found_by_words_in_each_language(shop: DemoShop, query: str, slug: str) -> None:
    assert shop.find_products(query)[0].slug == slug


def test_stock_tells_what_is_sold_out_and_when_it_is_back(shop: DemoShop) -> None:
    (level,) = [one for one in shop.stock("talvitakki", size="l", colour="vihreänä") if one.product.id == "K101"]

    assert level.variant.stock == 0
    assert level.variant.restock_on == TODAY_ON + timedelta(days=9)


@pytest.mark.parametrize(
    ("code", "state"),
    [("tervetuloa10", "valid"), ("SYKSY20", "expired"), ("TALVI15", "not_yet"), ("LAHJA25", "used")],
)
def test_a_discount_code_tells_whether_it_works(shop: DemoShop, code: str, state: str) -> None:
    found = shop.discount_code(code)

    assert found is not None
    assert found.state.value == state


@pytest.mark.parametrize("code", ["NOPE", "", "../changes", "a/b", ".."])
def test_an_unknown_code_is_none(shop: DemoShop, code: str) -> None:
    assert shop.discount_code(code) is None
