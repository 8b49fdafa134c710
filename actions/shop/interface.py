"""What a shop can be asked and what it can do: the one door between the bot's actions and any shop software.

Who uses it: `shop = shop_from_settings()` once, then for example

    order = shop.find_order("100233", email="maija.virtanen@example.fi")
    if order and shop.can(Operation.CANCEL_ORDER) and not order.shipped:
        shop.cancel_order(order, idempotency_key=f"{message_id}:cancel")

Rules that every implementation keeps:
- All calls block, within a time limit: call them in a thread.
- Every call may raise `ShopUnavailable` (down, slow, garbage) and `ShopRefused` (understood, and no). Nothing else.
- Every change takes an `idempotency_key`. The same key with the same arguments is done once and answers the same again.
- An `Order` is had only by proof, and changes take an `Order`, so that nothing is changed on a bare number.
- An operation for which `can()` is False raises `ShopRefused(Refusal.NOT_SUPPORTED)`: offer only what `can()` allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Protocol

from .answers import (
    Change,
    CodeState,
    Compensation,
    DiscountCode,
    Inquiry,
    Invoice,
    NewsItem,
    NewsPage,
    Replacement,
    Return,
    WaitingListEntry,
)
from .errors import Refusal, ShopError, ShopMisconfigured, ShopRefused, ShopUnavailable
from .model import (
    Address,
    Customer,
    EventCode,
    LocalText,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    Product,
    Refund,
    RefundState,
    StockLevel,
    Tracking,
    TrackingEvent,
    Variant,
)

__all__ = [
    "Address",
    "Change",
    "CodeState",
    "Compensation",
    "Customer",
    "DiscountCode",
    "EventCode",
    "Inquiry",
    "Invoice",
    "LocalText",
    "Money",
    "NewsItem",
    "NewsPage",
    "Operation",
    "Order",
    "OrderLine",
    "OrderStatus",
    "Product",
    "Refund",
    "RefundState",
    "Refusal",
    "Replacement",
    "Return",
    "Shop",
    "ShopError",
    "ShopMisconfigured",
    "ShopRefused",
    "ShopUnavailable",
    "StockLevel",
    "Tracking",
    "TrackingEvent",
    "Variant",
    "WaitingListEntry",
]


class Operation(str, Enum):
    """Each operation of `Shop` by name, to ask whether this shop can do it."""

    FIND_ORDER = "find_order"
    TRACKING = "tracking"
    CANCEL_ORDER = "cancel_order"
    CHANGE_ORDER = "change_order"
    CHANGE_ADDRESS = "change_address"
    OPEN_RETURN = "open_return"
    EXCHANGE_ITEM = "exchange_item"
    RESEND_ITEM = "resend_item"
    REFUND = "refund"
    REFUND_STATUS = "refund_status"
    GRANT_COMPENSATION = "grant_compensation"
    OPEN_INQUIRY = "open_inquiry"
    INVOICE = "invoice"
    FIND_PRODUCTS = "find_products"
    STOCK = "stock"
    WAITING_LIST = "waiting_list"
    DISCOUNT_CODE = "discount_code"
    CUSTOMER_DATA = "customer_data"
    SET_NEWSLETTER = "set_newsletter"
    NEWS = "news"


class Shop(Protocol):
    """A shop, as the bot's actions see it."""

    def can(self, operation: Operation) -> bool:
        """Whether this shop supports the operation at all. Asks nobody, costs nothing."""

    def today(self) -> date:
        """The shop's calendar day. Everything relative ("6 days late", "in 2 days") is counted from it."""

    # Looking up

    def find_order(self, number: str, *, email: str | None = None, phone: str | None = None) -> Order | None:
        """The order, if the e-mail or the phone belongs to it.

        None for a wrong number and for a wrong proof alike, in about the same time, so that nobody can find out
        which numbers exist. E-mail in any case; phone with or without country code, spaces and dashes.
        Without any proof it is None without asking.
        """

    def tracking(self, order: Order) -> Tracking | None:
        """The newest events of its parcel; None before shipping."""

    def refund_status(self, order: Order) -> tuple[Refund, ...]:
        """All refunds of the order as they are now, newest first."""

    def invoice(self, order: Order) -> Invoice | None:
        """Its invoice or receipt; None where none was made."""

    def find_products(self, query: str, *, limit: int = 5) -> tuple[Product, ...]:
        """Products whose name, category or description fits the words in any of the shop's languages, best first."""

    def stock(self, query: str, *, size: str | None = None, colour: str | None = None) -> tuple[StockLevel, ...]:
        """How many there are of each variant of the products that fit, best first. 0 is an answer too."""

    def discount_code(self, code: str) -> DiscountCode | None:
        """What the code is worth and whether it works today; None for an unknown code."""

    def customer_data(self, email: str) -> Customer | None:
        """What the shop holds on the customer. Ask only for somebody who has proved to own the e-mail."""

    # Changing an order

    def cancel_order(self, order: Order, *, reason: str = "", idempotency_key: str) -> Change:
        """Cancel the whole order; what was paid comes back (`Change.refund`).

        Refused: already_shipped, already_cancelled.
        """

    def change_order(self, order: Order, quantities: Mapping[str, int], *, idempotency_key: str) -> Change:
        """Set how many of each SKU the order holds (0 removes it, a new SKU adds it); others stay.

        Refused: already_shipped, unknown_product, out_of_stock.
        """

    def change_address(self, order: Order, address: Address, *, idempotency_key: str) -> Change:
        """Send it elsewhere. Refused: already_shipped."""

    def open_return(self, order: Order, line_ids: Sequence[str], *, reason: str = "", idempotency_key: str) -> Return:
        """Open a return of these lines (all if empty). Refused: not_delivered, return_window_over, return_open."""

    def exchange_item(
        self, order: Order, line_id: str, new_sku: str, *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        """Send another variant or product in place of a received one. Refused: not_delivered, out_of_stock."""

    def resend_item(
        self, order: Order, line_ids: Sequence[str], *, reason: str = "", idempotency_key: str
    ) -> Replacement:
        """Send what was wrong, missing or lost again, free of charge. Refused: not_shipped, already_resent."""

    # Money

    def refund(self, order: Order, amount: Money, *, reason: str = "", idempotency_key: str) -> Refund:
        """Pay back at most what was paid and is not yet paid back. Refused: amount_too_high, not_paid."""

    def grant_compensation(
        self, order: Order, amount: Money, *, voucher: bool = True, reason: str = "", idempotency_key: str
    ) -> Compensation:
        """A voucher, or money back, for trouble; once an order. Refused: already_compensated, amount_too_high."""

    # The rest

    def open_inquiry(self, order: Order, *, text: str = "", idempotency_key: str) -> Inquiry:
        """Have the carrier search for the parcel. Refused: not_shipped, inquiry_open."""

    def waiting_list(self, sku: str, *, email: str, language: str, idempotency_key: str) -> WaitingListEntry:
        """Tell this e-mail when the variant is back. Refused: unknown_product, in_stock."""

    def set_newsletter(self, email: str, *, on: bool, idempotency_key: str) -> Customer:
        """Start or stop the newsletter. Refused: unknown_customer."""

    # What happened there

    def news(self, after: int) -> NewsPage:
        """What customers should hear of, after the place `after` in the shop's own order; 0 is the beginning."""
