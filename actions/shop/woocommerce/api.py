"""WooCommerce's REST API v3: its paths, its errors, and the mark by which a change is known again.

WooCommerce takes no idempotency key. So each change leaves a mark in the `meta_data` of what it changes, and is looked
for before it is made: a change whose answer was lost is found, and not made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from requests.auth import HTTPBasicAuth

from actions.shop.errors import Refusal, ShopRefused
from actions.shop.http import JsonApi
from actions.shop.settings import ShopSettings

Json = dict[str, Any]
_REFUND_REFUSED = "woocommerce_rest_cannot_create_order_refund"
"""Sent with status 500 when the payment gateway says no: an answer, not trouble."""
_MARK = "_aspa_key"


class WooApi:
    """Paths are those under /wp-json. All calls raise ShopUnavailable; those that change, ShopRefused too."""

    def __init__(self, settings: ShopSettings) -> None:
        key, _, secret = settings.token.partition(":")
        self._http = JsonApi(
            f"{settings.url}/wp-json",
            HTTPBasicAuth(key, secret),
            connect_s=settings.connect_s,
            read_s=settings.read_s,
            refusal=_REFUND_REFUSED,
        )

    def one(self, path: str) -> Json | None:
        """None where there is no such thing."""
        status, body = self._http.read("GET", f"/wc/v3{path}")
        return body if status < 400 else None

    def many(self, path: str, **params: str | int) -> list[Json]:
        """A page of a list; empty where the shop has no such list."""
        space = "" if path.startswith("/wc-") else "/wc/v3"
        return self._http.read_list(f"{space}{path}", {name: str(value) for name, value in params.items()})

    def put(self, path: str, body: Json) -> Json:
        """Change what is there."""
        return self._written("PUT", path, body)

    def post(self, path: str, body: Json) -> Json:
        """Make something new."""
        return self._written("POST", path, body)

    def order(self, order_id: str) -> Json:
        """The order as it stands now. Raises ShopRefused(UNKNOWN_ORDER)."""
        raw = self.one(f"/orders/{int(order_id)}")
        if raw is None:
            raise ShopRefused(Refusal.UNKNOWN_ORDER)
        return raw

    def note(self, order_id: str, text: str) -> None:
        """For the shop's people, on the order's page; never sent to the customer."""
        self.post(f"/orders/{int(order_id)}/notes", {"note": text, "customer_note": False})

    def _written(self, method: str, path: str, body: Json) -> Json:
        status, answer = self._http.write(method, f"/wc/v3{path}", body)
        if status >= 400:
            raise ShopRefused(Refusal.OTHER, f"WooCommerce refuses: {answer.get('code')}")
        return answer


def mark(idempotency_key: str) -> list[Json]:
    """`meta_data` by which what is made under this key is found again. A digest: keys hold ids of conversations."""
    return [{"key": _MARK, "value": digest(idempotency_key)}]


def is_marked(raw: Mapping[str, Any], idempotency_key: str) -> bool:
    """Whether this was made under the key."""
    return meta(raw, _MARK) == digest(idempotency_key)


def meta(raw: Mapping[str, Any], name: str) -> Any:
    """The value of a `meta_data` entry; None if there is none."""
    found = (entry.get("value") for entry in raw.get("meta_data") or () if entry.get("key") == name)
    return next(found, None)


def digest(idempotency_key: str) -> str:
    """24 characters that stand for the key."""
    return hashlib.sha256(idempotency_key.encode()).hexdigest()[:24]
