"""The demo shop's HTTP API; every route is described with an example in `demo/README.md`."""

from __future__ import annotations

import hmac
from json import loads
from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import BaseHTTPResponse, json

from demo import wire
from demo.changes import ORDER_CHANGES, Shop
from demo.errors import Refused, bad_request
from demo.faults import Faults, suffer
from demo.settings import Settings

LARGEST_BODY = 64 * 1024  # bytes
MOST_PRODUCTS, MOST_ORDERS, MOST_CHANGES = 20, 200, 200
PATH = "/api/v1"

App = Sanic[Any, Any]


def make_app(settings: Settings, shop: Shop) -> App:
    app: App = Sanic("kaamos_demo", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.ACCESS_LOG = False
    app.config.MOTD = False
    faults = Faults()
    _errors(app)
    _guard(app, settings.token, faults)
    _switches(app, shop, faults)
    app.blueprint(_reads(shop))
    app.blueprint(_changes(shop))
    return app


def _errors(app: App) -> None:
    @app.exception(Refused)
    async def refused(_: Request, error: Refused) -> HTTPResponse:
        return json(error.to_wire(), status=error.status)

    @app.exception(SanicException)
    async def wrong_request(_: Request, error: SanicException) -> HTTPResponse:
        code = {404: "not_found", 405: "method_not_allowed", 413: "too_long"}.get(error.status_code, "bad_request")
        return json({"error": {"code": code, "message": str(error)}}, status=error.status_code, headers=error.headers)

    @app.exception(Exception)
    async def our_bug(_: Request, error: Exception) -> HTTPResponse:
        print(f"demo shop: a bug: {error!r}", flush=True)
        return json({"error": {"code": "internal", "message": "The shop has a bug; see its log."}}, status=500)


def _guard(app: App, token: str, faults: Faults) -> None:
    """Nobody without the token; then the fault, if one is switched on, around what the shop does."""

    @app.on_request
    async def before(request: Request) -> HTTPResponse | None:
        if request.path == "/health":
            return None
        given = (request.headers.get("authorization") or "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), token.encode()):
            raise Refused("unauthorized", "Send Authorization: Bearer with the shop's token.")
        if not request.path.startswith(PATH):
            return None
        request.ctx.fault = faults.take()
        return await suffer(request.ctx.fault) if request.ctx.fault.when == "before" else None

    async def after(request: Request, _: BaseHTTPResponse) -> HTTPResponse | None:
        fault = getattr(request.ctx, "fault", None)
        return await suffer(fault) if fault and fault.when == "after" else None

    app.register_middleware(after, "response")


def _switches(app: App, shop: Shop, faults: Faults) -> None:
    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        return json({"ready": True})

    @app.post("/faults")
    async def set_fault(request: Request) -> HTTPResponse:
        return json(faults.set(_body(request)))

    @app.post("/reset")
    async def reset(_: Request) -> HTTPResponse:
        faults.set({})
        shop.reset()
        return json({"orders": len(shop.world.orders)})


def _reads(shop: Shop) -> Blueprint:
    routes = Blueprint("reads", url_prefix=PATH)

    @routes.post("/orders/lookup")
    async def find_order(request: Request) -> HTTPResponse:
        asked = _body(request)
        number, email, phone = (_maybe(asked, name) for name in ("number", "email", "phone"))
        return _found(shop.world.prove(number or "", email, phone), wire.order)

    @routes.get("/orders")
    async def orders(request: Request) -> HTTPResponse:
        state, after = request.args.get("state"), request.args.get("after", "")
        numbers = sorted(number for number in shop.world.orders if number > after)
        found = [shop.world.orders[number] for number in numbers]
        kept = [one for one in found if state in (None, one.state)][: _whole(request, "limit", 50, MOST_ORDERS)]
        return json({"orders": [wire.order(one) for one in kept]})

    @routes.post("/customers/lookup")
    async def find_customer(request: Request) -> HTTPResponse:
        email = (_maybe(_body(request), "email") or "").strip().casefold()
        customer = shop.world.customers.get(email)
        numbers = [one.number for one in shop.world.orders.values() if one.customer is customer]
        return _found(customer, lambda found: wire.customer(found) | {"orders": sorted(numbers)})

    @routes.get("/orders/<number:str>/refunds")
    async def refunds(_: Request, number: str) -> HTTPResponse:
        return _found(shop.world.orders.get(number), lambda order: {"refunds": wire.refunds(order)})

    @routes.get("/orders/<number:str>/invoice")
    async def invoice(_: Request, number: str) -> HTTPResponse:
        return _found(shop.world.orders.get(number), lambda order: wire.invoice(order, shop.world.rules))

    @routes.get("/parcels/<code:str>")
    async def parcel(_: Request, code: str) -> HTTPResponse:
        return _found(shop.world.parcel(code), wire.parcel)

    @routes.get("/products")
    async def products(request: Request) -> HTTPResponse:
        found = shop.world.search(request.args.get("q", ""), _whole(request, "limit", 5, MOST_PRODUCTS))
        return json({"products": [wire.product(one) for one in found]})

    @routes.get("/discount-codes/<code:str>")
    async def discount_code(_: Request, code: str) -> HTTPResponse:
        return _found(shop.world.codes.get(code.upper()), lambda one: wire.code(one, shop.world.today))

    @routes.get("/changes")
    async def changes(request: Request) -> HTTPResponse:
        limit = _whole(request, "limit", 100, MOST_CHANGES)
        return json({"changes": shop.store.changes(_whole(request, "after", 0, 2**53), limit)})

    @routes.get("/news")
    async def news(request: Request) -> HTTPResponse:
        return json(shop.news(_whole(request, "after", 0, 2**53), _whole(request, "limit", 100, MOST_CHANGES)))

    return routes


def _changes(shop: Shop) -> Blueprint:
    """The handlers do not await between deciding and storing, so that changes follow one another."""
    routes = Blueprint("changes", url_prefix=PATH)

    # One route each: a route for any kind would be shadowed where a kind can be read as well ("refunds").
    for kind in ORDER_CHANGES:

        @routes.post(f"/orders/<number:str>/{kind}", name=f"change_{kind}")
        async def change_order(request: Request, number: str, kind: str = kind) -> HTTPResponse:
            return _changed(shop, kind, number, request)

    @routes.post("/waiting-list")
    async def join_waiting_list(request: Request) -> HTTPResponse:
        return _changed(shop, "waiting-list", None, request)

    @routes.post("/stock")
    async def restock(request: Request) -> HTTPResponse:
        return _changed(shop, "stock", None, request)

    @routes.post("/newsletter")
    async def set_newsletter(request: Request) -> HTTPResponse:
        return _changed(shop, "newsletter", None, request)

    return routes


def _changed(shop: Shop, kind: str, number: str | None, request: Request) -> HTTPResponse:
    status, body = shop.change(kind, number, _body(request), request.headers.get("idempotency-key"))
    return json(body, status=status)


def _found(thing: Any, to_wire: Any) -> HTTPResponse:
    if thing is None:
        raise Refused("not_found", "Not found.")
    return json(to_wire(thing))


def _body(request: Request) -> dict[str, Any]:
    try:
        body = loads(request.body or b"{}", parse_constant=_no_number)
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested without end
        body = None
    if not isinstance(body, dict):
        raise bad_request("The body must be a JSON object.")
    return body


def _no_number(name: str) -> None:
    """Python reads NaN and Infinity, which JSON does not have."""
    raise ValueError(name)


def _maybe(asked: dict[str, Any], name: str) -> str | None:
    value = asked.get(name)
    if value is not None and (not isinstance(value, str) or len(value) > 320):
        raise bad_request(f"`{name}` must be a text of at most 320 characters.")
    return value


def _whole(request: Request, name: str, default: int, most: int) -> int:
    text = str(request.args.get(name, default))
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        raise bad_request(f"`{name}` must be a whole number.")
    return min(int(text), most)
