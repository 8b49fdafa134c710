# ruff: noqa: D102 - what each operation promises stands in `Shop`, once
"""The demo shop over its HTTP API (`demo/README.md`), called just as a real shop would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from actions.carriers import delivery_state
from actions.carriers.demo import DemoCarrier, to_tracking
from actions.carriers.state import SHOP_ZONE

from . import parsing
from .http import BearerToken, JsonApi
from .interface import (
    Address,
    Change,
    CodeState,
    Compensation,
    Customer,
    DiscountCode,
    Inquiry,
    Invoice,
    LocalText,
    Money,
    NewsItem,
    NewsPage,
    Operation,
    Order,
    OrderStatus,
    Product,
    Refund,
    Refusal,
    Replacement,
    Return,
    ShopRefused,
    StockLevel,
    Tracking,
    Variant,
    WaitingListEntry,
)
from .parsing import parsed

Json = dict[str, Any]
LONGEST_NUMBER = 40  # characters; nothing longer is an order number
MOST_PRODUCTS = 20


class DemoShop:
    """Implements `Shop`; what each operation promises stands there."""

    def __init__(
        self, base_url: str, token: str, *, connect_s: float = 1.0, read_s: float = 3.0, today: date | None = None
    ) -> None:
        url = f"{base_url.rstrip('/')}/api/v1"
        self._api = JsonApi(url, BearerToken(token), connect_s=connect_s, read_s=read_s)
        self._carrier = DemoCarrier(self._api)
        self._today = today

    def can(self, operation: Operation) -> bool:
        return True  # the demo shop does everything that can be asked

    def today(self) -> date:
        return self._today or datetime.now(SHOP_ZONE).date()

    # Looking up

    def find_order(self, number: str, *, email: str | None = None, phone: str | None = None) -> Order | None:
        number = number.strip().lstrip("#").strip()
        if not (email or phone) or not number or len(number) > LONGEST_NUMBER:
            return None
        proof = {"email": email or None, "phone": phone or None}
        status, body = self._api.read("POST", "/orders/lookup", body={"number": number, **proof})
        return self._order(body) if status == 200 else None

    def tracking(self, order: Order) -> Tracking | None:
        return self._carrier.tracking(order.tracking.code) if order.tracking else None

    def refund_status(self, order: Order) -> tuple[Refund, ...]:
        body = self._read(f"/orders/{_part(order.id)}/refunds")
        return parsed(lambda raw: tuple(parsing.refund(one) for one in raw["refunds"]), body) if body else ()

    def invoice(self, order: Order) -> Invoice | None:
        body = self._read(f"/orders/{_part(order.id)}/invoice")
        return parsed(_invoice, body) if body else None

    def find_products(self, query: str, *, limit: int = 5) -> tuple[Product, ...]:
        params = {"q": query[:200], "limit": str(limit)}
        status, body = self._api.read("GET", "/products", params=params)
        if status != 200:
            return ()
        return parsed(lambda raw: tuple(parsing.product(one) for one in raw["products"]), body)

    def stock(self, query: str, *, size: str | None = None, colour: str | None = None) -> tuple[StockLevel, ...]:
        return tuple(
            StockLevel(product, variant)
            for product in self.find_products(query)
            for variant in product.variants
            if _fits(variant, size, colour)
        )

    def discount_code(self, code: str) -> DiscountCode | None:
        code = code.strip()
        body = self._read(f"/discount-codes/{_part(code)}") if code and len(code) <= LONGEST_NUMBER else None
        return parsed(_discount_code, body) if body else None

    def customer_data(self, email: str) -> Customer | None:
        status, body = self._api.read("POST", "/customers/lookup", body={"email": email})
        return parsed(parsing.customer, body) if status == 200 else None

    # Changing an order

    def cancel_order(self, order: Order, *, reason: str = "", idempotency_key: str) -> Change:
        return self._change(self._order_change(order, "cancel", {"reason": reason}, idempotency_key))

    def change_order(self, order: Order, quantities: Mapping[str, int], *, idempotency_key: str) -> Change:
        return self._change(self._order_change(order, "lines", {"quantities": dict(quantities)}, idempotency_key))

    def change_address(self, order: Order, address: Address, *, idempotency_key: str) -> Change:
        return self._change(self._order_change(order, "address", {"address": asdict(address)}, idempotency_key))

    def open_return(self, order: Order, line_ids: Sequence[str], *, reason: str = "", idempotency_key: str) -> Return:
        asked = {"lines": list(line_ids), "reason": reason}
        return parsed(_return, self._order_change(order, "returns", asked, idempotency_key))

    def exchange_item(
        self, order: Order, line_id: str, new_sku: str, *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        asked = {"line": line_id, "new_sku": new_sku, "reason": reason}
        return parsed(_replacement, self._order_change(order, "exchanges", asked, idempotency_key))

    def resend_item(
        self, order: Order, line_ids: Sequence[str], *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        asked = {"lines": list(line_ids), "reason": reason}
        return parsed(_replacement, self._order_change(order, "resends", asked, idempotency_key))

    # Money

    def refund(self, order: Order, amount: Money, *, reason: str = "", idempotency_key: str) -> Refund:
        asked = {"amount": amount.to_wire(), "reason": reason}
        return parsed(parsing.refund, self._order_change(order, "refunds", asked, idempotency_key))

    def grant_compensation(
        self, order: Order, amount: Money, *, voucher: bool = True, reason: str = "", idempotency_key: str
    ) -> Compensation:
        asked = {"amount": amount.to_wire(), "voucher": voucher, "reason": reason}
        return parsed(_compensation, self._order_change(order, "compensations", asked, idempotency_key))

    # The rest

    def open_inquiry(self, order: Order, *, text: str = "", idempotency_key: str) -> Inquiry:
        return parsed(_inquiry, self._order_change(order, "inquiries", {"text": text}, idempotency_key))

    def waiting_list(self, sku: str, *, email: str, language: str, idempotency_key: str) -> WaitingListEntry:
        asked = {"sku": sku, "email": email, "language": language}
        return parsed(_waiting, self._changed("/waiting-list", asked, idempotency_key))

    def set_newsletter(self, email: str, *, on: bool, idempotency_key: str) -> Customer:
        body = self._changed("/newsletter", {"email": email, "on": on}, idempotency_key)
        return parsed(lambda raw: parsing.customer(raw["customer"]), body)

    def news(self, after: int) -> NewsPage:
        body = self._read(f"/news?after={after}") or {}
        return parsed(_news, body)

    # How

    def _read(self, path: str) -> Json | None:
        status, body = self._api.read("GET", path)
        return body if status == 200 else None

    def _order_change(self, order: Order, kind: str, asked: Json, key: str) -> Json:
        return self._changed(f"/orders/{_part(order.id)}/{kind}", asked, key)

    def _changed(self, path: str, asked: Json, key: str) -> Json:
        status, body = self._api.change(path, asked, key)
        if status == 200:
            return body
        error = body.get("error")
        code = error.get("code") if isinstance(error, dict) else None
        known = code in {refusal.value for refusal in Refusal}
        raise ShopRefused(Refusal(code) if known else Refusal.OTHER, f"The shop refuses: {code}")

    def _change(self, body: Json) -> Change:
        order = self._order(body.get("order"))
        return parsed(lambda raw: Change(raw["reference"], order, parsing.maybe_refund(raw["refund"])), body)

    def _order(self, raw: Any) -> Order:
        """With its status as of today."""
        order = parsed(_order, raw)
        events = order.tracking.events if order.tracking else ()
        state = delivery_state(order, events, self.today())
        return replace(order, status=state.status, expected_on=state.expected_on)


def _part(text: str) -> str:
    """As one part of a path, whatever it holds."""
    return quote(text, safe="").replace(".", "%2E")


def _fits(variant: Variant, size: str | None, colour: str | None) -> bool:
    """Sizes are compared as written, colours by their beginning, since people inflect them."""
    if size is not None and (variant.size or "").casefold() != size.strip().casefold():
        return False
    if colour is None:
        return True
    wanted = colour.strip().casefold()[:4]
    names = variant.colour.by_language.values() if variant.colour else ()
    return any(wanted and wanted in name.casefold() for name in names)


def _order(raw: Json) -> Order:
    return Order(
        id=raw["id"],
        number=raw["number"],
        status=OrderStatus(raw["state"]),
        customer=parsing.customer(raw["customer"]),
        lines=tuple(parsing.line(one) for one in raw["lines"]),
        total=parsing.money(raw["total"]),
        shipping_fee=parsing.money(raw["delivery_fee"]),
        ordered_on=date.fromisoformat(raw["ordered_on"]),
        promised_on=date.fromisoformat(raw["promised_on"]),
        expected_on=parsing.maybe_day(raw["expected_on"]),
        shipped_on=parsing.maybe_day(raw["shipped_on"]),
        delivered_on=parsing.maybe_day(raw["delivered_on"]),
        address=parsing.address(raw["address"]),
        delivery_method=raw["delivery_method"],
        payment_method=raw["payment"]["method"],
        paid=bool(raw["payment"]["paid"]),
        tracking=to_tracking(raw["tracking"]) if raw["tracking"] else None,
        refunds=tuple(parsing.refund(one) for one in raw["refunds"]),
    )


def _return(raw: Json) -> Return:
    send_by = date.fromisoformat(raw["send_by"])
    refund = parsing.maybe_refund(raw["refund"])
    return Return(raw["reference"], raw["code"], raw["carrier"], send_by, bool(raw["free"]), refund)


def _replacement(raw: Json) -> Replacement:
    expected_on = date.fromisoformat(raw["expected_on"])
    return Replacement(raw["reference"], expected_on, parsing.money(raw["difference"]), raw["return_code"])


def _compensation(raw: Json) -> Compensation:
    amount, valid_until = parsing.money(raw["amount"]), parsing.maybe_day(raw["valid_until"])
    return Compensation(raw["reference"], amount, raw["code"], valid_until)


def _inquiry(raw: Json) -> Inquiry:
    return Inquiry(raw["reference"], raw["carrier"], date.fromisoformat(raw["due_on"]))


def _waiting(raw: Json) -> WaitingListEntry:
    return WaitingListEntry(raw["reference"], raw["sku"], parsing.maybe_day(raw["restock_on"]))


def _invoice(raw: Json) -> Invoice:
    return Invoice(
        number=raw["number"],
        total=parsing.money(raw["total"]),
        vat=parsing.money(raw["vat"]),
        issued_on=date.fromisoformat(raw["issued_on"]),
        due_on=parsing.maybe_day(raw["due_on"]),
        paid=bool(raw["paid"]),
        url=raw["url"],
    )


def _discount_code(raw: Json) -> DiscountCode:
    return DiscountCode(
        code=raw["code"],
        state=CodeState(raw["state"]),
        percent=raw["percent"],
        amount=parsing.maybe_money(raw["amount"]),
        minimum=parsing.maybe_money(raw["minimum"]),
        valid_from=parsing.maybe_day(raw["valid_from"]),
        valid_until=parsing.maybe_day(raw["valid_until"]),
    )


def _news(raw: Json) -> NewsPage:
    return NewsPage(tuple(_news_item(one) for one in raw["news"]), int(raw["next"]))


def _news_item(raw: Json) -> NewsItem:
    reference = raw.get("reference")
    return NewsItem(
        key=f"{raw['seq']}:{raw['kind']}:{reference or raw.get('order')}",
        kind=str(raw["kind"]),
        order=raw.get("order"),
        on=parsing.maybe_day(raw.get("on")),
        amount=Money(Decimal(raw["amount"]), "EUR") if raw.get("amount") else None,
        reference=reference,
        product=LocalText(raw["product"]) if raw.get("product") else None,
    )
