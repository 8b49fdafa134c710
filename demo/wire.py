"""The demo shop's things as JSON, as `demo/README.md` shows them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from demo.catalogue import Rules
from demo.model import Address, Code, Customer, Line, Order, Parcel, Product, Refund, Variant

Json = dict[str, Any]
INVOICE_DAYS = 14


def money(amount: Decimal) -> Json:
    return {"amount": f"{amount:.2f}", "currency": "EUR"}


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def order(one: Order) -> Json:
    return {
        "id": one.number,
        "number": one.number,
        "state": one.state,
        "customer": customer(one.customer),
        "lines": [line(item) for item in one.lines],
        "total": money(one.total),
        "delivery_fee": money(one.fee),
        "ordered_on": day(one.ordered_on),
        "promised_on": day(one.promised_on),
        "expected_on": day(one.expected_on),
        "shipped_on": day(one.shipped_on),
        "delivered_on": day(one.delivered_on),
        "address": address(one.address),
        "delivery_method": one.method,
        "carrier": one.carrier,
        "payment": {"method": one.payment, "paid": one.paid > 0},
        "tracking": parcel(one.parcel) if one.parcel else None,
        "refunds": refunds(one),
    }


def refunds(one: Order) -> list[Json]:
    return [refund(item) for item in reversed(one.refunds)]


def refund(one: Refund) -> Json:
    return {
        "reference": one.reference,
        "amount": money(one.amount),
        "state": one.state,
        "requested_on": day(one.requested_on),
        "expected_on": day(one.expected_on),
        "method": one.method,
        "reason": one.reason,
    }


def line(one: Line) -> Json:
    return {
        "id": one.id,
        "sku": one.variant.sku,
        "name": one.product.name,
        "size": one.variant.size,
        "colour": one.variant.colour,
        "quantity": one.quantity,
        "unit_price": money(one.unit_price),
    }


def address(one: Address) -> Json:
    fields = ("name", "street", "postal_code", "city", "country")
    return {name: getattr(one, name) for name in fields}


def customer(one: Customer) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "phone": one.phone,
        "language": one.language,
        "country": one.country,
        "newsletter": one.newsletter,
        "customer_since": day(one.since),
    }


def parcel(one: Parcel) -> Json:
    return {
        "carrier": one.carrier,
        "code": one.code,
        "url": one.url,
        "pickup_point": one.pickup_point,
        "expected_on": day(one.expected_on),
        "events": [{"at": event.at, "place": event.place, "code": event.code} for event in one.events],
    }


def product(one: Product) -> Json:
    return {
        "id": one.id,
        "slug": one.slug,
        "name": one.name,
        "description": one.description,
        "category": one.category,
        "price": money(one.price),
        "facts": one.facts,
        "variants": [variant(item) for item in one.variants],
    }


def variant(one: Variant) -> Json:
    return {
        "sku": one.sku,
        "size": one.size,
        "colour": one.colour,
        "stock": one.stock,
        "restock_on": day(one.restock_on),
    }


def code(one: Code, today: date) -> Json:
    if one.used:
        state = "used"
    elif today < one.valid_from:
        state = "not_yet"
    else:
        state = "valid" if today <= one.valid_until else "expired"
    return {
        "code": one.code,
        "state": state,
        "percent": one.percent,
        "amount": money(one.amount) if one.amount is not None else None,
        "minimum": money(one.minimum) if one.minimum is not None else None,
        "valid_from": day(one.valid_from),
        "valid_until": day(one.valid_until),
    }


def invoice(one: Order, rules: Rules) -> Json:
    """Invoices are due 14 days after they were made; everything else is a receipt, paid at once."""
    by_invoice = one.payment == "invoice"
    return {
        "number": f"KL{one.number}",
        "total": money(one.total),
        "vat": money(rules.vat_of(one.total, one.customer.country)),
        "issued_on": day(one.ordered_on),
        "due_on": day(one.ordered_on + timedelta(days=INVOICE_DAYS)) if by_invoice else None,
        "paid": one.paid > 0,
        "url": None,
    }
