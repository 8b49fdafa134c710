"""The agents' door: what people do in the shop, as the desk asks over loopback (docs/protocol.md, "Desk ↔ actions").

The same `Shop` does it that the bot uses, with the desk's idempotency key. How much an agent may give is the desk's to
decide; here it is only done, or refused by the shop.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions import desk
from actions.shop.card import order_card
from actions.shop.interface import (
    Address,
    Money,
    NewsItem,
    Operation,
    Order,
    OrderStatus,
    Refusal,
    ShopRefused,
    ShopUnavailable,
)

Body = dict[str, Any]
Outcome = dict[str, Any]

KINDS = {
    "refund_made": Operation.REFUND,
    "compensation_granted": Operation.GRANT_COMPENSATION,
    "item_resent": Operation.RESEND_ITEM,
    "order_cancelled": Operation.CANCEL_ORDER,
    "address_changed": Operation.CHANGE_ADDRESS,
    "return_opened": Operation.OPEN_RETURN,
    "inquiry_opened": Operation.OPEN_INQUIRY,
}
"""What can be asked for, by the effect's kind, and what the shop must be able to do for it."""
_LONGEST_REASON = 500
_AMOUNT = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)


class BadBody(ValueError):
    """The desk's request makes no sense; the message says why. A bug of ours."""


def mount(app: Sanic, token: str) -> None:
    """Add the routes. Without a token they are closed."""

    def guarded(work: Callable[[Body], HTTPResponse]) -> Callable[[Request], Any]:
        async def handle(request: Request) -> HTTPResponse:
            if not token or not _same(request.headers.get("authorization", ""), f"Bearer {token}"):
                return _error(401, "unauthorized", "Authorization: Bearer <ASPA_BOT_TOKEN> is missing or wrong.")
            body = request.json
            if not isinstance(body, dict):
                return _error(400, "bad_request", "The body must be a JSON object.")
            return await asyncio.to_thread(_answer, work, body)

        return handle

    app.add_route(guarded(look_up), "/desk/order", methods=["POST"], name="desk_order")
    app.add_route(guarded(do), "/desk/do", methods=["POST"], name="desk_do")
    app.add_route(guarded(news), "/desk/news", methods=["POST"], name="desk_news")


def look_up(body: Body) -> HTTPResponse:
    """An order with what can be done to it now."""
    order = _order(body)
    shop = desk.shop()
    language = str(body.get("language") or order.customer.language)
    return json_response(
        {
            "card": order_card(order, shop.today(), language),
            "lines": [
                {
                    "id": line.id,
                    "name": line.name.say(language),
                    "quantity": line.quantity,
                    "unit_price": line.unit_price.to_wire()["amount"],
                }
                for line in order.lines
            ],
            "kinds": [kind for kind, operation in KINDS.items() if shop.can(operation) and _fits(kind, order)],
            "refundable": f"{_refundable(order):.2f}",
            "address": vars(order.address),
            "customer": {"name": order.customer.name, "language": order.customer.language},
        }
    )


def do(body: Body) -> HTTPResponse:
    """One change, once for its key."""
    kind, key = body.get("kind"), body.get("key")
    if kind not in KINDS or not isinstance(key, str) or not 0 < len(key) <= 200:
        raise BadBody(f"kind is one of {', '.join(KINDS)}, and key is a text of at most 200 characters.")
    if not desk.shop().can(KINDS[kind]):
        raise ShopRefused(Refusal.NOT_SUPPORTED)
    return json_response({"ok": True, **_CHANGES[kind](_order(body), body, key)})


def news(body: Body) -> HTTPResponse:
    """What customers should hear of. A shop that tells no news has none."""
    after = body.get("after")
    if not isinstance(after, int) or isinstance(after, bool) or after < 0:
        raise BadBody("after is a whole number.")
    if not desk.shop().can(Operation.NEWS):
        return json_response({"news": [], "next": after})
    page = desk.shop().news(after)
    return json_response({"news": [_item(one) for one in page.items], "next": page.following})


def _item(item: NewsItem) -> Outcome:
    product = item.product.by_language if item.product else None
    return {
        "key": item.key,
        "kind": item.kind,
        "order": item.order,
        "on": item.on.isoformat() if item.on else None,
        "amount": item.amount.to_wire() if item.amount else None,
        "reference": item.reference,
        "product": dict(product) if product else None,
    }


def _refund(order: Order, body: Body, key: str) -> Outcome:
    done = desk.shop().refund(order, _money(body, order), reason=_reason(body), idempotency_key=key)
    return {"reference": done.reference, "amount": done.amount.to_wire()["amount"]}


