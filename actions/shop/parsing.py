# ruff: noqa: D103 - each function is named after what it reads
"""Reads a shop's JSON into our model. Whatever does not fit is garbage, and a shop that sends it is unavailable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from .errors import ShopUnavailable
from .model import Address, Customer, LocalText, Money, OrderLine, Product, Refund, RefundState, Variant

T = TypeVar("T")


def parsed(read: Callable[[dict[str, Any]], T], raw: Any) -> T:
    """What `read` makes of it. Raises ShopUnavailable, naming what was missing or wrong but not the customer's data."""
    try:
        return read(raw)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        wrong = f" {error}" if isinstance(error, KeyError) else ""
        raise ShopUnavailable(f"The shop's answer is not what it should be: {type(error).__name__}{wrong}.") from None


def money(raw: dict[str, Any]) -> Money:
    amount = Decimal(raw["amount"])
    if not amount.is_finite():
        raise ValueError("not an amount")
    return Money(amount, str(raw["currency"]))


def maybe_money(raw: dict[str, Any] | None) -> Money | None:
    return money(raw) if raw is not None else None


def maybe_day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw is not None else None


def text(raw: dict[str, str]) -> LocalText:
    return LocalText(dict(raw))


def maybe_text(raw: dict[str, str] | None) -> LocalText | None:
    return text(raw) if raw is not None else None


def address(raw: dict[str, Any]) -> Address:
    return Address(raw["name"], raw["street"], raw["postal_code"], raw["city"], raw["country"])


def customer(raw: dict[str, Any]) -> Customer:
    return Customer(
        id=str(raw["id"]),
        name=raw["name"],
        email=raw["email"],
        phone=raw["phone"],
        language=raw["language"],
        country=raw["country"],
        newsletter=bool(raw["newsletter"]),
        customer_since=maybe_day(raw["customer_since"]),
        order_numbers=tuple(raw.get("orders", ())),
    )


def line(raw: dict[str, Any]) -> OrderLine:
    return OrderLine(
        id=raw["id"],
        sku=raw["sku"],
        name=text(raw["name"]),
        quantity=int(raw["quantity"]),
        unit_price=money(raw["unit_price"]),
        size=raw["size"],
        colour=maybe_text(raw["colour"]),
    )


def refund(raw: dict[str, Any]) -> Refund:
    return Refund(
        reference=raw["reference"],
        amount=money(raw["amount"]),
        state=RefundState(raw["state"]),
        requested_on=date.fromisoformat(raw["requested_on"]),
        expected_on=maybe_day(raw["expected_on"]),
        method=raw["method"],
        reason=raw["reason"],
    )


def maybe_refund(raw: dict[str, Any] | None) -> Refund | None:
    return refund(raw) if raw is not None else None


def product(raw: dict[str, Any]) -> Product:
    return Product(
        id=raw["id"],
        slug=raw["slug"],
        name=text(raw["name"]),
        description=text(raw["description"]),
        category=text(raw["category"]),
        price=money(raw["price"]),
        variants=tuple(_variant(one) for one in raw["variants"]),
        facts={name: text(value) for name, value in raw["facts"].items()},
    )


def _variant(raw: dict[str, Any]) -> Variant:
    return Variant(
        sku=raw["sku"],
        size=raw["size"],
        colour=maybe_text(raw["colour"]),
        stock=int(raw["stock"]),
        restock_on=maybe_day(raw["restock_on"]),
    )
