"""The nouns of a shop: what an order, a parcel, a refund and a product are, whichever shop software stands behind.

All values are immutable. Money is a decimal with its currency, days are `datetime.date` in the shop's time zone,
moments are milliseconds since 1970 UTC, texts of the shop come in every language it has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum


class OrderStatus(str, Enum):
    """Where an order is. `LATE` and `PICKUP` are computed from the promise and the carrier's events."""

    PROCESSING = "processing"
    SHIPPED = "shipped"
    LATE = "late"
    PICKUP = "pickup"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class EventCode(str, Enum):
    """What a carrier's event means, in one vocabulary for all carriers."""

    REGISTERED = "registered"  # the carrier was told of the parcel, but does not have it yet
    ACCEPTED = "accepted"  # handed to the carrier
    IN_TRANSIT = "in_transit"
    SORTING = "sorting"  # in a sorting centre or terminal
    CUSTOMS = "customs"
    DELAYED = "delayed"  # the carrier itself says that it is late
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERY_FAILED = "delivery_failed"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    RETURNING = "returning"  # on its way back to the shop
    RETURNED = "returned"
    LOST = "lost"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"  # a code that we have no word for: shown, never interpreted


class RefundState(str, Enum):
    """How far the money is on its way back."""

    REQUESTED = "requested"  # agreed, waits for the goods or for the shop
    SENT = "sent"  # left the shop; the bank takes its days
    PAID = "paid"


@dataclass(frozen=True)
class Money:
    """An amount in a currency, for example `Money(Decimal("129.90"), "EUR")`."""

    amount: Decimal
    currency: str = "EUR"

    def to_wire(self) -> dict[str, str]:
        """`{"amount": "129.90", "currency": "EUR"}`, always with two decimals."""
        return {"amount": f"{self.amount:.2f}", "currency": self.currency}


@dataclass(frozen=True)
class LocalText:
    """One text in the languages that the shop has, for example `LocalText({"fi": "takki", "en": "jacket"})`."""

    by_language: dict[str, str]

    def say(self, language: str) -> str:
        """In this language, else in English, else in any: a foreign name is better than none."""
        texts = self.by_language
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@dataclass(frozen=True)
class Address:
    """Where a parcel goes."""

    name: str
    street: str
    postal_code: str
    city: str
    country: str  # ISO 3166, two letters


@dataclass(frozen=True)
class Customer:
    """`language` is what the customer chose in the shop, and may be one that we do not speak."""

    id: str
    name: str
    email: str
    phone: str | None
    language: str
    country: str
    newsletter: bool = False
    customer_since: date | None = None
    order_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrderLine:
    """One product of an order, in one size and colour. `id` names the line within the shop."""

    id: str
    sku: str
    name: LocalText
    quantity: int
    unit_price: Money
    size: str | None = None
    colour: LocalText | None = None


@dataclass(frozen=True)
class TrackingEvent:
    """One step of a parcel. `raw` is the carrier's own code, kept for people and for codes that we do not know."""

    at: int
    place: str
    code: EventCode
    raw: str = ""


@dataclass(frozen=True)
class Tracking:
    """Events are in the order of time. `expected_on` is the carrier's own estimate."""

    carrier: str  # shown name: Posti, Matkahuolto, Omniva, DPD
    code: str
    events: tuple[TrackingEvent, ...] = ()
    expected_on: date | None = None
    url: str | None = None
    pickup_point: str | None = None


@dataclass(frozen=True)
class Refund:
    """`expected_on` is the day by which the money should be on the customer's account."""

    reference: str
    amount: Money
    state: RefundState
    requested_on: date
    expected_on: date | None
    method: str  # card, bank, invoice, mobilepay
    reason: str = ""


@dataclass(frozen=True)
class Order:
    """An order that somebody has proved to be theirs.

    `status` is computed for the day it was read. `promised_on` is what the customer was told when ordering,
    `expected_on` the newest estimate (None once it has arrived, or when nobody knows). `refunds` are newest first.
    """

    id: str  # the shop's own handle; not always the number
    number: str
    status: OrderStatus
    customer: Customer
    lines: tuple[OrderLine, ...]
    total: Money
    shipping_fee: Money
    ordered_on: date
    promised_on: date
    expected_on: date | None
    shipped_on: date | None
    delivered_on: date | None
    address: Address
    delivery_method: str  # home, pickup_point, locker
    payment_method: str  # card, bank, invoice, mobilepay
    paid: bool
    tracking: Tracking | None = None
    refunds: tuple[Refund, ...] = ()

    @property
    def shipped(self) -> bool:
        """Has left the warehouse, so it is too late to cancel or to change it."""
        return self.shipped_on is not None


@dataclass(frozen=True)
class Variant:
    """One size and colour of a product. `restock_on` is known only for some of what is out of stock."""

    sku: str
    size: str | None
    colour: LocalText | None
    stock: int
    restock_on: date | None = None


@dataclass(frozen=True)
class Product:
    """A product with all its variants; `facts` hold what customers ask for, by a key such as `material`."""

    id: str
    slug: str
    name: LocalText
    description: LocalText
    category: LocalText
    price: Money
    variants: tuple[Variant, ...]
    facts: dict[str, LocalText] = field(default_factory=dict)


@dataclass(frozen=True)
class StockLevel:
    """One variant with the product that it belongs to; its `stock` is the answer."""

    product: Product
    variant: Variant
