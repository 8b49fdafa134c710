"""What may be done with goods that have been sent: return, exchange, send again, search. See `demo.rules`."""

from __future__ import annotations

from decimal import Decimal

from demo import body, wire
from demo.body import Body
from demo.effects import Effect
from demo.errors import Refused
from demo.model import Line, Order
from demo.rules import Decision, in_days, refund_effect
from demo.world import World


def open_return(world: World, order: Order, asked: Body, reference: str) -> Decision:
    reason = body.free_text(asked, "reason")
    _returnable(world, order, reason)
    lines = _lines(order, body.texts(asked, "lines"))
    if any(line.id in order.returned_lines for line in lines):
        raise Refused("return_open", "A return of this is open already.")
    effects: list[Effect] = [{"do": "returning", "order": order.number, "lines": [line.id for line in lines]}]
    amount = min(order.refundable, sum((line.total for line in lines), _fee_back(world, order, lines, reason)))
    told = None
    if amount:
        days = world.rules.return_refund_days
        effect, told = refund_effect(world, order, amount, reason or "return", f"{reference}-R", days)
        effects.append(effect)
    answer = {
        "code": f"KP{order.number}{reference[-5:]}",
        "carrier": order.carrier,
        "send_by": wire.day(in_days(world, world.rules.send_back_days)),
        "free": True,
        "refund": told,
    }
    return Decision(reference, effects, answer, amount or None)


def _fee_back(world: World, order: Order, lines: list[Line], reason: str) -> Decimal:
    """The delivery fee comes back with the whole order, in time for withdrawal or after our own mistake."""
    if len(lines) < len(order.lines) or order.returned_lines or order.delivered_on is None:
        return Decimal(0)
    in_time = (world.today - order.delivered_on).days <= world.rules.withdrawal_days
    return order.fee if in_time or reason in world.rules.our_mistake else Decimal(0)


def exchange(world: World, order: Order, asked: Body, reference: str) -> Decision:
    reason = body.free_text(asked, "reason")
    _returnable(world, order, reason)
    (line,) = _lines(order, [body.text(asked, "line")])
    if line.id in order.returned_lines:
        raise Refused("return_open", "A return of this is open already.")
    sku = body.text(asked, "new_sku")
    found = world.variant(sku)
    if found is None:
        raise Refused("unknown_product", f"There is no product {sku}.")
    _enough(found[1].stock, line.quantity, sku)
    effects: list[Effect] = [
        {"do": "returning", "order": order.number, "lines": [line.id]},
        {"do": "stock", "sku": sku, "by": -line.quantity},
    ]
    difference = (found[0].price - line.unit_price) * line.quantity
    if difference < 0:
        days = world.rules.return_refund_days
        effects.append(refund_effect(world, order, -difference, "exchange", f"{reference}-R", days)[0])
    return _replacement(world, reference, effects, difference, f"KP{order.number}{reference[-5:]}")


def resend(world: World, order: Order, asked: Body, reference: str) -> Decision:
    """Free of charge, so each line only once: a second time is for a person to judge."""
    if order.state == "cancelled":
        raise Refused("already_cancelled", "The order was cancelled.")
    if order.shipped_on is None:
        raise Refused("not_shipped", "The order has not been sent yet.")
    lines = _lines(order, body.texts(asked, "lines"))
    if any(line.id in order.resent_lines for line in lines):
        raise Refused("already_resent", "This has been sent again once already.")
    for line in lines:
        _enough(line.variant.stock, line.quantity, line.variant.sku)
    effects: list[Effect] = [{"do": "resent", "order": order.number, "lines": [line.id for line in lines]}]
    effects += [{"do": "stock", "sku": line.variant.sku, "by": -line.quantity} for line in lines]
    return _replacement(world, reference, effects, Decimal(0), None)


def open_inquiry(world: World, order: Order, asked: Body, reference: str) -> Decision:
    body.free_text(asked, "text")
    if order.parcel is None:
        raise Refused("not_shipped", "There is no parcel to search for.")
    if order.inquiry is not None:
        raise Refused("inquiry_open", f"The carrier is searching already: {order.inquiry}.")
    effect: Effect = {"do": "inquiry", "order": order.number, "reference": reference}
    answer = {"carrier": order.carrier, "due_on": wire.day(in_days(world, world.rules.inquiry_days))}
    return Decision(reference, [effect], answer)


def _replacement(
    world: World, reference: str, effects: list[Effect], difference: Decimal, return_code: str | None
) -> Decision:
    answer = {
        "expected_on": wire.day(in_days(world, world.rules.resend_days)),
        "difference": wire.money(difference),
        "return_code": return_code,
    }
    return Decision(reference, effects, answer, difference or None)


def _returnable(world: World, order: Order, reason: str) -> None:
    if order.state == "returned":
        raise Refused("already_returned", "The order has come back already.")
    if order.delivered_on is None:
        raise Refused("not_delivered", "The order has not been delivered yet.")
    over = (world.today - order.delivered_on).days > world.rules.return_days
    if over and reason not in world.rules.our_mistake:
        raise Refused("return_window_over", f"Returns are taken for {world.rules.return_days} days.")


def _lines(order: Order, ids: list[str]) -> list[Line]:
    """The lines named, or all."""
    known = {line.id: line for line in order.lines}
    for line_id in ids:
        if line_id not in known:
            raise Refused("unknown_line", f"Order {order.number} has no line {line_id}.")
    return [known[line_id] for line_id in ids] or order.lines


def _enough(stock: int, quantity: int, sku: str) -> None:
    if stock < quantity:
        raise Refused("out_of_stock", f"There are {stock} of {sku}.")
