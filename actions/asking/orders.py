"""Which order: its number and the e-mail (or phone) that proves it. Never asks for what was said.

It is looked up as soon as there is enough, and a wrong number and a wrong e-mail are answered with the same words.
After `identity.tries` wrong ones a person takes over.
"""

from __future__ import annotations

from actions import desk, policy
from actions.asking.question import Question
from actions.case import Case


def which(case: Case) -> Question | None:
    """Ask for what is missing; None when the order is proved (slot `order`), or a person has been called."""
    number, email, phone = (case.slot(name) for name in ("order_number", "email", "phone"))
    proved = case.slot("order")
    if proved and proved["number"] == number:
        return None
    if not number:
        return Question("order", "", "utter_ask_order_number")
    if not (email or phone):
        return Question("order", "", "utter_ask_order_email", {"order_number": number})
    proof = {"number": number, "email": email, "phone": phone}
    found = case.once(("order", *sorted(proof.items())), lambda: desk.find_order(proof))
    if found is None:
        return _not_found(case)
    case.set("order", proof)
    case.set("name", found.customer.name)
    case.set("proof_tries", 0)
    case.effect("order_looked_up", found.number)
    return None


def _not_found(case: Case) -> Question | None:
    tries = int(case.slot("proof_tries") or 0) + 1
    case.set("order", None)
    case.set("proof_tries", tries)
    case.tried("order_looked_up", ok=False)
    if tries < policy.current().tries:
        return Question("order", "", "utter_order_not_found")
    case.say("utter_order_tries_over")
    case.hand_over("form_failed")
    case.know(stopped="person")
    return None
