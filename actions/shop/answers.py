"""What a shop answers to a change, and to questions beside an order.

`reference` names the change in the shop's books and is told to the customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from .model import LocalText, Money, Order, Refund


class CodeState(str, Enum):
    """Whether a discount code works today, and if not, why."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    USED = "used"


@dataclass(frozen=True)
class Change:
    """An order was cancelled or changed. `order` is how it stands now; `refund` what follows in money, if anything."""

    reference: str
    order: Order
    refund: Refund | None = None


@dataclass(frozen=True)
class Return:
    """`code` is written on the parcel or shown at the carrier's desk; the goods must leave by `send_by`."""

    reference: str
    code: str
    carrier: str
    send_by: date
    free: bool
    refund: Refund | None = None


@dataclass(frozen=True)
class Replacement:
    """New goods on their way: an exchange, or what was wrong, missing or lost sent again.

    `return_code` is None where nothing comes back.
    """

    reference: str
    expected_on: date
    difference: Money  # to pay if above zero, paid back if below
    return_code: str | None = None


@dataclass(frozen=True)
class Compensation:
    """A voucher (with its `code`) or money back (`code` is None)."""

    reference: str
    amount: Money
    code: str | None
    valid_until: date | None


@dataclass(frozen=True)
class Inquiry:
    """The carrier searches for the parcel and answers by `due_on`."""

    reference: str
    carrier: str
    due_on: date


@dataclass(frozen=True)
class WaitingListEntry:
    """Somebody is told when the variant is back; `restock_on` None where no day is known."""

    reference: str
    sku: str
    restock_on: date | None


@dataclass(frozen=True)
class Invoice:
    """`due_on` is None for a receipt of what was paid at once; `vat` is the part of the total."""

    number: str
    total: Money
    vat: Money
    issued_on: date
    due_on: date | None
    paid: bool
    url: str | None


@dataclass(frozen=True)
class DiscountCode:
    """Either `percent` or `amount` is set. `minimum` is the smallest order it works for."""

    code: str
    state: CodeState
    percent: int | None = None
    amount: Money | None = None
    minimum: Money | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class NewsItem:
    """`kind`: date_changed (`order`, `on`), refunded (`order`, `amount`, `reference`, `on`), back_in_stock (`reference`
    of the waiting list's entry, `product`). `key` names it for ever."""

    key: str
    kind: str
    order: str | None = None
    on: date | None = None
    amount: Money | None = None
    reference: str | None = None
    product: LocalText | None = None


@dataclass(frozen=True)
class NewsPage:
    """`following`: the place from which to ask next."""

    items: tuple[NewsItem, ...]
    following: int
