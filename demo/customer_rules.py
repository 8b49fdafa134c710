"""Changes that belong to a customer and not to an order: waiting list and newsletter. See `demo.rules`."""

from __future__ import annotations

from demo import body, wire
from demo.body import Body
from demo.errors import Refused, bad_request
from demo.rules import Decision
from demo.world import World


def join_waiting_list(world: World, asked: Body, reference: str) -> Decision:
    sku, email, language = body.text(asked, "sku"), body.text(asked, "email").casefold(), body.text(asked, "language")
    if "@" not in email.strip("@"):
        raise bad_request("`email` must be an e-mail address.")
    found = world.variant(sku)
    if found is None:
        raise Refused("unknown_product", f"There is no product {sku}.")
    variant = found[1]
    if variant.stock:
        raise Refused("in_stock", f"{sku} is in stock.")
    answer = {"sku": sku, "restock_on": wire.day(variant.restock_on)}
    waits = next((one for one in world.waiting if (one.sku, one.email) == (sku, email)), None)
    if waits:
        return Decision(waits.reference, [], answer)
    effect = {"do": "waiting", "reference": reference, "sku": sku, "email": email, "language": language}
    return Decision(reference, [effect], answer)


def set_newsletter(world: World, asked: Body, reference: str) -> Decision:
    email = body.text(asked, "email").casefold()
    on = body.flag(asked, "on")
    customer = world.customers.get(email)
    if customer is None:
        raise Refused("unknown_customer", "There is no customer with this e-mail.")
    effect = {"do": "newsletter", "email": email, "on": on}
    return Decision(reference, [effect], {"customer": wire.customer(customer) | {"newsletter": on}})
