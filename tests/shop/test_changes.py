"""What can be changed, and what the shop's rules refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from conftest import EMAILS, Http
from process import TODAY

from actions.shop.demo import DemoShop
from actions.shop.interface import (
    Address,
    CodeState,
    Money,
    Operation,
    Order,
    OrderStatus,
    RefundState,
    Refusal,
    ShopRefused,
)

TODAY_ON = date.fromisoformat(TODAY)
Find = Callable[[str], Order]


def euros(amount: str) -> Money:
    return Money(Decimal(amount))


def test_the_demo_shop_can_do_everything(shop: DemoShop) -> None:
    assert all(shop.can(operation) for operation in Operation)


def test_an_order_not_shipped_is_cancelled_and_paid_back(own_shop: DemoShop, found: Find) -> None:
    change = own_shop.cancel_order(found("100235"), reason="changed my mind", idempotency_key="k")

    assert change.order.status is OrderStatus.CANCELLED
    assert change.refund is not None
    assert change.refund.amount == change.order.total
    assert change.refund.state is RefundState.REQUESTED
    assert found("100235").status is OrderStatus.CANCELLED


def test_what_has_shipped_is_not_cancelled(own_shop: DemoShop, found: Find) -> None:
    with pytest.raises(ShopRefused) as refused:
        own_shop.cancel_order(found("100233"), idempotency_key="k")

    assert refused.value.code is Refusal.ALREADY_SHIPPED
    assert found("100233").status is OrderStatus.LATE


def test_a_cancelled_order_is_not_cancelled_again(own_shop: DemoShop, found: Find) -> None:
    order = found("100235")
    own_shop.cancel_order(order, idempotency_key="first")

    with pytest.raises(ShopRefused) as refused:
        own_shop.cancel_order(order, idempotency_key="second")

    assert refused.value.code is Refusal.ALREADY_CANCELLED


def test_lines_of_an_order_are_changed_and_the_difference_is_paid_back(own_shop: DemoShop, found: Find) -> None:
    before = found("100235")

    change = own_shop.change_order(before, {"K403": 1, "K501": 0}, idempotency_key="k")

    assert {line.sku: line.quantity for line in change.order.lines} == {"K402-natural": 1, "K403": 1}
    assert change.refund is not None
    assert change.refund.amount.amount == before.total.amount - change.order.total.amount


@pytest.mark.parametrize(
    ("quantities", "code"),
    [
        ({"K999": 1}, Refusal.UNKNOWN_PRODUCT),
        ({"K602": 1}, Refusal.OUT_OF_STOCK),
        ({"K402-natural": 0, "K403": 0}, Refusal.BAD_REQUEST),
        ({"K403": -1}, Refusal.BAD_REQUEST),
        ({}, Refusal.BAD_REQUEST),
    ],
)
def test_lines_that_cannot_be(own_shop: DemoShop, found: Find, quantities: dict[str, int], code: Refusal) -> None:
    with pytest.raises(ShopRefused) as refused:
        own_shop.change_order(found("100235"), quantities, idempotency_key="k")

    assert refused.value.code is code


def test_an_address_is_changed_before_shipping_only(own_shop: DemoShop, found: Find) -> None:
    new = Address("Leena Harju", "Uusikatu 1", "20500", "Turku", "FI")

    assert own_shop.change_address(found("100235"), new, idempotency_key="k").order.address == new
    with pytest.raises(ShopRefused) as refused:
        own_shop.change_address(found("100232"), new, idempotency_key="l")
    assert refused.value.code is Refusal.ALREADY_SHIPPED


def test_a_return_is_opened_with_a_code_and_a_refund_to_come(own_shop: DemoShop, found: Find) -> None:
    order = found("100231")

    opened = own_shop.open_return(order, [], reason="too small", idempotency_key="k")

    assert opened.code
    assert opened.send_by == TODAY_ON + timedelta(days=14)
    assert opened.refund is not None
    assert opened.refund.amount == euros("149.00")
    assert own_shop.refund_status(order)[0].reference == opened.refund.reference
    with pytest.raises(ShopRefused) as refused:
        own_shop.open_return(order, [order.lines[0].id], idempotency_key="l")
    assert refused.value.code is Refusal.RETURN_OPEN


def test_what_has_not_arrived_is_not_returned(own_shop: DemoShop, found: Find) -> None:
    with pytest.raises(ShopRefused) as refused:
        own_shop.open_return(found("100232"), [], idempotency_key="k")

    assert refused.value.code is Refusal.NOT_DELIVERED


def test_after_the_return_time_only_our_own_mistakes_are_taken_back(own_shop: DemoShop, own_http: Http) -> None:
    long_ago = (TODAY_ON - timedelta(days=35)).isoformat()
    delivered = own_http.get("/orders", state="delivered", limit=200).json()["orders"]
    old = next(one for one in delivered if one["delivered_on"] < long_ago)
    order = own_shop.find_order(old["number"], email=old["customer"]["email"])
    assert order is not None

    with pytest.raises(ShopRefused) as refused:
        own_shop.open_return(order, [], reason="too small", idempotency_key="k")

    assert refused.value.code is Refusal.RETURN_WINDOW_OVER
    assert own_shop.open_return(order, [], reason="defective", idempotency_key="l").free


def test_an_item_is_exchanged_and_the_difference_told(own_shop: DemoShop, found: Find) -> None:
    order = found("100231")

    sent = own_shop.exchange_item(order, order.lines[0].id, "K306-red", idempotency_key="k")

    assert sent.difference == euros("-70.00")
    assert sent.return_code
    assert own_shop.refund_status(order)[0].amount == euros("70.00")


def test_an_item_is_not_exchanged_for_what_is_sold_out(own_shop: DemoShop, found: Find) -> None:
    order = found("100231")

    with pytest.raises(ShopRefused) as refused:
        own_shop.exchange_item(order, order.lines[0].id, "K602", idempotency_key="k")

    assert refused.value.code is Refusal.OUT_OF_STOCK


def test_a_missing_item_is_sent_again_once(own_shop: DemoShop, found: Find) -> None:
    order = found("100231")

    assert own_shop.resend_item(order, [], reason="missing_item", idempotency_key="k").difference == euros("0.00")
    with pytest.raises(ShopRefused) as refused:
        own_shop.resend_item(order, [], reason="missing_item", idempotency_key="l")
    assert refused.value.code is Refusal.ALREADY_RESENT


def test_never_more_is_paid_back_than_was_paid(own_shop: DemoShop, found: Find) -> None:
    order = found("100233")

    own_shop.refund(order, euros("100.00"), reason="late", idempotency_key="k")
    with pytest.raises(ShopRefused) as refused:
        own_shop.refund(order, euros("29.91"), idempotency_key="l")

    assert refused.value.code is Refusal.AMOUNT_TOO_HIGH
    assert own_shop.refund(order, euros("29.90"), idempotency_key="m").amount == euros("29.90")


@pytest.mark.parametrize("amount", ["0", "-5.00", "5.001", "NaN", "1e9"])
def test_amounts_that_are_none_are_refused(own_http: Http, amount: str) -> None:
    answer = own_http.post("/orders/100233/refunds", {"amount": {"amount": amount, "currency": "EUR"}}, key="k")

    assert answer.status_code == 400


def test_an_unpaid_order_is_not_paid_back(own_shop: DemoShop, own_http: Http) -> None:
    under_way = own_http.get("/orders", state="shipped", limit=200).json()["orders"]
    unpaid = next(one for one in under_way if not one["payment"]["paid"])
    order = own_shop.find_order(unpaid["number"], email=unpaid["customer"]["email"])
    assert order is not None

    with pytest.raises(ShopRefused) as refused:
        own_shop.refund(order, euros("1.00"), idempotency_key="k")

    assert refused.value.code is Refusal.NOT_PAID


def test_a_compensation_is_a_voucher_that_works_once_an_order(own_shop: DemoShop, found: Find) -> None:
    order = found("100233")

    granted = own_shop.grant_compensation(order, euros("10.00"), reason="late", idempotency_key="k")

    assert granted.code is not None
    code = own_shop.discount_code(granted.code)
    assert code is not None
    assert (code.state, code.amount) == (CodeState.VALID, euros("10.00"))
    with pytest.raises(ShopRefused) as refused:
        own_shop.grant_compensation(order, euros("10.00"), idempotency_key="l")
    assert refused.value.code is Refusal.ALREADY_COMPENSATED


def test_a_compensation_can_be_money_back(own_shop: DemoShop, found: Find) -> None:
    order = found("100233")

    granted = own_shop.grant_compensation(order, euros("5.00"), voucher=False, idempotency_key="k")

    assert granted.code is None
    assert own_shop.refund_status(order)[0].amount == euros("5.00")


def test_a_compensation_above_the_shops_limit_is_refused(own_shop: DemoShop, found: Find) -> None:
    with pytest.raises(ShopRefused) as refused:
        own_shop.grant_compensation(found("100233"), euros("50.01"), idempotency_key="k")

    assert refused.value.code is Refusal.AMOUNT_TOO_HIGH


def test_a_parcel_is_searched_for_once(own_shop: DemoShop, found: Find) -> None:
    order = found("100231")

    inquiry = own_shop.open_inquiry(order, text="Not in the locker", idempotency_key="k")

    assert (inquiry.carrier, inquiry.due_on) == ("Posti", TODAY_ON + timedelta(days=5))
    with pytest.raises(ShopRefused) as refused:
        own_shop.open_inquiry(order, idempotency_key="l")
    assert refused.value.code is Refusal.INQUIRY_OPEN


def test_one_waits_for_what_is_sold_out(own_shop: DemoShop) -> None:
    entry = own_shop.waiting_list("K303", email="maija.virtanen@example.fi", language="fi", idempotency_key="k")
    again = own_shop.waiting_list("K303", email="Maija.Virtanen@example.fi", language="fi", idempotency_key="l")

    assert entry.restock_on == TODAY_ON + timedelta(days=6)
    assert again.reference == entry.reference
    with pytest.raises(ShopRefused) as refused:
        own_shop.waiting_list("K501", email="maija.virtanen@example.fi", language="fi", idempotency_key="m")
    assert refused.value.code is Refusal.IN_STOCK


def test_the_newsletter_is_stopped(own_shop: DemoShop) -> None:
    assert not own_shop.set_newsletter("maija.virtanen@example.fi", on=False, idempotency_key="k").newsletter

    customer = own_shop.customer_data("maija.virtanen@example.fi")
    assert customer is not None
    assert not customer.newsletter


def test_the_audit_tells_every_change_and_nobodys_details(own_shop: DemoShop, own_http: Http, found: Find) -> None:
    own_shop.cancel_order(found("100235"), idempotency_key="k1")
    own_shop.grant_compensation(found("100233"), euros("5.00"), idempotency_key="k2")
    with pytest.raises(ShopRefused):
        own_shop.cancel_order(found("100233"), idempotency_key="k3")

    told = [(one["kind"], one["order"], one["amount"], one["idempotency_key"]) for one in own_http.changes()]

    assert told == [("cancel", "100235", "167.00", "k1"), ("compensations", "100233", "5.00", "k2")]
    assert not any(email in str(own_http.changes()) for email in EMAILS.values())


def test_a_customers_text_comes_back_as_text(own_shop: DemoShop, found: Find) -> None:
    hostile = "<script>alert(1)</script>'; DROP TABLE changes; -- \ud800 \x00 {0} %s"

    change = own_shop.cancel_order(found("100235"), reason=hostile, idempotency_key="k")

    assert change.refund is not None
    assert change.refund.reason.startswith("<script>")
