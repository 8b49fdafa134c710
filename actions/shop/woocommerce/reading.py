"""WooCommerce's JSON in our model. What WooCommerce does not know is computed or left out here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from actions.carriers import delivery_state
from actions.carriers.state import SHOP_ZONE
from actions.shop.model import (
    Address,
    Customer,
    LocalText,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    RefundState,
    Tracking,
)

from .api import meta

Json = Mapping[str, Any]
SETTLED_AFTER_DAYS = 30
"""No carrier keeps a parcel so long: without its word, what was sent before counts as delivered."""
REFUND_DAYS = 5
"""Working days that banks take at most for money which has left the shop."""

_STATUSES = {
    "cancelled": OrderStatus.CANCELLED,
    "failed": OrderStatus.CANCELLED,
    "trash": OrderStatus.CANCELLED,
    "refunded": OrderStatus.RETURNED,
}
SIZES = frozenset({"size", "koko", "suurus"})
COLOURS = frozenset({"color", "colour", "väri", "vari", "värv", "varv"})
_LANGUAGES = {"FI": "fi", "EE": "et"}
_METHODS = {"bacs": "bank", "cheque": "invoice", "invoice": "invoice", "mobilepay": "mobilepay"}
_LOCKERS = ("automaat", "automat", "locker", "pakiautomaat")
_POINTS = ("nouto", "pickup", "pick-up", "postipaketti", "postkontor", "lähella", "toimipiste")


@dataclass(frozen=True)
class Reader:
    """What the shop's settings add to what WooCommerce tells."""

    language: str
    delivery_days: int

    def order(
        self, raw: Json, trackings: Sequence[Json], parcel: Tracking | None, refunds: Sequence[Json], today: date
    ) -> Order:
        """With its status as of `today`. `parcel`: the newest of `trackings`, with what the carrier tells of it."""
        events = parcel.events if parcel else ()
        ordered_on = day(raw["date_created_gmt"])
        shipped_on = _shipped_on(raw, trackings)
        status = _STATUSES.get(raw["status"], OrderStatus.SHIPPED if shipped_on else OrderStatus.PROCESSING)
        if status is OrderStatus.RETURNED and shipped_on is None:
            status = OrderStatus.CANCELLED  # paid back before anything left
        delivered_on = None
        long_ago = shipped_on is not None and (today - shipped_on).days > SETTLED_AFTER_DAYS
        if shipped_on and long_ago and status is OrderStatus.SHIPPED and not events:
            status, delivered_on = OrderStatus.DELIVERED, shipped_on + timedelta(days=self.delivery_days)
        currency = raw["currency"]
        order = Order(
            id=str(raw["id"]),
            number=str(raw["number"]),
            status=status,
            customer=self.customer(raw),
            lines=tuple(self._line(one, currency) for one in raw["line_items"]),
            total=Money(Decimal(raw["total"]), currency),
            shipping_fee=Money(Decimal(raw["shipping_total"]) + Decimal(raw["shipping_tax"]), currency),
            ordered_on=ordered_on,
            promised_on=working_days_after(ordered_on, self.delivery_days),
            expected_on=parcel.expected_on if parcel else None,
            shipped_on=shipped_on,
            delivered_on=delivered_on,
            address=_address(raw),
            delivery_method=_delivery_method(raw),
            payment_method=payment_method(raw),
            paid=raw["date_paid_gmt"] is not None,
            tracking=parcel,
            refunds=tuple(refund(one, raw) for one in refunds),
        )
        state = delivery_state(order, events, today)
        return replace(order, status=state.status, expected_on=state.expected_on)

    def customer(self, raw: Json) -> Customer:
        """Who ordered, a guest too."""
        billing = raw["billing"]
        country = billing["country"]
        told = meta(raw, "wpml_language") or meta(raw, "lang")
        return Customer(
            id=str(raw.get("customer_id") or ""),
            name=f"{billing['first_name']} {billing['last_name']}".strip(),
            email=billing["email"],
            phone=billing["phone"] or None,
            language=str(told) if told else _LANGUAGES.get(country, "en"),
            country=country,
        )

    def text(self, text: str) -> LocalText:
        """WooCommerce has one language."""
        return LocalText({self.language: text})

    def _line(self, raw: Json, currency: str) -> OrderLine:
        quantity = int(raw["quantity"])
        whole = Decimal(raw["total"]) + Decimal(raw["total_tax"])
        size, colour = _attribute(raw, SIZES), _attribute(raw, COLOURS)
        return OrderLine(
            id=str(raw["id"]),
            sku=raw["sku"] or f"#{raw['variation_id'] or raw['product_id']}",
            name=self.text(raw["name"]),
            quantity=quantity,
            unit_price=Money((whole / max(quantity, 1)).quantize(Decimal("0.01")), currency),
            size=size,
            colour=self.text(colour) if colour else None,
        )


