"""What the WooCommerce shop of the tests holds, in the shape of the published schema."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Json = dict[str, Any]

LINE: Json = {
    "id": 41,
    "name": "Halla winter jacket - M, blue",
    "product_id": 93,
    "variation_id": 94,
    "quantity": 1,
    "tax_class": "",
    "subtotal": "103.51",
    "subtotal_tax": "26.39",
    "total": "103.51",
    "total_tax": "26.39",
    "meta_data": [
        {"id": 1, "key": "pa_koko", "value": "m", "display_key": "Koko", "display_value": "M"},
        {"id": 2, "key": "pa_vari", "value": "sininen", "display_key": "Väri", "display_value": "sininen"},
    ],
    "sku": "HALLA-M",
    "price": 103.51,
}
MITTENS: Json = {**LINE, "id": 42, "name": "Mittens", "product_id": 95, "variation_id": 0, "quantity": 2, "sku": ""}
MITTENS |= {"subtotal": "19.92", "subtotal_tax": "5.08", "total": "19.92", "total_tax": "5.08", "meta_data": []}
PERSON: Json = {
    "first_name": "Maija",
    "last_name": "Virtanen",
    "company": "",
    "address_1": "Mannerheimintie 1 A 2",
    "address_2": "",
    "city": "Helsinki",
    "state": "",
    "postcode": "00100",
    "country": "FI",
    "email": "Maija.Virtanen@example.fi",
    "phone": "+358 40 555 0101",
}
ORDER: Json = {
    "id": 727,
    "parent_id": 0,
    "number": "1042",
    "status": "processing",
    "currency": "EUR",
    "date_created_gmt": "2026-11-10T09:30:00",
    "date_modified_gmt": "2026-11-10T09:31:00",
    "date_paid_gmt": "2026-11-10T09:31:00",
    "date_completed_gmt": None,
    "discount_total": "0.00",
    "shipping_total": "3.91",
    "shipping_tax": "0.99",
    "total": "159.80",
    "total_tax": "32.46",
    "customer_id": 12,
    "customer_note": "",
    "billing": PERSON,
    "shipping": {name: value for name, value in PERSON.items() if name != "email"},
    "payment_method": "stripe",
    "payment_method_title": "Credit card",
    "meta_data": [],
    "line_items": [LINE, MITTENS],
    "shipping_lines": [{"id": 43, "method_id": "flat_rate", "method_title": "Posti pakettiautomaatti"}],
    "refunds": [],
}
GUEST: Json = {
    **ORDER,
    "id": 731,
    "number": "731",
    "customer_id": 0,
    "payment_method": "bacs",
    "payment_method_title": "Pangaülekanne",
    "billing": {**PERSON, "first_name": "Mari", "last_name": "Tamm", "email": "mari.tamm@example.ee", "country": "EE"},
    "meta_data": [{"id": 9, "key": "wpml_language", "value": "et"}],
    "date_paid_gmt": None,
    "status": "on-hold",
}
SENT: Json = {**ORDER, "id": 735, "number": "1050", "status": "completed", "date_completed_gmt": "2026-11-12T12:00:00"}
OLD: Json = {
    **ORDER,
    "id": 700,
    "number": "1001",
    "status": "completed",
    "date_created_gmt": "2026-09-01T08:00:00",
    "date_completed_gmt": "2026-09-02T08:00:00",
}
PRODUCT: Json = {
    "id": 93,
    "name": "Halla winter jacket",
    "slug": "halla",
    "type": "variable",
    "status": "publish",
    "description": "<p>Warm &amp; dry.</p>",
    "short_description": "",
    "sku": "HALLA",
    "price": "129.90",
    "stock_status": "instock",
    "stock_quantity": None,
    "categories": [{"id": 3, "name": "Jackets", "slug": "jackets"}],
    "attributes": [{"id": 1, "name": "Material", "visible": True, "variation": False, "options": ["wool"]}],
    "variations": [94, 96],
}
MITTENS_PRODUCT: Json = {**PRODUCT, "id": 95, "name": "Mittens", "slug": "mittens", "type": "simple", "sku": "MITTENS"}
VARIATIONS: list[Json] = [
    {
        "id": 94,
        "sku": "HALLA-M",
        "stock_status": "instock",
        "stock_quantity": 3,
        "attributes": [{"id": 1, "name": "Koko", "option": "M"}, {"id": 2, "name": "Väri", "option": "sininen"}],
    },
    {
        "id": 96,
        "sku": "HALLA-L",
        "stock_status": "outofstock",
        "stock_quantity": 0,
        "attributes": [{"id": 1, "name": "Koko", "option": "L"}, {"id": 2, "name": "Väri", "option": "musta"}],
    },
]
COUPON: Json = {
    "id": 5,
    "code": "tere10",
    "amount": "10.00",
    "discount_type": "percent",
    "date_expires_gmt": None,
    "usage_count": 0,
    "usage_limit": None,
    "minimum_amount": "30.00",
}
TRACKING: Json = {
    "tracking_id": "t1",
    "tracking_provider": "Posti",
    "tracking_link": "https://www.posti.fi/seuranta",
    "tracking_number": "JJFI1",
    "date_shipped": "2026-11-12",
}


class World:
    """State, and what WooCommerce does with it."""

    def __init__(self) -> None:
        self.orders = {one["id"]: deepcopy(one) for one in (ORDER, GUEST, SENT, OLD)}
        self.products, self.variations = [PRODUCT, MITTENS_PRODUCT], {93: VARIATIONS}
        self.coupons = [dict(COUPON)]
        self.refunds: dict[int, list[Json]] = {}
        self.notes: dict[int, list[Json]] = {}
        self.trackings: dict[int, list[Json]] = {735: [TRACKING]}
        self.has_tracking = True
        self.gateway_refunds = True
        self._last_id = 900

    def new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def search_orders(self, text: str, parent: str | None) -> list[Json]:
        """In numbers, names and e-mails, newest first; pieces are enough."""
        fields = ("first_name", "last_name", "email")
        found = [
            one
            for one in self.orders.values()
            if (parent is None or one["parent_id"] == int(parent))
            and any(
                text.casefold() in word for word in (one["number"], *(one["billing"][f].casefold() for f in fields))
            )
        ]
        return sorted(found, key=lambda one: one["id"], reverse=True)

    def change_order(self, order: Json, body: Json) -> Json:
        self._add_meta(order, body.pop("meta_data", []))
        order["shipping"] |= body.pop("shipping", {})
        order.update(body)
        return order

    def add_order(self, body: Json) -> Json:
        number = self.new_id()
        lines = [{**LINE, **line, "id": self.new_id()} for line in body.pop("line_items")]
        meta = body.pop("meta_data", [])
        order = {**deepcopy(ORDER), "id": number, "number": str(number), **body, "line_items": lines}
        order |= {"total": f"{sum(float(line['total']) for line in lines):.2f}", "meta_data": []}
        self._add_meta(order, meta)
        self.orders[number] = order
        return order

    def why_no_refund(self, order: Json, amount: float, *, api: bool) -> str | None:
        left = float(order["total"]) - sum(float(one["amount"]) for one in self.refunds.get(order["id"], []))
        if amount <= 0 or amount > left + 0.001:
            return "Invalid refund amount."
        gateway = self.gateway_refunds and order["payment_method"] == "stripe"
        if api and not gateway:
            return "The payment gateway for this order does not support automatic refunds."
        return None

    def add_refund(self, order: Json, body: Json) -> Json:
        refund = {"id": self.new_id(), "date_created_gmt": "2026-11-21T08:00:00", "reason": "", "meta_data": []}
        meta = body.pop("meta_data", [])
        refund |= {"refunded_payment": body.pop("api_refund", True), **body}
        self._add_meta(refund, meta)
        self.refunds.setdefault(order["id"], []).append(refund)
        return refund

    def add_coupon(self, body: Json) -> Json:
        coupon = {**COUPON, "id": self.new_id(), **body, "code": body["code"].casefold()}
        coupon["date_expires_gmt"] = body.get("date_expires")
        self.coupons.append(coupon)
        return coupon

    def _add_meta(self, owner: Json, entries: list[Json]) -> None:
        """Without an id a key that is there is overwritten, as WooCommerce does it."""
        for entry in entries:
            owner["meta_data"] = [one for one in owner["meta_data"] if one["key"] != entry["key"]]
            owner["meta_data"].append({"id": self.new_id(), "key": entry["key"], "value": entry["value"]})
