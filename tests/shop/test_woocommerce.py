"""WooCommerce behind the shop's door: found by proof, changed once, nothing offered that it does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from woo_server import KEY, SECRET, WooServer
from woo_world import World

from actions.shop import ShopSettings, shop_from_settings
from actions.shop.answers import CodeState
from actions.shop.card import order_card
from actions.shop.interface import (
    Address,
    Money,
    Operation,
    Order,
    OrderStatus,
    RefundState,
    Refusal,
    Shop,
    ShopRefused,
    ShopUnavailable,
)
from actions.shop.woocommerce import WooCommerceShop

TODAY = date(2026, 11, 21)
MAIJA = "maija.virtanen@example.fi"
FIVE = Money(Decimal("5.00"))
ELSEWHERE = Address("Maija Virtanen", "Aleksanterinkatu 5", "00100", "Helsinki", "FI")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def server(world: World) -> Iterator[WooServer]:
    server = WooServer(world)
    yield server
    server.close()


@pytest.fixture
def shop(server: WooServer) -> Shop:
    settings = ShopSettings("woocommerce", server.url, f"{KEY}:{SECRET}", read_s=1.0, today=TODAY)
    return shop_from_settings(settings)


def find(shop: Shop, number: str = "1042", email: str = MAIJA) -> Order:
    order = shop.find_order(number, email=email)
    assert order is not None
    return order


def refused(call: Callable[[], object]) -> Refusal:
    with pytest.raises(ShopRefused) as caught:
        call()
    return caught.value.code


# Looking up


@pytest.mark.parametrize("proof", [{"email": MAIJA}, {"phone": "040 5550101"}, {"phone": "+358405550101"}])
def test_an_order_is_found_by_its_number_and_a_proof(shop: Shop, proof: dict[str, str]) -> None:
    order = shop.find_order("#1042", **proof)

    assert order is not None
    assert (order.id, order.number, order.customer.name) == ("727", "1042", "Maija Virtanen")
    assert order.total == Money(Decimal("159.80"))
    assert order.shipping_fee == Money(Decimal("4.90"))
    assert (order.lines[0].size, order.lines[0].unit_price) == ("M", Money(Decimal("129.90")))
    assert order.lines[1].unit_price == Money(Decimal("12.50"))
    assert (order.delivery_method, order.payment_method, order.paid) == ("locker", "card", True)


@pytest.mark.parametrize(
    ("number", "proof"),
    [
        ("1042", {"email": "somebody@example.fi"}),
        ("1042", {"phone": "0101"}),
        ("1042", {"phone": "040 5550102"}),
        ("727", {"email": MAIJA}),
        ("104", {"email": MAIJA}),
        ("maija", {"email": MAIJA}),
        ("9999", {"email": MAIJA}),
        ("1042", {}),
    ],
)
def test_without_the_number_and_its_proof_there_is_nothing(shop: Shop, number: str, proof: dict[str, str]) -> None:
    assert shop.find_order(number, **proof) is None


def test_a_wrong_number_and_a_wrong_email_ask_the_shop_the_same(shop: Shop, server: WooServer) -> None:
    shop.find_order("9999", email=MAIJA)
    shop.find_order("1042", email="somebody@example.fi")

    assert server.requests[0] == server.requests[1]
    assert len(server.requests) == 2


def test_what_waits_past_its_days_is_late_and_what_was_sent_long_ago_has_arrived(shop: Shop) -> None:
    late, old = find(shop), find(shop, "1001")

    assert (late.status, late.promised_on) == (OrderStatus.LATE, date(2026, 11, 17))
    assert (old.status, old.expected_on) == (OrderStatus.DELIVERED, None)


def test_a_parcel_is_known_by_the_tracking_extension_and_missing_without_it(shop: Shop, world: World) -> None:
    order = find(shop, "1050")
    assert order.tracking is not None
    assert (order.tracking.carrier, order.tracking.code, order.shipped_on) == ("Posti", "JJFI1", date(2026, 11, 12))
    assert shop.tracking(order) == order.tracking

    world.has_tracking = False
    assert shop.tracking(order) is None
    assert find(shop, "1050").shipped


def test_the_language_is_the_one_that_the_customer_ordered_in(shop: Shop) -> None:
    assert find(shop).customer.language == "fi"
    assert find(shop, "731", "mari.tamm@example.ee").customer.language == "et"


def test_a_card_can_be_made_of_it(shop: Shop) -> None:
    card = order_card(find(shop, "1050"), TODAY)

    assert (card["number"], card["tracking"]["code"]) == ("1050", "JJFI1")


def test_products_are_found_by_inflected_words_with_stock_by_size(shop: Shop) -> None:
    (product,) = shop.find_products("onko jacketsia?")
    levels = {(level.variant.size, level.variant.stock) for level in shop.stock("jacket")}

    assert product.description.say("fi") == "Warm & dry."
    assert levels == {("M", 3), ("L", 0)}
    assert [level.variant.sku for level in shop.stock("jacket", size="l", colour="mustaa")] == ["HALLA-L"]
    assert shop.find_products("  ") == ()


def test_a_discount_code_is_known_in_any_case(shop: Shop, world: World) -> None:
    code = shop.discount_code("TERE10")
    assert code is not None
    assert (code.state, code.percent, code.minimum) == (CodeState.VALID, 10, Money(Decimal("30.00")))

    world.coupons[0] |= {"usage_limit": 1, "usage_count": 1}
    assert shop.discount_code("tere10").state is CodeState.USED  # type: ignore[union-attr]
    world.coupons[0] |= {"date_expires_gmt": "2026-11-20T22:00:00"}
    assert shop.discount_code("tere10").state is CodeState.EXPIRED  # type: ignore[union-attr]
    assert shop.discount_code("nope") is None


def test_a_customers_data_are_those_of_their_own_orders(shop: Shop) -> None:
    customer = shop.customer_data(MAIJA.upper())

    assert customer is not None
    assert set(customer.order_numbers) == {"1042", "1050", "1001"}
    assert customer.customer_since == date(2026, 9, 1)
    assert shop.customer_data("virtanen@example.fi") is None


# Changing


def test_cancelling_pays_back_what_was_paid_and_is_done_once(shop: Shop, world: World, server: WooServer) -> None:
    order = find(shop)
    first = shop.cancel_order(order, idempotency_key="k")
    written = len(server.writes())
    again = shop.cancel_order(order, idempotency_key="k")

    assert first.order.status is OrderStatus.CANCELLED
    assert first.refund is not None
    assert (first.refund.amount, first.refund.state) == (Money(Decimal("159.80")), RefundState.SENT)
    assert again.refund == first.refund
    assert len(server.writes()) == written
    assert refused(lambda: shop.cancel_order(order, idempotency_key="other")) is Refusal.ALREADY_CANCELLED


def test_a_gateway_that_cannot_pay_back_leaves_it_to_people_and_the_order_cancelled(shop: Shop, world: World) -> None:
    world.gateway_refunds = False

    change = shop.cancel_order(find(shop), idempotency_key="k")

    assert change.refund is not None
    assert (change.refund.state, change.order.status) == (RefundState.REQUESTED, OrderStatus.CANCELLED)
    assert any("by hand" in note["note"] for note in world.notes[727])
    assert not any(note["customer_note"] for note in world.notes[727])


def test_what_was_not_paid_is_not_paid_back(shop: Shop) -> None:
    order = find(shop, "731", "mari.tamm@example.ee")

    assert refused(lambda: shop.refund(order, FIVE, idempotency_key="k")) is Refusal.NOT_PAID
    assert shop.cancel_order(order, idempotency_key="k2").refund is None


def test_what_has_left_is_neither_cancelled_nor_sent_elsewhere(shop: Shop) -> None:
    order = find(shop, "1050")

    assert refused(lambda: shop.cancel_order(order, idempotency_key="k")) is Refusal.ALREADY_SHIPPED
    assert refused(lambda: shop.change_address(order, ELSEWHERE, idempotency_key="k")) is Refusal.ALREADY_SHIPPED


def test_an_order_is_sent_elsewhere_before_it_leaves(shop: Shop, server: WooServer) -> None:
    order = find(shop)
    changed = shop.change_address(order, ELSEWHERE, idempotency_key="k")
    written = len(server.writes())
    shop.change_address(order, ELSEWHERE, idempotency_key="k")

    assert changed.order.address == ELSEWHERE
    assert len(server.writes()) == written


def test_a_refund_is_made_once_and_never_more_than_was_paid(shop: Shop, world: World) -> None:
    order = find(shop)
    one = shop.refund(order, FIVE, reason="late", idempotency_key="k")
    two = shop.refund(order, FIVE, reason="late", idempotency_key="k")

    assert one == two
    assert shop.refund_status(order) == (one,)
    assert len(world.refunds[727]) == 1
    too_much = Money(Decimal("154.81"))
    assert refused(lambda: shop.refund(order, too_much, idempotency_key="k2")) is Refusal.AMOUNT_TOO_HIGH


def test_a_compensation_is_a_voucher_for_this_customer_once_an_order(shop: Shop, world: World) -> None:
    order = find(shop)
    first = shop.grant_compensation(order, FIVE, idempotency_key="k")
    again = shop.grant_compensation(order, FIVE, idempotency_key="k")

    assert first == again
    (coupon,) = [one for one in world.coupons if one["code"] == (first.code or "").casefold()]
    assert (coupon["amount"], coupon["usage_limit"]) == ("5.00", 1)
    assert coupon["email_restrictions"] == [order.customer.email]
    other = refused(lambda: shop.grant_compensation(order, FIVE, idempotency_key="k2"))
    assert other is Refusal.ALREADY_COMPENSATED


def test_goods_are_sent_again_for_nothing_once_a_line(shop: Shop, world: World) -> None:
    order = find(shop, "1050")
    first = shop.resend_item(order, ["41"], idempotency_key="k")
    again = shop.resend_item(order, ["41"], idempotency_key="k")

    assert first == again
    children = world.search_orders("", "735")
    assert [(child["total"], len(child["line_items"])) for child in children] == [("0.00", 1)]
    assert refused(lambda: shop.resend_item(order, ["41"], idempotency_key="k2")) is Refusal.ALREADY_RESENT
    assert refused(lambda: shop.resend_item(order, ["999"], idempotency_key="k3")) is Refusal.UNKNOWN_LINE
    assert shop.resend_item(order, ["42"], idempotency_key="k4").reference != first.reference
    assert refused(lambda: shop.resend_item(find(shop), [], idempotency_key="k5")) is Refusal.NOT_SHIPPED


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        (Operation.INVOICE, lambda shop, order: shop.invoice(order)),
        (Operation.CHANGE_ORDER, lambda shop, order: shop.change_order(order, {}, idempotency_key="k")),
        (Operation.OPEN_RETURN, lambda shop, order: shop.open_return(order, [], idempotency_key="k")),
        (Operation.EXCHANGE_ITEM, lambda shop, order: shop.exchange_item(order, "1", "2", idempotency_key="k")),
        (Operation.OPEN_INQUIRY, lambda shop, order: shop.open_inquiry(order, idempotency_key="k")),
        (
            Operation.WAITING_LIST,
            lambda shop, order: shop.waiting_list("s", email=MAIJA, language="fi", idempotency_key="k"),
        ),
        (Operation.SET_NEWSLETTER, lambda shop, order: shop.set_newsletter(MAIJA, on=True, idempotency_key="k")),
    ],
)
def test_what_woocommerce_has_nothing_for_is_not_offered_and_refused(
    shop: Shop, server: WooServer, operation: Operation, call: Callable[[Shop, Order], object]
) -> None:
    order = find(shop)

    assert not shop.can(operation)
    assert refused(lambda: call(shop, order)) is Refusal.NOT_SUPPORTED
    assert server.writes() == []


# Trouble


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 429}, {"status": 503}, {"garbage": True}, {"lost": True}]
)
def test_a_read_is_tried_twice_and_then_the_shop_is_unavailable(shop: Shop, server: WooServer, fault: dict) -> None:
    server.behave(fault)
    assert find(shop).number == "1042"

    server.behave(fault, fault)
    with pytest.raises(ShopUnavailable):
        find(shop)


CHANGES: list[Callable[[Shop, Order], object]] = [
    lambda shop, order: shop.refund(order, FIVE, idempotency_key="k"),
    lambda shop, order: shop.grant_compensation(order, FIVE, idempotency_key="k"),
    lambda shop, order: shop.grant_compensation(order, FIVE, voucher=False, idempotency_key="k"),
    lambda shop, order: shop.cancel_order(order, idempotency_key="k"),
    lambda shop, order: shop.change_address(order, ELSEWHERE, idempotency_key="k"),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("at", range(8))
def test_a_change_whose_line_breaks_anywhere_is_found_again_and_done_once(
    shop: Shop, server: WooServer, world: World, change: Callable[[Shop, Order], object], at: int
) -> None:
    order = find(shop)
    server.behave(*[{}] * at, {"lost": True}, {"lost": True})
    try:
        change(shop, order)
    except ShopUnavailable:
        server.behave()
        change(shop, order)

    paid_back = sum(Decimal(one["amount"]) for one in world.refunds.get(727, []))
    vouchers = len(world.coupons) - 1
    assert paid_back in (Decimal(0), Decimal("5.00"), Decimal("159.80"))
    assert len(world.refunds.get(727, [])) + vouchers <= 1


def test_a_slow_shop_is_unavailable_in_time(server: WooServer) -> None:
    slow = ShopSettings("woocommerce", server.url, f"{KEY}:{SECRET}", connect_s=0.2, read_s=0.3, today=TODAY)
    server.behave({"delay_s": 2.0}, {"delay_s": 2.0})

    with pytest.raises(ShopUnavailable):
        WooCommerceShop(slow).find_order("1042", email=MAIJA)


def test_a_wrong_key_is_our_mistake_and_says_which_setting(server: WooServer) -> None:
    wrong = ShopSettings("woocommerce", server.url, f"{KEY}:cs_wrong", today=TODAY)

    with pytest.raises(ShopUnavailable, match="ASPA_SHOP_TOKEN"):
        WooCommerceShop(wrong).find_order("1042", email=MAIJA)


@pytest.mark.parametrize("broken", ["line_items", "total", "date_created_gmt", "shipping"])
def test_an_order_that_lacks_something_is_garbage_and_not_our_crash(shop: Shop, world: World, broken: str) -> None:
    del world.orders[727][broken]

    with pytest.raises(ShopUnavailable) as caught:
        find(shop)
    assert "Virtanen" not in str(caught.value)