def refund(raw: Json, order: Json) -> Refund:
    """One refund of an order. Where the gateway did not pay, the shop's people do."""
    requested_on = day(raw["date_created_gmt"])
    paid = bool(raw["refunded_payment"])
    return Refund(
        reference=f"{order['number']}-{raw['id']}",
        amount=Money(Decimal(raw["amount"]), order["currency"]),
        state=RefundState.SENT if paid else RefundState.REQUESTED,
        requested_on=requested_on,
        expected_on=working_days_after(requested_on, REFUND_DAYS) if paid else None,
        method=payment_method(order),
        reason=raw["reason"] or "",
    )


def tracking(trackings: Sequence[Json]) -> Tracking | None:
    """The newest parcel. WooCommerce knows its number; its events are the carrier's."""
    if not trackings:
        return None
    newest = trackings[-1]
    return Tracking(newest["tracking_provider"], newest["tracking_number"], url=newest["tracking_link"] or None)


def payment_method(raw: Json) -> str:
    """In our words; a method that we do not know is told by the shop's own name for it."""
    known = next((ours for theirs, ours in _METHODS.items() if theirs in raw["payment_method"]), None)
    if known:
        return known
    cards = ("stripe", "card", "woocommerce_payments")
    return "card" if any(one in raw["payment_method"] for one in cards) else str(raw["payment_method_title"])


def day(moment: str) -> date:
    """The shop's calendar day of a moment in GMT such as 2026-11-21T09:30:00."""
    return datetime.fromisoformat(moment).replace(tzinfo=timezone.utc).astimezone(SHOP_ZONE).date()


def working_days_after(start: date, days: int) -> date:
    """Saturdays and Sundays not counted."""
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < 5
    return end


def _shipped_on(raw: Json, trackings: Sequence[Json]) -> date | None:
    """When the first parcel left; an order that the shop calls completed has left even without a parcel's number."""
    days = [date.fromisoformat(one["date_shipped"][:10]) for one in trackings if one["date_shipped"]]
    if days:
        return min(days)
    if trackings:
        return day(raw["date_modified_gmt"])
    completed = raw["date_completed_gmt"]
    return day(completed) if completed and raw["status"] in ("completed", "refunded") else None


def _address(raw: Json) -> Address:
    to = raw["shipping"] if raw["shipping"]["address_1"] else raw["billing"]
    street = ", ".join(part for part in (to["address_1"], to["address_2"]) if part)
    return Address(f"{to['first_name']} {to['last_name']}".strip(), street, to["postcode"], to["city"], to["country"])


def _delivery_method(raw: Json) -> str:
    lines = raw["shipping_lines"]
    title = " ".join(f"{one['method_id']} {one['method_title']}" for one in lines).casefold()
    if any(word in title for word in _LOCKERS):
        return "locker"
    return "pickup_point" if any(word in title for word in _POINTS) else "home"


def _attribute(raw: Json, names: frozenset[str]) -> str | None:
    for entry in raw.get("meta_data") or ():
        key = str(entry.get("key", "")).removeprefix("pa_").casefold()
        if key in names:
            return str(entry.get("display_value") or entry["value"])
    return None
