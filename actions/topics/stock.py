"""Is it in stock: `ask_availability`, and the waiting list for what is not."""

from __future__ import annotations

from actions import desk, wording
from actions.asking import variants
from actions.asking.question import NO, Question, button, yes_no
from actions.authority import Kind
from actions.case import Case, CaseAction
from actions.deeds import Deed, once
from actions.shop.interface import Operation, Product, Refusal, ShopRefused, StockLevel, Variant, WaitingListEntry
from actions.titles import CHOICES

MOST = 6  # variants named


class ActionAvailability(CaseAction):
    """From the shop, if a product was named; also in the middle of another matter."""

    def name(self) -> str:
        """As in data/rules/answers.yml."""
        return "action_availability"

    def solve(self, case: Case) -> None:
        """Tell the stock of the best match; where it is out, when it comes back, and offer to tell then."""
        levels = _levels(case)
        if not levels:
            case.say("utter_availability_unknown")
            return
        product = levels[0].product
        same = [level.variant for level in levels if level.product.id == product.id]
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


def _levels(case: Case) -> tuple[StockLevel, ...]:
    wanted = case.entity("product")
    if not desk.shop().can(Operation.STOCK):
        return ()
    levels = desk.shop().stock(wanted or case.text, size=case.entity("size"), colour=case.entity("color"))
    return levels if wanted else levels[:0] if not _names(case.text, levels) else levels


def _names(text: str, levels: tuple[StockLevel, ...]) -> bool:
    """Whether the whole message, where no product was recognised in it, names the one that was found."""
    said = text.casefold()
    return any(
        word in said
        for level in levels[:1]
        for name in level.product.name.by_language.values()
        for word in name.casefold().replace("-", " ").split()
        if len(word) > 3
    )


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
