"""What customers' orders may and may not: one function a change of an order before money is asked for.

Each looks at the world, refuses (`Refused`) or decides: the effects to do and store, and what to answer.
Nothing is changed here. `demo.money_rules` and `demo.other_rules` hold the rest; `demo.changes` lists them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from demo import body, wire
from demo.body import Body
from demo.effects import Effect
from demo.errors import Refused, bad_request
from demo.model import Address, Order
from demo.world import World


@dataclass(frozen=True)
class Decision:
    """`answer` goes to the caller; `with_order` adds the order as it stands after the effects."""

    reference: str
    effects: list[Effect]
    answer: wire.Json = field(default_factory=dict)
    amount: Decimal | None = None
    with_order: bool = False


def cancel(world: World, order: Order, asked: Body, reference: str) -> Decision:
    _still_here(order)
    effects: list[Effect] = [{"do": "cancel", "order": order.number}]
    effects += [{"do": "stock", "sku": line.variant.sku, "by": line.quantity} for line in order.lines]
    reason = body.free_text(asked, "reason") or "cancelled"
    return _with_refund(world, order, order.refundable, reason, reference, effects, world.rules.refund_days)


def change_lines(world: World, order: Order, asked: Body, reference: str) -> Decision:
    _still_here(order)
    wanted = {line.variant.sku: line.quantity for line in order.lines} | body.quantities(asked)
    if not any(wanted.values()):
        raise bad_request("An order cannot be left empty; cancel it instead.")
    known = {line.variant.sku: line for line in order.lines}
    next_id = max(int(line.id.rsplit("-", 1)[1]) for line in order.lines) + 1
    lines: list[wire.Json] = []
    effects: list[Effect] = []
    for sku, quantity in wanted.items():
        found = world.variant(sku)
        if found is None:
            raise Refused("unknown_product", f"There is no product {sku}.")
        more = quantity - (known[sku].quantity if sku in known else 0)
        if more > found[1].stock:
            raise Refused("out_of_stock", f"There are {found[1].stock} of {sku}.")
        if more:
            effects.append({"do": "stock", "sku": sku, "by": -more})
        if quantity:
            price = known[sku].unit_price if sku in known else found[0].price
            line_id = known[sku].id if sku in known else f"{order.number}-{next_id}"
            next_id += sku not in known
            lines.append({"id": line_id, "sku": sku, "quantity": quantity, "unit_price": str(price)})
    goods = sum((Decimal(line["unit_price"]) * line["quantity"] for line in lines), Decimal(0))
    fee = world.rules.fee(goods)
    effects.insert(0, {"do": "lines", "order": order.number, "lines": lines, "fee": str(fee)})
    back = max(Decimal(0), order.refundable - goods - fee)
    return _with_refund(world, order, back, "order_changed", reference, effects, world.rules.refund_days)


def change_address(world: World, order: Order, asked: Body, reference: str) -> Decision:
    _still_here(order)
    raw = asked.get("address")
    if not isinstance(raw, dict):
        raise bad_request("`address` must hold name, street, postal_code, city and country.")
    new = Address(**{name: body.text(raw, name) for name in ("name", "street", "postal_code", "city", "country")})
    if len(new.country) != 2 or not new.country.isalpha() or not new.country.isupper():
        raise bad_request("`address.country` must be two capital letters, such as FI.")
    effect: Effect = {"do": "address", "order": order.number, "address": wire.address(new)}
    return Decision(reference, [effect], {"refund": None}, with_order=True)


def refund_effect(
    world: World, order: Order, amount: Decimal, reason: str, reference: str, days: int
) -> tuple[Effect, wire.Json]:
    """The step that promises money back, and how it is told."""
    effect: Effect = {
        "do": "refund",
        "order": order.number,
        "reference": reference,
        "amount": str(amount),
        "requested_on": world.today.isoformat(),
        "expected_on": in_days(world, days).isoformat(),
        "method": order.payment,
        "reason": reason[: body.LONGEST],
    }
    told = {name: effect[name] for name in ("reference", "requested_on", "expected_on", "method", "reason")}
    return effect, told | {"amount": wire.money(amount), "state": "requested"}


def in_days(world: World, days: int) -> date:
    return world.today + timedelta(days=days)


def _with_refund(
    world: World, order: Order, amount: Decimal, reason: str, reference: str, effects: list[Effect], days: int
) -> Decision:
    if not amount:
        return Decision(reference, effects, {"refund": None}, with_order=True)
    effect, told = refund_effect(world, order, amount, reason, f"{reference}-R", days)
    return Decision(reference, [*effects, effect], {"refund": told}, amount, with_order=True)


def _still_here(order: Order) -> None:
    if order.state == "cancelled":
        raise Refused("already_cancelled", "The order has been cancelled already.")
    if order.shipped_on is not None:
        raise Refused("already_shipped", "The order has left the warehouse.")
