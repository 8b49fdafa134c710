# ruff: noqa: D102 - what each operation promises stands in `Shop`, once
"""`Shop` over WooCommerce. An operation that WooCommerce has nothing for is not offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from actions.carriers.lines import read_lines
from actions.carriers.state import SHOP_ZONE
from actions.shop.interface import (
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
    WaitingListEntry,
)
from actions.shop.parsing import parsed
from actions.shop.settings import ShopSettings

from . import reading
from .api import Json, WooApi
from .changes import Changes
from .goods import Goods
from .reading import Reader

T = TypeVar("T")
_CAN = frozenset(
    {
        Operation.FIND_ORDER,
        Operation.TRACKING,
        Operation.CANCEL_ORDER,
        Operation.CHANGE_ADDRESS,
        Operation.RESEND_ITEM,
        Operation.REFUND,
        Operation.REFUND_STATUS,
        Operation.GRANT_COMPENSATION,
        Operation.FIND_PRODUCTS,
        Operation.STOCK,
        Operation.DISCOUNT_CODE,
        Operation.CUSTOMER_DATA,
    }
)
LONGEST_NUMBER = 40  # characters; nothing longer is an order number
_SEARCHED = 20  # orders that a search by number may give
_NEWEST = 20  # orders named in a customer's data
_PHONE_END = 7  # digits: with and without country code the end of a phone number is the same


class WooCommerceShop:
    """Implements `Shop`; what each operation promises stands there."""

    def __init__(self, settings: ShopSettings) -> None:
        self._api = WooApi(settings)
        self._reader = Reader(settings.language, settings.delivery_days)
        self._goods = Goods(self._api, self._reader)
        self._changes = Changes(self._api, settings.delivery_days)
        self._carriers = read_lines(settings.carriers)
        self._today = settings.today

    def can(self, operation: Operation) -> bool:
        return operation in _CAN

    def today(self) -> date:
        return self._today or datetime.now(SHOP_ZONE).date()

    # Looking up

    def find_order(self, number: str, *, email: str | None = None, phone: str | None = None) -> Order | None:
        number = number.strip().lstrip("#").strip()
        if not (email or phone) or not number or len(number) > LONGEST_NUMBER:
            return None
        # The number is not the id where a plug-in counts orders: search finds both, and the number decides.
        found = self._api.many("/orders", search=number, per_page=_SEARCHED)
        raw = next((one for one in found if str(one.get("number", "")).casefold() == number.casefold()), None)
        if raw is None or not _understood(lambda: _proves(raw["billing"], email, phone)):
            return None
        return self._read(raw)

    def tracking(self, order: Order) -> Tracking | None:
        tracking = _understood(lambda: reading.tracking(self._trackings(order.id)))
        return self._carriers.with_events(tracking) if tracking else None

    def refund_status(self, order: Order) -> tuple[Refund, ...]:
        return self._again(order).refunds

    def invoice(self, order: Order) -> Invoice | None:
        _refuse()

    def find_products(self, query: str, *, limit: int = 5) -> tuple[Product, ...]:
        return _understood(lambda: self._goods.find(query, limit))

    def stock(self, query: str, *, size: str | None = None, colour: str | None = None) -> tuple[StockLevel, ...]:
        return _understood(lambda: self._goods.stock(query, size, colour))

    def discount_code(self, code: str) -> DiscountCode | None:
        code = code.strip()
        if not code or len(code) > LONGEST_NUMBER:
            return None
        return _understood(lambda: self._goods.discount_code(code, self.today()))

    def customer_data(self, email: str) -> Customer | None:
        orders = self._api.many("/orders", search=email, per_page=_NEWEST)
        return _understood(lambda: self._customer(orders, email))

    # Changing an order

    def cancel_order(self, order: Order, *, reason: str = "", idempotency_key: str) -> Change:
        refund = _understood(lambda: self._changes.cancel(order, reason, idempotency_key, self.today()))
        return Change(order.number, self._again(order), refund)

    def change_order(self, order: Order, quantities: Mapping[str, int], *, idempotency_key: str) -> Change:
        _refuse()

    def change_address(self, order: Order, address: Address, *, idempotency_key: str) -> Change:
        _understood(lambda: self._changes.change_address(order, address, idempotency_key))
        return Change(order.number, self._again(order))

    def open_return(self, order: Order, line_ids: Sequence[str], *, reason: str = "", idempotency_key: str) -> Return:
        _refuse()

    def exchange_item(
        self, order: Order, line_id: str, new_sku: str, *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        _refuse()

    def resend_item(
        self, order: Order, line_ids: Sequence[str], *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        return _understood(lambda: self._changes.resend(order, line_ids, reason, idempotency_key, self.today()))

    # Money

    def refund(self, order: Order, amount: Money, *, reason: str = "", idempotency_key: str) -> Refund:
        return _understood(lambda: self._changes.refund(order, _sum(amount), reason, idempotency_key))

    def grant_compensation(
        self, order: Order, amount: Money, *, voucher: bool = True, reason: str = "", idempotency_key: str
    ) -> Compensation:
        rounded = replace(amount, amount=_sum(amount))
        return _understood(
            lambda: self._changes.compensate(
                order, rounded, voucher=voucher, reason=reason, key=idempotency_key, today=self.today()
            )
        )

    # The rest

    def open_inquiry(self, order: Order, *, text: str = "", idempotency_key: str) -> Inquiry:
        _refuse()

    def waiting_list(self, sku: str, *, email: str, language: str, idempotency_key: str) -> WaitingListEntry:
        _refuse()

    def set_newsletter(self, email: str, *, on: bool, idempotency_key: str) -> Customer:
        _refuse()

    def news(self, after: int) -> NewsPage:
        _refuse()

    # How

    def _again(self, order: Order) -> Order:
        return self._read(self._api.order(order.id))

    def _read(self, raw: Json) -> Order:
        number = _understood(lambda: str(int(raw["id"])))
        refunds = self._api.many(f"/orders/{number}/refunds", per_page=100)
        trackings = self._trackings(number)
        parcel = _understood(lambda: reading.tracking(trackings))
        followed = self._carriers.with_events(parcel) if parcel else None
        return _understood(lambda: self._reader.order(raw, trackings, followed, refunds, self.today()))

    def _trackings(self, order_id: str) -> list[Json]:
        """Of the extension Shipment Tracking, or of one that speaks like it; none where no such thing is installed."""
        return self._api.many(f"/wc-shipment-tracking/v3/orders/{int(order_id)}/shipment-trackings")

    def _customer(self, orders: Sequence[Json], email: str) -> Customer | None:
        theirs = [raw for raw in orders if raw["billing"]["email"].casefold() == email.strip().casefold()]
        if not theirs:
            return None
        first = min(reading.day(raw["date_created_gmt"]) for raw in theirs)
        numbers = tuple(str(raw["number"]) for raw in theirs)
        return replace(self._reader.customer(theirs[0]), customer_since=first, order_numbers=numbers)


def _understood(read: Callable[[], T]) -> T:
    """What `read` makes of the shop's answers. Raises ShopUnavailable where they are not what they should be."""
    return parsed(lambda _: read(), {})


def _refuse() -> NoReturn:
    raise ShopRefused(Refusal.NOT_SUPPORTED)


def _sum(amount: Money) -> Decimal:
    return amount.amount.quantize(Decimal("0.01"))


def _proves(billing: Mapping[str, Any], email: str | None, phone: str | None) -> bool:
    if email:
        return bool(billing["email"].casefold() == email.strip().casefold())
    wanted, known = _digits(phone or ""), _digits(billing["phone"])
    return len(wanted) >= _PHONE_END and len(known) >= _PHONE_END and _same_phone(wanted, known)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone).lstrip("0")


def _same_phone(one: str, other: str) -> bool:
    """With and without country code: the shorter is the end of the longer."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short)
