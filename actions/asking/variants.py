"""Another size or colour of a product: which one is meant, which there are."""

from __future__ import annotations

from collections.abc import Sequence

from actions import desk
from actions.asking import told
from actions.asking.question import Question, choice
from actions.case import Case
from actions.shop.interface import OrderLine, Product, Variant
from bot.words import best

MOST = 8  # buttons


def product_of(case: Case, line: OrderLine) -> Product | None:
    """The product that a line of an order is one of, as the shop sells it now. Raises ShopUnavailable."""
    name = line.name.say("en")
    found = case.once(("products", name), lambda: desk.shop().find_products(name, limit=10))
    return next((product for product in found if any(one.sku == line.sku for one in product.variants)), None)


def find(product: Product, sku: str) -> Variant | None:
    """The variant with this SKU."""
    return next((variant for variant in product.variants if variant.sku == sku), None)


def in_stock(case: Case, line: OrderLine) -> bool:
    """Whether the same could be sent once more."""
    product = product_of(case, line)
    same = find(product, line.sku) if product else None
    return same is not None and same.stock >= line.quantity


def others(product: Product, sku: str) -> list[Variant]:
    """All but this one."""
    return [variant for variant in product.variants if variant.sku != sku]


def which(case: Case, product: Product, own: str, say: str) -> Question | None:
    """Ask which other variant is wanted, unless it was said (fact `wanted`). Only what is in stock is offered."""
    if case.fact("wanted"):
        return None
    said = named(case, product, own, " ".join([told.plain(case), *_facts(case)]))
    if said is not None:
        case.know(wanted=said.sku)
        return None
    there = [variant for variant in others(product, own) if variant.stock > 0][:MOST]
    return choice(case, "wanted", say, {variant.sku: title(variant, case.locale) for variant in there})


def title(variant: Variant, locale: str) -> str:
    """ "L, tummansininen"."""
    parts = [variant.size, variant.colour.say(locale) if variant.colour else None]
    return ", ".join(part for part in parts if part)


def named(case: Case, product: Product, own: str, said: str) -> Variant | None:
    """Both size and colour, else another size in the same colour or another colour in the same size, as named."""
    mine = find(product, own)
    if mine is None:
        return None
    rows = others(product, own)
    at = best(said, [title(row, case.locale) for row in rows])
    if at is not None and all(_is_said(said, rows[at], mine, part, case.locale) for part in ("size", "colour")):
        return rows[at]
    for kept in ("colour", "size"):
        alike = [one for one in rows if getattr(one, kept) == getattr(mine, kept)]
        found = _named(said, alike, "size" if kept == "colour" else "colour", case.locale)
        if found is not None:
            return found
    return None


def _facts(case: Case) -> list[str]:
    return [str(case.fact(name) or "") for name in ("size", "color")]


def _is_said(said: str, row: Variant, mine: Variant, part: str, locale: str) -> bool:
    """Whether this part stays as it is, or the customer names what it shall be."""
    name = _part(row, part, locale)
    return name == _part(mine, part, locale) or best(said, [name]) is not None


def _part(row: Variant, part: str, locale: str) -> str:
    return (row.size or "") if part == "size" else (row.colour.say(locale) if row.colour else "")


def _named(said: str, rows: Sequence[Variant], part: str, locale: str) -> Variant | None:
    names = [_part(row, part, locale) for row in rows]
    at = best(said, names) if any(names) else None
    return None if at is None else rows[at]
