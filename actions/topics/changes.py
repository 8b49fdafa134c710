"""Before it is sent: `change_delivery` (where to) and `change_order` (what)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions import desk, policy, wording
from actions.asking import addresses, items, told, variants
from actions.asking.question import Question, choice, text
from actions.asking.reading import number
from actions.case import Case
from actions.deeds import Deed, agreed, agreement, carry_out
from actions.shop.interface import Address, Change, Order, OrderLine, OrderStatus, Product, Refusal, ShopRefused
from actions.topics import money
from bot.words import best

_NAMES = 3  # words: a shorter wish names no product

_WISHES = {
    "remove": r"poist\w*|otta\w* pois|pois|eemalda\w*|valja|ara vot\w*|vot\w* ara|remove|take .{1,30} (?:off|out)|drop|delete",
    "add": r"lisa\w*|unohd\w*|unohtu\w*|juurde|unusta\w*|add|forgot",
    "quantity": r"maara\w*|kogus\w*|kappaletta|\d+ kpl|\d+ tk|sijaan haluan|quantity|only (?:one|two|\d)|from \d+ to \d+",
    "variant": r"ko(?:ko|o)\w*|vari\w*|suurus\w*|varv\w*|size|colou?r",
}


def ask_address(case: Case, order: Order) -> Question | None:
    """The new address, and a yes to it as it was understood."""
    if not still_here(order):
        return None
    if not case.fact("address"):
        said = addresses.one_line(case.fact("told") or "")
        if said is None:
            now = f"{order.address.street}, {order.address.postal_code} {order.address.city}"
            return Question("address", "address", "utter_ask_address", {"address": now, "number": order.number})
        case.know(address=said)
    address = case.fact("address")
    return agreement(case, order, _address_deed(case), "utter_confirm_address", address=address, number=order.number)


def change_address(case: Case, order: Order) -> None:
    """Send it elsewhere; after shipping say who can."""
    if not agreed(case, order) and not still_here(order):
        _too_late_for_address(case, order)
        return
    street, code, city = addresses.parts(case.fact("address"))
    address = Address(order.address.name, street, code, city, order.address.country)

    def do(key: str) -> Change:
        return desk.shop().change_address(order, address, idempotency_key=key)

    try:
        change = carry_out(case, order, _address_deed(case), do)
    except ShopRefused as refused:
        if refused.code is not Refusal.ALREADY_SHIPPED:
            raise
        _too_late_for_address(case, order)
        return
    if change is not None:
        case.effect("address_changed", order.number, reference=change.reference)
        case.say(
            "utter_address_changed",
            note=desk.card(case, change.order),
            number=order.number,
            address=case.fact("address"),
            reference=change.reference,
        )


def ask_cancel(case: Case, order: Order) -> Question | None:
    """The whole order, or the one product of several that was named: then it is a change."""
    part = money.ask_part(case, order) if still_here(order) else None
    if part is None:
        return money.ask_cancel(case, order)
    case.turn_to("change_order")
    case.know(change="remove", items=part)
    return ask_change(case, order)


def ask_change(case: Case, order: Order) -> Question | None:
    """What to change, and a yes."""
    if not still_here(order):
        return None
    if not case.fact("change"):
        case.know(change=told.wish(case, _WISHES) or ("variant" if case.fact("size") or case.fact("color") else None))
    question = choice(case, "change", "utter_ask_change", ["remove", "variant", "quantity", "add"], number=order.number)
    if question or case.fact("change") not in ("remove", "variant", "quantity", "add"):
        return question
    if case.fact("change") == "add":
        question = _ask_added(case)
    else:
        question = items.which(case, order, "utter_ask_change_item", several=False) or _ask_how(case, order)
    if question:
        return question
    if case.slot("topic") == "cancel_order":
        return money.ask_cancel(case, order)
    wanted = _quantities(case, order)
    if not wanted:
        return None
    what = _in_words(case, order)
    return agreement(case, order, _change_deed(case, wanted), "utter_confirm_change", number=order.number, change=what)


def change_order(case: Case, order: Order) -> None:
    """Do it; after shipping say what can be done."""
    wanted = _quantities(case, order) if case.fact("change") else {}
    if not agreed(case, order) and (not still_here(order) or not wanted):
        _no_change(case, order)
        return

    def do(key: str) -> Change:
        return desk.shop().change_order(order, wanted, idempotency_key=key)

    try:
        change = carry_out(case, order, _change_deed(case, wanted), do)
    except ShopRefused as refused:
        if refused.code not in (Refusal.ALREADY_SHIPPED, Refusal.OUT_OF_STOCK):
            raise
        _no_change(case, order)
        return
    if change is None:
        return
    amount = f"{change.refund.amount.amount:.2f}" if change.refund else None
    case.effect("order_changed", order.number, amount=amount, reference=change.reference)
    case.say(
        "utter_order_changed_refund" if change.refund else "utter_order_changed",
        note=desk.card(case, change.order),
        number=order.number,
        sum=wording.sum_of(change.order.total.amount, case.locale),
        back=wording.sum_of(change.refund.amount.amount, case.locale) if change.refund else "",
        reference=change.reference,
    )


def _ask_how(case: Case, order: Order) -> Question | None:
    line = items.chosen(case, order)[0]
    if case.fact("change") == "remove":
        if len(order.lines) == 1:
            case.turn_to("cancel_order")  # nothing would be left
        return None
    if case.fact("change") == "quantity":
        if case.fact("quantity") is None:
            case.know(quantity=_told_quantity(case, line))
        if case.fact("quantity") is not None:
            return None
        name = items.name(line, case.locale)
        return Question("number", "quantity", "utter_ask_quantity", {"items": name, "number": str(line.quantity)})
    product = variants.product_of(case, line)
    if product is None or not variants.others(product, line.sku):
        return None
    return variants.which(case, product, line.sku, "utter_ask_wanted")


def _ask_added(case: Case) -> Question | None:
    if not case.fact("added"):
        case.know(added=_named_product(case))
    question = text(case, "added", "utter_ask_added")
    if question:
        return question
    product = _added(case)
    if product is None or case.fact("wanted"):
        return None
    there = [variant for variant in product.variants if variant.stock > 0][: variants.MOST]
    if len(there) <= 1:
        case.know(wanted=there[0].sku if there else None)
        return None
    titles = {variant.sku: variants.title(variant, case.locale) for variant in there}
    return choice(case, "wanted", "utter_ask_added_variant", titles, product=product.name.say(case.locale))


def _named_product(case: Case) -> str | None:
    """The product that the wish itself names: "could you add a sauna towel"."""
    told_of = told.plain(case)
    if len(told_of.split()) < _NAMES:
        return None
    found = desk.shop().find_products(told_of, limit=5)
    at = best(told_of, [product.name.say(case.locale) for product in found])
    return None if at is None else found[at].name.say("en")


def _told_quantity(case: Case, line: OrderLine) -> str | None:
    """ "only one watch instead of two": how many there shall be, where that is another number."""
    said = re.search(r"(?:vain|ainult|only|just)\s+(.{1,12})", told.plain(case) or case.fact("told") or "", re.I)
    wanted = number(said[1]) if said else None
    return wanted if wanted and wanted != str(line.quantity) else None


def _added(case: Case) -> Product | None:
    return next(iter(desk.shop().find_products(case.fact("added") or "", limit=1)), None)


def _quantities(case: Case, order: Order) -> dict[str, int]:
    """How many of each SKU there shall be; empty where that is not to be had."""
    change, wanted = case.fact("change"), case.fact("wanted")
    line = items.chosen(case, order)[0]
    if change == "remove":
        return {line.sku: 0}
    if change == "quantity":
        return {line.sku: int(case.fact("quantity") or line.quantity)}
    if change == "add" and wanted:
        return {wanted: 1 + sum(one.quantity for one in order.lines if one.sku == wanted)}
    return {line.sku: 0, wanted: line.quantity} if change == "variant" and wanted else {}


def _in_words(case: Case, order: Order) -> str:
    """ "Halla-talvitakki, M → L, tummansininen"."""
    line: OrderLine = items.chosen(case, order)[0]
    name, change = items.name(line, case.locale), case.fact("change")
    if change == "add":
        product = _added(case)
        variant = variants.find(product, case.fact("wanted") or "") if product else None
        parts = [
            product.name.say(case.locale) if product else "",
            variants.title(variant, case.locale) if variant else "",
        ]
        return "+ " + ", ".join(part for part in parts if part)
    if change == "remove":
        return f"{name} → 0"
    if change == "quantity":
        return f"{name} → {case.fact('quantity')}"
    product = variants.product_of(case, line)
    variant = variants.find(product, case.fact("wanted") or "") if product else None
    return f"{name} → {variants.title(variant, case.locale) if variant else ''}"


def _address_deed(case: Case) -> Deed:
    """By message: an address may be changed back again, too."""
    return Deed("address_changed", f"address:{case.message_id}", details={"address": case.fact("address") or ""})


def _change_deed(case: Case, wanted: Mapping[str, int]) -> Deed:
    details = {sku: str(count) for sku, count in wanted.items()}
    return Deed("order_changed", f"lines:{case.message_id}", details=details)


def _too_late_for_address(case: Case, order: Order) -> None:
    if order.status is OrderStatus.CANCELLED:
        case.say("utter_order_is_cancelled", note=desk.card(case, order), number=order.number)
        case.say("utter_offer_human")
        return
    tracking = order.tracking
    values = {"number": order.number, "carrier": tracking.carrier if tracking else ""}
    if order.status in (OrderStatus.DELIVERED, OrderStatus.RETURNED):
        case.say("utter_address_arrived", note={**desk.card(case, order), "offer": "human"}, facts=values)
    elif tracking and tracking.url:
        case.say("utter_redirect", note={**desk.card(case, order), "offer": "human"}, url=tracking.url, facts=values)
    else:
        case.say("utter_redirect_person", note={**desk.card(case, order), "offer": "human"}, facts=values)


def _no_change(case: Case, order: Order) -> None:
    if order.status is OrderStatus.CANCELLED:
        case.say("utter_order_is_cancelled", note=desk.card(case, order), number=order.number)
        case.say("utter_offer_human")
    elif order.shipped:
        facts = policy.current().facts
        case.say(
            "utter_change_too_late", note={**desk.card(case, order), "offer": "human"}, number=order.number, facts=facts
        )
    else:
        case.say("utter_change_not_there", note=desk.card(case, order), number=order.number)
        case.hand_over("policy")


def still_here(order: Order) -> bool:
    """Whether it has not been sent yet, and can be changed."""
    return not order.shipped and order.status is not OrderStatus.CANCELLED
