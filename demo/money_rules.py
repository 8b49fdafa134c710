"""Money back and compensation. See `demo.rules`."""

from __future__ import annotations

import secrets
from decimal import Decimal

from demo import body, wire
from demo.body import Body
from demo.effects import Effect
from demo.errors import Refused
from demo.model import Order
from demo.rules import Decision, in_days, refund_effect
from demo.world import World


def refund(world: World, order: Order, asked: Body, reference: str) -> Decision:
    amount = body.money(asked, "amount")
    reason = body.free_text(asked, "reason")
    _refundable(order, amount)
    effect, told = refund_effect(world, order, amount, reason, reference, world.rules.refund_days)
    return Decision(reference, [effect], told, amount)


def compensate(world: World, order: Order, asked: Body, reference: str) -> Decision:
    amount = body.money(asked, "amount")
    reason = body.free_text(asked, "reason")
    if order.compensated:
        raise Refused("already_compensated", "The order has been compensated once.")
    most = min(order.total * world.rules.compensation_share, world.rules.compensation_most)
    if amount > most:
        raise Refused("amount_too_high", f"At most {most:.2f} EUR for this order.")
    effects: list[Effect] = [{"do": "compensated", "order": order.number}]
    if not body.flag(asked, "voucher", default=True):
        _refundable(order, amount)
        effects.append(refund_effect(world, order, amount, reason, reference, world.rules.refund_days)[0])
        return Decision(reference, effects, {"amount": wire.money(amount), "code": None, "valid_until": None}, amount)
    # A voucher is money: its code cannot be guessed from the one before.
    code = f"KAAMOS-{secrets.token_hex(4).upper()}"
    days = {"valid_from": world.today, "valid_until": in_days(world, world.rules.voucher_days)}
    written = {name: value.isoformat() for name, value in days.items()}
    effects.append({"do": "code", "code": code, "amount": str(amount), **written})
    answer = {"amount": wire.money(amount), "code": code, "valid_until": written["valid_until"]}
    return Decision(reference, effects, answer, amount)


def _refundable(order: Order, amount: Decimal) -> None:
    if not order.paid:
        raise Refused("not_paid", "The order has not been paid.")
    if amount > order.refundable:
        raise Refused("amount_too_high", f"At most {order.refundable:.2f} EUR can be paid back.")
