"""What the shop's own staff does, and what customers should hear of it. See `demo.rules`."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo import body, wire
from demo.body import Body
from demo.errors import Refused, bad_request
from demo.model import Order
from demo.rules import Decision
from demo.world import World

MOST_STOCK = 10_000


def change_delivery(_: World, order: Order, asked: Body, reference: str) -> Decision:
    """The parcel will come on another day."""
    text = body.text(asked, "expected_on")
    try:
        expected_on = date.fromisoformat(text)
    except ValueError as error:
        raise bad_request("`expected_on` must be a day such as 2026-11-25.") from error
    if order.state not in ("processing", "shipped"):
        code = "already_cancelled" if order.state == "cancelled" else "already_returned"
        raise Refused(code, "The order is not on its way.")
    effect = {"do": "delivery", "order": order.number, "expected_on": expected_on.isoformat()}
    return Decision(reference, [effect], with_order=True)


def restock(world: World, asked: Body, reference: str) -> Decision:
    """A variant is there again: whoever waits for it is taken off the list, to be told."""
    sku, stock = body.text(asked, "sku"), asked.get("stock")
    if not isinstance(stock, int) or isinstance(stock, bool) or not 0 <= stock <= MOST_STOCK:
        raise bad_request(f"`stock` must be a whole number from 0 to {MOST_STOCK}.")
    if world.variant(sku) is None:
        raise Refused("unknown_product", f"There is no product {sku}.")
    waiting = [one.reference for one in world.waiting if one.sku == sku] if stock else []
    effect = {"do": "restocked", "sku": sku, "stock": stock, "waiting": waiting}
    return Decision(reference, [effect], {"sku": sku, "stock": stock, "waiting": len(waiting)})


def news(world: World, seq: int, effect: dict[str, Any]) -> list[wire.Json]:
    """What a stored effect means to customers; nothing for most."""
    match effect["do"]:
        case "delivery":
            return [{"seq": seq, "kind": "date_changed", "order": effect["order"], "on": effect["expected_on"]}]
        case "refund":
            told = {"order": effect["order"], "reference": effect["reference"], "on": effect["expected_on"]}
            return [{"seq": seq, "kind": "refunded", "amount": effect["amount"], **told}]
        case "restocked":
            found = world.variant(effect["sku"])
            product = found[0].name if found else {}
            told = {"kind": "back_in_stock", "product": product}
            return [{"seq": seq, "reference": reference, **told} for reference in effect["waiting"]]
    return []
