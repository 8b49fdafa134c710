# ruff: noqa: D102 - what each operation promises stands in `Shop`, once
"""The demo shop over its HTTP API (`demo/README.md`), called just as a real shop would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from actions.carriers import delivery_state
from actions.carriers.demo import DemoCarrier
from actions.carriers.state import SHOP_ZONE

from . import demo_records as records
from . import parsing
from .http import BearerToken, JsonApi
from .interface import (
    Address,
    Change,
    Compensation,
    Customer,
    DiscountCode,
    Inquiry,
    Invoice,
    Money,
    NewsPage,
    Operation,
    Order,
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
        return parsed(records.invoice, body) if body else None

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
        return parsed(records.discount_code, body) if body else None

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
        return parsed(records.opened_return, self._order_change(order, "returns", asked, idempotency_key))

    def exchange_item(
        self, order: Order, line_id: str, new_sku: str, *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        asked = {"line": line_id, "new_sku": new_sku, "reason": reason}
        return parsed(records.replacement, self._order_change(order, "exchanges", asked, idempotency_key))

    def resend_item(
        self, order: Order, line_ids: Sequence[str], *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        asked = {"lines": list(line_ids), "reason": reason}
        return parsed(records.replacement, self._order_change(order, "resends", asked, idempotency_key))

    # Money

    def refund(self, order: Order, amount: Money, *, reason: str = "", idempotency_key: str) -> Refund:
        asked = {"amount": amount.to_wire(), "reason": reason}
        return parsed(parsing.refund, self._order_change(order, "refunds", asked, idempotency_key))

    def grant_compensation(
        self, order: Order, amount: Money, *, voucher: bool = True, reason: str = "", idempotency_key: str
    ) -> Compensation:
        asked = {"amount": amount.to_wire(), "voucher": voucher, "reason": reason}
        return parsed(records.compensation, self._order_change(order, "compensations", asked, idempotency_key))

    # The rest

    def open_inquiry(self, order: Order, *, text: str = "", idempotency_key: str) -> Inquiry:
        return parsed(records.inquiry, self._order_change(order, "inquiries", {"text": text}, idempotency_key))

    def waiting_list(self, sku: str, *, email: str, language: str, idempotency_key: str) -> WaitingListEntry:
        asked = {"sku": sku, "email": email, "language": language}
        return parsed(records.waiting_list_entry, self._changed("/waiting-list", asked, idempotency_key))

    def set_newsletter(self, email: str, *, on: bool, idempotency_key: str) -> Customer:
        body = self._changed("/newsletter", {"email": email, "on": on}, idempotency_key)
        return parsed(lambda raw: parsing.customer(raw["customer"]), body)

    def news(self, after: int) -> NewsPage:
        body = self._read(f"/news?after={after}") or {}
        return parsed(records.news, body)

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
        order = parsed(records.order, raw)
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
