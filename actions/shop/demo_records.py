# ruff: noqa: D103 - each function is named after what it reads
"""Reads what the demo shop alone writes so; what shops have in common is read in `parsing`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from actions.carriers.demo import to_tracking

from . import parsing
from .interface import (
    CodeState,
    Compensation,
    DiscountCode,
    Inquiry,
    Invoice,
    LocalText,
    Money,
    NewsItem,
    NewsPage,
    Order,
    OrderStatus,
    Replacement,
    Return,
    WaitingListEntry,
)

Json = dict[str, Any]


def order(raw: Json) -> Order:
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


def opened_return(raw: Json) -> Return:
    send_by = date.fromisoformat(raw["send_by"])
    refund = parsing.maybe_refund(raw["refund"])
    return Return(raw["reference"], raw["code"], raw["carrier"], send_by, bool(raw["free"]), refund)


def replacement(raw: Json) -> Replacement:
    expected_on = date.fromisoformat(raw["expected_on"])
    return Replacement(raw["reference"], expected_on, parsing.money(raw["difference"]), raw["return_code"])


def compensation(raw: Json) -> Compensation:
    amount, valid_until = parsing.money(raw["amount"]), parsing.maybe_day(raw["valid_until"])
    return Compensation(raw["reference"], amount, raw["code"], valid_until)


def inquiry(raw: Json) -> Inquiry:
    return Inquiry(raw["reference"], raw["carrier"], date.fromisoformat(raw["due_on"]))


def waiting_list_entry(raw: Json) -> WaitingListEntry:
    return WaitingListEntry(raw["reference"], raw["sku"], parsing.maybe_day(raw["restock_on"]))


def invoice(raw: Json) -> Invoice:
    return Invoice(
        number=raw["number"],
        total=parsing.money(raw["total"]),
        vat=parsing.money(raw["vat"]),
        issued_on=date.fromisoformat(raw["issued_on"]),
        due_on=parsing.maybe_day(raw["due_on"]),
        paid=bool(raw["paid"]),
        url=raw["url"],
    )


def discount_code(raw: Json) -> DiscountCode:
    return DiscountCode(
        code=raw["code"],
        state=CodeState(raw["state"]),
        percent=raw["percent"],
        amount=parsing.maybe_money(raw["amount"]),
        minimum=parsing.maybe_money(raw["minimum"]),
        valid_from=parsing.maybe_day(raw["valid_from"]),
        valid_until=parsing.maybe_day(raw["valid_until"]),
    )


def news(raw: Json) -> NewsPage:
    return NewsPage(tuple(news_item(one) for one in raw["news"]), int(raw["next"]))


def news_item(raw: Json) -> NewsItem:
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