def _compensate(order: Order, body: Body, key: str) -> Outcome:
    done = desk.shop().grant_compensation(order, _money(body, order), reason=_reason(body), idempotency_key=key)
    return {"reference": done.code or done.reference, "amount": done.amount.to_wire()["amount"]}


def _resend(order: Order, body: Body, key: str) -> Outcome:
    done = desk.shop().resend_item(order, _lines(body, order), reason=_reason(body), idempotency_key=key)
    return {"reference": done.reference, "amount": None}


def _cancel(order: Order, body: Body, key: str) -> Outcome:
    done = desk.shop().cancel_order(order, reason=_reason(body), idempotency_key=key)
    return {"reference": done.reference, "amount": done.refund.amount.to_wire()["amount"] if done.refund else None}


def _change_address(order: Order, body: Body, key: str) -> Outcome:
    given = body.get("address")
    fields = ("name", "street", "postal_code", "city", "country")
    if not isinstance(given, dict) or not all(isinstance(given.get(name), str) and given[name] for name in fields):
        raise BadBody(f"address has {', '.join(fields)}.")
    address = Address(**{name: given[name][:200] for name in fields})
    return {"reference": desk.shop().change_address(order, address, idempotency_key=key).reference, "amount": None}


def _return(order: Order, body: Body, key: str) -> Outcome:
    done = desk.shop().open_return(order, _lines(body, order), reason=_reason(body), idempotency_key=key)
    return {"reference": done.code, "amount": None}


def _inquire(order: Order, body: Body, key: str) -> Outcome:
    return {
        "reference": desk.shop().open_inquiry(order, text=_reason(body), idempotency_key=key).reference,
        "amount": None,
    }


_CHANGES: dict[str, Callable[[Order, Body, str], Outcome]] = {
    "refund_made": _refund,
    "compensation_granted": _compensate,
    "item_resent": _resend,
    "order_cancelled": _cancel,
    "address_changed": _change_address,
    "return_opened": _return,
    "inquiry_opened": _inquire,
}


def _order(body: Body) -> Order:
    """The order behind number and e-mail or phone. Raises ShopRefused where the proof does not fit."""
    number = body.get("number")
    if not isinstance(number, str):
        raise BadBody("number is a text.")
    found = desk.find_order({"number": number, "email": body.get("email"), "phone": body.get("phone")})
    if found is None:
        raise ShopRefused(Refusal.UNKNOWN_ORDER)
    return found


def _refundable(order: Order) -> Decimal:
    paid = order.total.amount if order.paid else Decimal(0)
    return max(Decimal(0), paid - sum((refund.amount.amount for refund in order.refunds), Decimal(0)))


def _fits(kind: str, order: Order) -> bool:
    """What makes no sense for the order as it stands is not offered; the shop has the last word."""
    if order.status is OrderStatus.CANCELLED:
        return False
    sensible = {
        "refund_made": _refundable(order) > 0,
        "item_resent": order.shipped,
        "inquiry_opened": order.shipped and order.delivered_on is None,
        "order_cancelled": not order.shipped,
        "address_changed": not order.shipped,
        "return_opened": order.delivered_on is not None,
    }
    return sensible.get(kind, True)


def _money(body: Body, order: Order) -> Money:
    text = str(body.get("amount"))
    if not _AMOUNT.fullmatch(text) or not Decimal(text):
        raise BadBody("amount is a decimal number above zero, as text.")
    return Money(Decimal(text), order.total.currency)


def _lines(body: Body, order: Order) -> list[str]:
    """The lines that are named, all if none is."""
    named = body.get("lines") or [line.id for line in order.lines]
    if not isinstance(named, list) or not set(named) <= {line.id for line in order.lines}:
        raise ShopRefused(Refusal.UNKNOWN_LINE)
    return named


def _reason(body: Body) -> str:
    return str(body.get("reason") or "")[:_LONGEST_REASON]


def _answer(work: Callable[[Body], HTTPResponse], body: Body) -> HTTPResponse:
    try:
        return work(body)
    except BadBody as error:
        return _error(400, "bad_request", str(error))
    except ShopRefused as refused:
        return _error(409, refused.code.value, str(refused))
    except ShopUnavailable as error:
        return _error(503, "unavailable", str(error))


def _error(status: int, code: str, message: str) -> HTTPResponse:
    return json_response({"error": {"code": code, "message": message}}, status=status)


def _same(shown: str, due: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), due.encode())
