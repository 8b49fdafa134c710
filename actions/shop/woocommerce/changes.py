"""What is changed in a WooCommerce shop: each change is looked for by its mark before it is made (api.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from actions.shop.answers import Compensation, Replacement
from actions.shop.errors import Refusal, ShopRefused
from actions.shop.model import Address, Money, Order, Refund, RefundState

from . import reading
from .api import WooApi, digest, is_marked, mark, meta

Json = dict[str, Any]
VOUCHER_DAYS = 365
_COMPENSATED = "_aspa_compensation"
_RESENT = "_aspa_resent"
_OPEN = frozenset({"pending", "on-hold", "processing"})


@dataclass(frozen=True)
class Changes:
    """`delivery_days`: working days until something sent now arrives."""

    api: WooApi
    delivery_days: int

    def cancel(self, order: Order, reason: str, key: str, today: date) -> Refund | None:
        """Cancel, and pay back what was paid."""
        raw = self.api.order(order.id)
        if raw["status"] == "cancelled":
            if not is_marked(raw, key):
                raise ShopRefused(Refusal.ALREADY_CANCELLED)
        else:
            _refuse_if_shipped(order, raw)
            self.api.put(f"/orders/{order.id}", {"status": "cancelled", "meta_data": mark(key)})
            self.api.note(order.id, f"Cancelled at the customer's wish. {reason}".strip())
        left = self._left(raw, self._refunds(order.id)) if raw["date_paid_gmt"] else Decimal(0)
        paid_back = self._find_refund(order.id, raw, key)
        if paid_back or not left:
            return paid_back
        try:
            return self._pay_back(raw, left, reason, key)
        except ShopRefused:  # it is cancelled all the same: people pay what the gateway does not
            self.api.note(order.id, f"{left} {raw['currency']} must be paid back by hand: the gateway did not do it.")
            amount = Money(left, raw["currency"])
            method = reading.payment_method(raw)
            return Refund(order.number, amount, RefundState.REQUESTED, today, None, method, reason)

    def change_address(self, order: Order, address: Address, key: str) -> None:
        """Send it elsewhere."""
        raw = self.api.order(order.id)
        if is_marked(raw, key):
            return
        _refuse_if_shipped(order, raw)
        first, _, last = address.name.rpartition(" ")
        shipping = {
            "first_name": first or last,
            "last_name": last if first else "",
            "address_1": address.street,
            "address_2": "",
            "postcode": address.postal_code,
            "city": address.city,
            "country": address.country,
        }
        self.api.put(f"/orders/{order.id}", {"shipping": shipping, "meta_data": mark(key)})
        self.api.note(order.id, "The delivery address was changed at the customer's wish.")

    def refund(self, order: Order, amount: Decimal, reason: str, key: str) -> Refund:
        """Pay back a part or all."""
        raw = self.api.order(order.id)
        done = self._find_refund(order.id, raw, key)
        if done:
            return done
        if raw["date_paid_gmt"] is None:
            raise ShopRefused(Refusal.NOT_PAID)
        if amount > self._left(raw, self._refunds(order.id)):
            raise ShopRefused(Refusal.AMOUNT_TOO_HIGH)
        return self._pay_back(raw, amount, reason, key)

    def compensate(
        self, order: Order, amount: Money, *, voucher: bool, reason: str, key: str, today: date
    ) -> Compensation:
        """Once an order: the order says under which key."""
        raw = self.api.order(order.id)
        granted = meta(raw, _COMPENSATED)
        if granted not in (None, digest(key)):
            raise ShopRefused(Refusal.ALREADY_COMPENSATED)
        if amount.amount > Decimal(raw["total"]):
            raise ShopRefused(Refusal.AMOUNT_TOO_HIGH)
        if granted is None:
            marked = [{"key": _COMPENSATED, "value": digest(key)}]
            self.api.put(f"/orders/{order.id}", {"meta_data": marked})
        if not voucher:
            paid = self.refund(order, amount.amount, reason, key)
            return Compensation(paid.reference, paid.amount, None, None)
        return self._voucher(order, amount, reason, key, today)

    def resend(self, order: Order, line_ids: Sequence[str], reason: str, key: str, today: date) -> Replacement:
        """A new order of the same goods for nothing, a child of the old one."""
        children = self.api.many("/orders", parent=order.id, per_page=50)
        expected_on = reading.working_days_after(today, self.delivery_days)
        nothing = Money(Decimal(0), order.total.currency)
        done = next((child for child in children if is_marked(child, key)), None)
        if done:
            return Replacement(str(done["number"]), expected_on, nothing)
        if not order.shipped:
            raise ShopRefused(Refusal.NOT_SHIPPED)
        raw = self.api.order(order.id)
        wanted = [line for line in raw["line_items"] if not line_ids or str(line["id"]) in line_ids]
        if not wanted or (line_ids and len(wanted) != len(set(line_ids))):
            raise ShopRefused(Refusal.UNKNOWN_LINE)
        resent = {one for child in children for one in str(meta(child, _RESENT) or "").split(",")}
        if resent & {str(line["id"]) for line in wanted}:
            raise ShopRefused(Refusal.ALREADY_RESENT)
        made = self.api.post("/orders", _free_order(raw, wanted, key))
        self.api.note(order.id, f"Sent again free of charge as order {made['number']}. {reason}".strip())
        return Replacement(str(made["number"]), expected_on, nothing)

    def _voucher(self, order: Order, amount: Money, reason: str, key: str, today: date) -> Compensation:
        code = f"ASPA-{digest(key)[:10]}".upper()  # from the key: the same wish makes the same code
        expires = today + timedelta(days=VOUCHER_DAYS)
        if not self.api.many("/coupons", code=code.casefold(), per_page=1):
            self.api.post(
                "/coupons",
                {
                    "code": code,
                    "discount_type": "fixed_cart",
                    "amount": f"{amount.amount:.2f}",
                    "usage_limit": 1,
                    "email_restrictions": [order.customer.email],
                    "date_expires": f"{expires + timedelta(days=1):%Y-%m-%d}T00:00:00",
                    "description": f"Compensation for order {order.number}. {reason}".strip(),
                    "meta_data": mark(key),
                },
            )
        return Compensation(f"{order.number}-{code}", amount, code, expires)

    def _refunds(self, order_id: str) -> list[Json]:
        return self.api.many(f"/orders/{order_id}/refunds", per_page=100)

    def _find_refund(self, order_id: str, order: Json, key: str) -> Refund | None:
        marked = (one for one in self._refunds(order_id) if is_marked(one, key))
        return next((reading.refund(one, order) for one in marked), None)

    def _left(self, order: Json, refunds: Sequence[Json]) -> Decimal:
        return Decimal(order["total"]) - sum((Decimal(one["amount"]) for one in refunds), Decimal(0))

    def _pay_back(self, order: Json, amount: Decimal, reason: str, key: str) -> Refund:
        asked = {"amount": f"{amount:.2f}", "reason": reason, "api_refund": True, "meta_data": mark(key)}
        return reading.refund(self.api.post(f"/orders/{order['id']}/refunds", asked), order)


def _refuse_if_shipped(order: Order, raw: Json) -> None:
    if order.shipped or raw["status"] not in _OPEN:
        raise ShopRefused(Refusal.ALREADY_SHIPPED)


def _free_order(raw: Json, lines: Sequence[Json], key: str) -> Json:
    free = {"subtotal": "0.00", "total": "0.00"}
    goods = [{name: line[name] for name in ("product_id", "variation_id", "quantity")} | free for line in lines]
    resent = {"key": _RESENT, "value": ",".join(str(line["id"]) for line in lines)}
    copied = {name: raw[name] for name in ("currency", "customer_id", "billing", "shipping")}
    return {
        **copied,
        "parent_id": raw["id"],
        "status": "processing",
        "line_items": goods,
        "meta_data": [*mark(key), resent],
    }
