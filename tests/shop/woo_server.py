"""A WooCommerce shop as its REST API v3 is published: paths, parameters, required fields, types, errors.

Real HTTP on a free port, state in memory. It knows nothing of Aspa. `behave` makes it slow, broken, or lose the answer
to what it did.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from woo_world import Json, World

KEY, SECRET = "ck_" + "1" * 40, "cs_" + "2" * 40


class WooError(Exception):
    """An error as WooCommerce words it."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that does not wait for a slow answer is no error here."""


class WooServer:
    """`requests`: every (method, path) that was asked."""

    def __init__(self, world: World) -> None:
        self.world, self.requests = world, list[tuple[str, str]]()
        self.faults: list[Json] = []
        self.lock = threading.RLock()
        self._http = _Quiet(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def behave(self, *faults: Json) -> None:
        """The next requests, each with its fault: {"status"}, {"garbage"}, {"delay_s"}, {"lost"} or {} for none."""
        self.faults = list(faults)

    def writes(self) -> list[tuple[str, str]]:
        return [one for one in self.requests if one[0] != "GET"]

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def answer(self, method: str, path: str, query: dict[str, str], body: Json) -> Any:
        """Raises WooError."""
        space, _, rest = path.removeprefix("/wp-json").removeprefix("/").partition("/v3/")
        parts = rest.split("/")
        with self.lock:
            if space == "wc-shipment-tracking" and self.world.has_tracking and parts[-1] == "shipment-trackings":
                return self.world.trackings.get(_number(parts[1]), [])
            found = _ROUTES.get((method, *(part if not part.isdigit() else "#" for part in parts)))
            if space != "wc" or found is None:
                raise WooError(404, "rest_no_route", "No route was found matching the URL and request method.")
            return found(self.world, [int(part) for part in parts if part.isdigit()], query, body)


def _handler(shop: WooServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            url = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            query = {name: values[-1] for name, values in parse_qs(url.query).items()}
            shop.requests.append((self.command, url.path))
            fault = shop.faults.pop(0) if shop.faults else {}
            time.sleep(fault.get("delay_s", 0))
            if "status" in fault:
                return self._send(fault["status"], {"code": "internal_server_error", "data": {}})
            if "garbage" in fault:
                return self._send(200, None)
            status, answer = self._asked(url.path, query, body)
            if "lost" in fault:
                self.close_connection = True
                return None
            return self._send(status, answer)

        def _asked(self, path: str, query: dict[str, str], body: Json) -> tuple[int, Any]:
            wanted = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
            if self.headers.get("Authorization") != f"Basic {wanted}":
                return 401, _error(WooError(401, "woocommerce_rest_cannot_view"))
            try:
                answer = shop.answer(self.command, path, query, body)
            except WooError as error:
                return error.status, _error(error)
            return (201 if self.command == "POST" else 200), answer

        def _send(self, status: int, answer: Any) -> None:
            content = b"<html>oops" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(content)))
            if isinstance(answer, list):
                self.send_header("X-WP-Total", str(len(answer)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _do

        def log_message(self, *_: object) -> None:
            """Silent."""

    return Handler


def _error(error: WooError) -> Json:
    return {"code": error.code, "message": error.message, "data": {"status": error.status}}


def _number(text: str) -> int:
    return int(text)


# What each route takes and does. Types are those of the published schema: a wrong one is refused as WordPress does it.

_ORDER_FIELDS: dict[str, type] = {
    "parent_id": int,
    "status": str,
    "currency": str,
    "customer_id": int,
    "customer_note": str,
    "billing": dict,
    "shipping": dict,
    "line_items": list,
    "meta_data": list,
}
_REFUND_FIELDS: dict[str, type] = {"amount": str, "reason": str, "api_refund": bool, "meta_data": list}
_COUPON_FIELDS: dict[str, type] = {
    "code": str,
    "discount_type": str,
    "amount": str,
    "usage_limit": int,
    "email_restrictions": list,
    "date_expires": str,
    "description": str,
    "meta_data": list,
}
_STATUSES = {"pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed", "trash"}


def _check(body: Json, fields: dict[str, type]) -> None:
    wrong = [name for name, value in body.items() if name not in fields or not isinstance(value, fields[name])]
    if wrong:
        raise WooError(400, "rest_invalid_param", f"Invalid parameter(s): {', '.join(wrong)}")
    for entry in body.get("meta_data", ()):
        if not isinstance(entry.get("key"), str):
            raise WooError(400, "rest_invalid_param", "Invalid parameter(s): meta_data")


def _list_orders(world: World, _: list[int], query: dict[str, str], __: Json) -> list[Json]:
    return world.search_orders(query.get("search", ""), query.get("parent"))[: int(query.get("per_page", 10))]


def _order(world: World, ids: list[int], *_: Any) -> Json:
    if ids[0] not in world.orders:
        raise WooError(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
    return world.orders[ids[0]]


def _put_order(world: World, ids: list[int], _: dict[str, str], body: Json) -> Json:
    order = _order(world, ids)
    _check(body, _ORDER_FIELDS)
    if body.get("status", "pending") not in _STATUSES:
        raise WooError(400, "rest_invalid_param", "Invalid parameter(s): status")
    return world.change_order(order, body)


def _post_order(world: World, _: list[int], __: dict[str, str], body: Json) -> Json:
    _check(body, _ORDER_FIELDS)
    for line in body.get("line_items", ()):
        if not any(product["id"] == line.get("product_id") for product in world.products):
            raise WooError(400, "woocommerce_rest_invalid_product_id", "Product ID provided does not exist.")
    return world.add_order(body)


def _refunds(world: World, ids: list[int], *_: Any) -> list[Json]:
    _order(world, ids)
    return world.refunds.setdefault(ids[0], [])


def _post_refund(world: World, ids: list[int], _: dict[str, str], body: Json) -> Json:
    order = _order(world, ids)
    _check(body, _REFUND_FIELDS)
    refused = world.why_no_refund(order, float(body["amount"]), api=body.get("api_refund", True))
    if refused:
        raise WooError(500, "woocommerce_rest_cannot_create_order_refund", refused)
    return world.add_refund(order, body)


def _post_note(world: World, ids: list[int], _: dict[str, str], body: Json) -> Json:
    _order(world, ids)
    if not body.get("note"):
        raise WooError(400, "rest_missing_callback_param", "Missing parameter(s): note")
    note = {"id": world.new_id(), "author": "Aspa", **body}
    world.notes.setdefault(ids[0], []).append(note)
    return note


def _products(world: World, _: list[int], query: dict[str, str], __: Json) -> list[Json]:
    wanted = query.get("search", "").casefold()
    return [one for one in world.products if wanted in one["name"].casefold()][: int(query.get("per_page", 10))]


def _variations(world: World, ids: list[int], *_: Any) -> list[Json]:
    return world.variations.get(ids[0], [])


def _coupons(world: World, _: list[int], query: dict[str, str], __: Json) -> list[Json]:
    return [one for one in world.coupons if one["code"] == query.get("code")]


def _post_coupon(world: World, _: list[int], __: dict[str, str], body: Json) -> Json:
    _check(body, _COUPON_FIELDS)
    if any(one["code"] == body["code"].casefold() for one in world.coupons):
        raise WooError(400, "woocommerce_rest_coupon_code_already_exists", "The coupon code already exists")
    return world.add_coupon(body)


_ROUTES: dict[tuple[str, ...], Callable[[World, list[int], dict[str, str], Json], Any]] = {
    ("GET", "orders"): _list_orders,
    ("POST", "orders"): _post_order,
    ("GET", "orders", "#"): _order,
    ("PUT", "orders", "#"): _put_order,
    ("GET", "orders", "#", "refunds"): _refunds,
    ("POST", "orders", "#", "refunds"): _post_refund,
    ("POST", "orders", "#", "notes"): _post_note,
    ("GET", "products"): _products,
    ("GET", "products", "#", "variations"): _variations,
    ("GET", "coupons"): _coupons,
    ("POST", "coupons"): _post_coupon,
}
