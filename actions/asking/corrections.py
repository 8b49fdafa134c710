"""What was decided and is put right in a later message: "no, size L", "I meant the trousers", "rather the money"."""

from __future__ import annotations

from actions.asking import addresses, items, variants
from actions.asking.reading import meant, number
from actions.case import Case
from actions.shop.interface import Order
from bot.words import best


def take(case: Case, order: Order) -> bool:
    """Keep what the last message puts right; False where it does not. What was agreed to is then to be asked again."""
    changed = _address(case) or _variant(case, order) or _items(case, order) or _quantity(case) or _choice(case)
    if changed:
        case.know(confirmed=None, **changed)
    return bool(changed)


def _address(case: Case) -> dict[str, str | None]:
    known = case.fact("address")
    said = (addresses.one_line(case.text) or addresses.corrected(known, case.text)) if known else None
    return {"address": said} if said and said != known else {}


def _items(case: Case, order: Order) -> dict[str, str | None]:
    """Another line of the order; the size and what was chosen belonged to the first."""
    if not case.fact("items") or len(order.lines) < 2:
        return {}
    at = best(case.text, [items.name(line, case.locale) for line in order.lines])
    if at is None or order.lines[at].id == case.fact("items"):
        return {}
    return {"items": order.lines[at].id, "wanted": None, "quantity": None}


def _variant(case: Case, order: Order) -> dict[str, str | None]:
    if not case.fact("wanted") or case.fact("added"):
        return {}
    line = items.chosen(case, order)[0]
    product = variants.product_of(case, line)
    said = variants.named(case, product, case.fact("wanted"), case.text) if product else None
    return {"wanted": said.sku} if said and said.sku != case.fact("wanted") else {}


def _quantity(case: Case) -> dict[str, str | None]:
    said = number(case.text) if case.fact("quantity") else None
    return {"quantity": said} if said and said != case.fact("quantity") else {}


def _choice(case: Case) -> dict[str, str | None]:
    if case.fact("choice") is None:
        return {}
    said = meant(case, [one for one in case.fact("choices") or [] if one != case.fact("choice")])
    return {"choice": said} if said else {}
