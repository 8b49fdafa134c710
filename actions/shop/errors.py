"""What can go wrong between us and a shop. Two kinds, since they end differently for the customer."""

from __future__ import annotations

from enum import Enum


class Refusal(str, Enum):
    """Why a shop says no. The bot has a sentence for each; `OTHER` goes to a person."""

    UNKNOWN_ORDER = "unknown_order"
    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_PRODUCT = "unknown_product"
    UNKNOWN_CUSTOMER = "unknown_customer"
    ALREADY_SHIPPED = "already_shipped"
    ALREADY_CANCELLED = "already_cancelled"
    ALREADY_RETURNED = "already_returned"
    ALREADY_RESENT = "already_resent"
    NOT_SHIPPED = "not_shipped"
    NOT_DELIVERED = "not_delivered"
    RETURN_WINDOW_OVER = "return_window_over"
    RETURN_OPEN = "return_open"
    AMOUNT_TOO_HIGH = "amount_too_high"
    ALREADY_COMPENSATED = "already_compensated"
    INQUIRY_OPEN = "inquiry_open"
    NOT_PAID = "not_paid"
    OUT_OF_STOCK = "out_of_stock"
    IN_STOCK = "in_stock"
    BAD_REQUEST = "bad_request"
    NOT_SUPPORTED = "not_supported"
    OTHER = "other"


class ShopError(Exception):
    """Anything that a shop did not do for us."""


class ShopUnavailable(ShopError):
    """The shop is down, too slow or answers garbage. Nothing is known about whether a change was done: the same
    call with the same idempotency key may be made again, and tells."""


class ShopRefused(ShopError):
    """The shop understood and said no: nothing was changed. `code` says why."""

    def __init__(self, code: Refusal, message: str = "") -> None:
        super().__init__(message or code.value)
        self.code = code


class ShopMisconfigured(Exception):
    """Our own mistake, not the customer's and not the shop's: a setting is missing or wrong. Says which one to mend."""
