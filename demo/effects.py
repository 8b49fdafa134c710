"""What a change does to the world, in small steps that can be stored as JSON and done again after a restart.

Rules (`demo.rules`) decide once and write down everything that was decided: references, days, amounts. So a step
asks nothing and cannot fail on a world made from the same files.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from demo.model import Address, Code, Line, Refund, Waiting
from demo.world import World

Effect = dict[str, Any]  # {"do": "<name of a step below>", …}


def apply(world: World, effects: list[Effect]) -> None:
    for effect in effects:
        STEPS[effect["do"]](world, effect)


def _cancel(world: World, effect: Effect) -> None:
    order = world.orders[effect["order"]]
    order.state, order.expected_on = "cancelled", None


def _delivery(world: World, effect: Effect) -> None:
    order = world.orders[effect["order"]]
    order.expected_on = date.fromisoformat(effect["expected_on"])
    if order.parcel:
        order.parcel.expected_on = order.expected_on


def _restocked(world: World, effect: Effect) -> None:
    found = world.variant(effect["sku"])
    if found:
        found[1].stock = effect["stock"]
    told = set(effect["waiting"])
    world.waiting = [one for one in world.waiting if one.reference not in told]


def _lines(world: World, effect: Effect) -> None:
    order = world.orders[effect["order"]]
    order.fee = Decimal(effect["fee"])
    order.lines = []
    for raw in effect["lines"]:
        found = world.variant(raw["sku"])
        if found:
            order.lines.append(Line(raw["id"], *found, raw["quantity"], Decimal(raw["unit_price"])))


def _address(world: World, effect: Effect) -> None:
    world.orders[effect["order"]].address = Address(**effect["address"])


def _refund(world: World, effect: Effect) -> None:
    world.orders[effect["order"]].refunds.append(
        Refund(
            reference=effect["reference"],
            amount=Decimal(effect["amount"]),
            state="requested",
            requested_on=date.fromisoformat(effect["requested_on"]),
            expected_on=date.fromisoformat(effect["expected_on"]),
            method=effect["method"],
            reason=effect["reason"],
        )
    )


def _returning(world: World, effect: Effect) -> None:
    world.orders[effect["order"]].returned_lines.update(effect["lines"])


def _resent(world: World, effect: Effect) -> None:
    world.orders[effect["order"]].resent_lines.update(effect["lines"])


def _compensated(world: World, effect: Effect) -> None:
    world.orders[effect["order"]].compensated = True


def _inquiry(world: World, effect: Effect) -> None:
    world.orders[effect["order"]].inquiry = effect["reference"]


def _stock(world: World, effect: Effect) -> None:
    found = world.variant(effect["sku"])
    if found:
        variant = found[1]
        variant.stock = max(0, variant.stock + effect["by"])


def _code(world: World, effect: Effect) -> None:
    valid_from, valid_until = (date.fromisoformat(effect[name]) for name in ("valid_from", "valid_until"))
    amount = Decimal(effect["amount"])
    world.codes[effect["code"]] = Code(effect["code"], None, amount, None, valid_from, valid_until, used=False)


def _waiting(world: World, effect: Effect) -> None:
    world.waiting.append(Waiting(effect["reference"], effect["sku"], effect["email"], effect["language"]))


def _newsletter(world: World, effect: Effect) -> None:
    world.customers[effect["email"]].newsletter = effect["on"]


STEPS: dict[str, Callable[[World, Effect], None]] = {
    "cancel": _cancel,
    "delivery": _delivery,
    "restocked": _restocked,
    "lines": _lines,
    "address": _address,
    "refund": _refund,
    "returning": _returning,
    "resent": _resent,
    "compensated": _compensated,
    "inquiry": _inquiry,
    "stock": _stock,
    "code": _code,
    "waiting": _waiting,
    "newsletter": _newsletter,
}
