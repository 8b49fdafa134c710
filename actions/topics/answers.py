"""General questions: short, true answers from the policy, the same for everybody."""

from __future__ import annotations

from actions import desk, policy, wording
from actions.case import Case, CaseAction
from actions.shop.interface import Operation

ANSWERS = {
    "ask_delivery": "utter_ask_delivery",
    "ask_warranty": "utter_ask_warranty",
    "ask_payment_methods": "utter_ask_payment_methods",
    "ask_contact": "utter_ask_contact",
    "newsletter": "utter_newsletter",
    "ask_product": "utter_ask_product",
}


class ActionAnswer(CaseAction):
    """Runs on the intents above."""

    def name(self) -> str:
        """As in data/rules/answers.yml."""
        return "action_answer"

    def solve(self, case: Case) -> None:
        """Say it, with the policy's numbers."""
        case.say(ANSWERS[case.intent], facts=policy.current().facts)


class ActionAvailability(CaseAction):
    """Is it in stock? From the shop, if the product was named."""

    def name(self) -> str:
        """As in data/rules/answers.yml."""
        return "action_availability"

    def solve(self, case: Case) -> None:
        """Tell the stock of the best match, or ask a person to look."""
        wanted = case.entity("product")
        levels = desk.shop().stock(wanted) if wanted and desk.shop().can(Operation.STOCK) else ()
        if not levels:
            case.say("utter_availability_unknown")
            return
        product = levels[0].product
        same = [level.variant for level in levels if level.product.id == product.id]
        name = product.name.say(case.locale)
        if any(variant.stock > 0 for variant in same):
            case.say("utter_in_stock", product=name)
            return
        days = [variant.restock_on for variant in same if variant.restock_on]
        if days:
            case.say("utter_back_in_stock", product=name, date=wording.when(min(days), case.locale))
        else:
            case.say("utter_out_of_stock", product=name)
