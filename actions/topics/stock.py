"""Is it in stock: `ask_availability`, and the waiting list for what is not."""

from __future__ import annotations

import re

from actions import desk, wording
from actions.asking import variants
from actions.asking.question import NO, Question, button, yes_no
from actions.authority import Kind
from actions.case import Case, CaseAction
from actions.deeds import Deed, once
from actions.shop.interface import Operation, Product, Refusal, ShopRefused, Variant, WaitingListEntry
from actions.titles import CHOICES
from bot.escalation.words import fold
from bot.words import best

MOST = 6  # variants named
_SHORT = 6  # words: so short a question goes on about the product before


class ActionAvailability(CaseAction):
    """From the shop, if a product was named; also in the middle of another matter."""

    def name(self) -> str:
        """As in data/rules/answers.yml."""
        return "action_availability"

    def solve(self, case: Case) -> None:
        """Tell the stock of the best match; where it is out, when it comes back, and offer to tell then."""
        asked = _asked_about(case)
        if asked is None:
            case.say("utter_availability_unknown")
            return
        product, same = asked
        there = [variant for variant in same if variant.stock > 0]
        if there:
            self._there(case, product, same, there)
        else:
            self._out(case, product, same)

    def _there(self, case: Case, product: Product, same: list[Variant], there: list[Variant]) -> None:
        name = _called(product, same, case.locale)
        titles = [variants.title(variant, case.locale) for variant in there[:MOST]]
        if len(same) > 1 and any(titles):
            case.say("utter_in_stock_variants", product=name, variants="; ".join(titles))
        else:
            case.say("utter_in_stock", product=name)

    def _out(self, case: Case, product: Product, same: list[Variant]) -> None:
        dated = sorted((one for one in same if one.restock_on), key=lambda one: one.restock_on or desk.shop().today())
        name = _called(product, same, case.locale)
        case.know(sku=(dated or same)[0].sku, product=name)
        buttons = [button("waiting_list", CHOICES[case.locale]["waiting_list"])]
        if not desk.shop().can(Operation.WAITING_LIST):
            buttons = []
        if dated and dated[0].restock_on:
            day = wording.when(dated[0].restock_on, case.locale)
            case.say("utter_back_in_stock", buttons=buttons or None, product=name, date=day)
        else:
            case.say("utter_out_of_stock", buttons=buttons or None, product=name)


def _asked_about(case: Case) -> tuple[Product, list[Variant]] | None:
    """The product that was named, and those of its variants that were; all of them where none was."""
    if not desk.shop().can(Operation.STOCK):
        return None
    named = " ".join(case.tracker.get_latest_entity_values("product"))
    before = case.fact("asked") if not named and len(case.text.split()) <= _SHORT else None
    found = {level.product.id: level.product for level in desk.shop().stock(before or named or case.text)}
    products = list(found.values())
    at = best(before or case.text, [product.name.say(case.locale) for product in products])
    if at is None and not named:
        return None
    product = products[at or 0] if products else None
    if product is None:
        return None
    case.know(asked=product.name.say(case.locale))
    rows = list(product.variants)
    same = _named(case, rows)
    if before and same == rows:  # "when will there be more": of the one that was out
        same = [row for row in rows if row.sku == case.fact("sku")] or rows
    return product, same


def goes_on(case: Case) -> bool:
    """Whether a bare detail names a size or colour of the product whose stock was told: "and in blue?"."""
    if not case.fact("asked") or case.tracker.active_loop:
        return False
    asked = _asked_about(case)
    return asked is not None and len(_named(case, list(asked[0].variants))) < len(asked[0].variants)


def _named(case: Case, rows: list[Variant]) -> list[Variant]:
    """Those of the size and of the colour that the message names, where it names one that there is."""
    words = set(re.findall(r"\w+", fold(case.text)))
    sized = [row for row in rows if row.size and fold(row.size) in words] or rows
    colours = [row.colour.say(case.locale) if row.colour else "" for row in sized]
    kinds = sorted(set(colours))
    at = best(case.text, kinds)
    return sized if at is None else [row for row, colour in zip(sized, colours) if colour == kinds[at]]


def _called(product: Product, same: list[Variant], locale: str) -> str:
    """With its size and colour where only one was asked about."""
    name, part = product.name.say(locale), variants.title(same[0], locale) if len(same) == 1 else ""
    return f"{name}, {part}" if part else name


def ask_waiting(case: Case, _order: object) -> Question | None:
    """Whom to tell."""
    if not case.fact("sku"):
        return None
    email = case.slot("email")
    if not email:
        return Question("email", "email", "utter_ask_waiting_email", {"product": case.fact("product")})
    return yes_no(case, "utter_confirm_waiting", product=case.fact("product"), address=email)


def wait(case: Case, _order: object) -> None:
    """Put the customer on the list: nothing is given away, so no code is asked for."""
    sku, email = case.fact("sku"), case.slot("email")
    if not sku or not email or case.fact("confirmed") in (None, NO):
        case.say("utter_availability_unknown")
        return

    def do(key: str) -> WaitingListEntry:
        return desk.shop().waiting_list(sku, email=email, language=case.locale, idempotency_key=key)

    try:
        entry = once(case, Deed("waiting_list_joined", "", Kind.RIGHT), email, case.key(f"wait:{sku}"), do)
    except ShopRefused as refused:
        if refused.code is not Refusal.IN_STOCK:
            raise
        case.say("utter_in_stock", product=case.fact("product"))
        return
    if entry is None:
        case.say("utter_noted_matter")
        case.hand_over("policy")
        return
    case.effect("waiting_list_joined", None, reference=entry.reference)
    case.say("utter_waiting_joined", product=case.fact("product"), address=email)
