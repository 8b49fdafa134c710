"""What the demo shop keeps in mind: products, customers, orders and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Text = dict[str, str]  # the same words by language
State = Literal["processing", "shipped", "delivered", "returned", "cancelled"]
RefundState = Literal["requested", "sent", "paid"]


@dataclass
class Variant:
    sku: str
    size: str | None
    colour: Text | None
    stock: int
    restock_on: date | None


@dataclass
class Product:
    id: str
    slug: str
    price: Decimal
    name: Text
    description: Text
    category: Text
    facts: dict[str, Text]
    variants: list[Variant]


@dataclass(frozen=True)
class Address:
    name: str
    street: str
    postal_code: str
    city: str
    country: str


@dataclass
class Customer:
    id: str
    name: str
    email: str
    phone: str
    language: str
    country: str
    address: Address
    since: date
    newsletter: bool


@dataclass
class Line:
    id: str
    product: Product
    variant: Variant
    quantity: int
    unit_price: Decimal

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class Event:
    """`code` is the carrier's own, as its line would send it."""

    at: int
    place: str
    code: str


@dataclass
class Parcel:
    carrier: str
    code: str
    url: str
    pickup_point: str | None
    expected_on: date | None
    events: list[Event]


@dataclass(frozen=True)
class Refund:
    reference: str
    amount: Decimal
    state: RefundState
    requested_on: date
    expected_on: date
    method: str
    reason: str


@dataclass
class Order:
    number: str
    customer: Customer
    address: Address
    lines: list[Line]
    fee: Decimal
    state: State
    ordered_on: date
    promised_on: date
    expected_on: date | None
    shipped_on: date | None
    delivered_on: date | None
    carrier: str
    method: str
    payment: str
    paid: Decimal
    parcel: Parcel | None = None
    refunds: list[Refund] = field(default_factory=list)
    returned_lines: set[str] = field(default_factory=set)
    resent_lines: set[str] = field(default_factory=set)
    compensated: bool = False
    inquiry: str | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), self.fee)

    @property
    def refundable(self) -> Decimal:
        """What was paid and has not been promised back yet."""
        return max(Decimal(0), self.paid - sum((refund.amount for refund in self.refunds), Decimal(0)))


@dataclass
class Code:
    code: str
    percent: int | None
    amount: Decimal | None
    minimum: Decimal | None
    valid_from: date
    valid_until: date
    used: bool


@dataclass(frozen=True)
class Waiting:
    reference: str
    sku: str
    email: str
    language: str
