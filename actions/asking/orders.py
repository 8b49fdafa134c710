"""Which order: its number and the e-mail (or phone) that proves it. Never asks for what was said.

Who is known by the shop's token is offered their newest orders instead.

It is looked up as soon as there is enough, and a wrong number and a wrong e-mail are answered with the same words.
After `identity.tries` wrong ones a person takes over, and after more of them in an hour in all conversations together
(actions/tries.py).
"""

from __future__ import annotations

from actions import desk, policy
from actions.asking import items
from actions.asking.question import Question, choice
from actions.case import Case
from actions.shop.interface import Operation

_TROUBLES = frozenset(
    {
        "late_delivery",
        "missing_parcel",
        "wrong_item",
        "missing_item",
        "defective_item",
        "not_as_described",
        "payment_problem",
    }
)
MOST = 3
"""Orders that are offered: each is looked up."""


def which(case: Case) -> Question | None:
    """Ask for what is missing; None when the order is proved (slot `order`), or a person has been called."""
    number, email, phone = (case.slot(name) for name in ("order_number", "email", "phone"))
    proved = case.slot("order")
    if proved and proved["number"] == number:
        return None
    if not number and case.slot("verified"):
        question, number = _own(case)
        if question:
            return question
    if not number:
        trouble = case.slot("topic") in _TROUBLES
        return Question("order", "", "utter_ask_order_number_trouble" if trouble else "utter_ask_order_number")
    if not (email or phone):
        return Question("order", "", "utter_ask_order_email", {"order_number": number})
    proof = {"number": number, "email": email, "phone": phone}
    if not _is_token(case, email) and not desk.tries().begin(proof):
        _to_a_person(case)
        return None
    found = case.once(("order", *sorted(proof.items())), lambda: desk.find_order(proof))
    if found is None:
        return _not_found(case)
    desk.tries().right(proof)
    case.set("order", proof)
    case.set("name", found.customer.name)
    case.set("proof_tries", 0)
    case.effect("order_looked_up", found.number)
    return None


def _own(case: Case) -> tuple[Question | None, str | None]:
    """One of the orders of a customer whom the shop's token names: a question, or the number where it is known."""
    if case.fact("own"):
        case.set("order_number", case.fact("own"))
        return None, case.fact("own")
    numbers = _newest(case.slot("verified"))
    if len(numbers) <= 1:
        case.set("order_number", next(iter(numbers), None))
        return None, next(iter(numbers), None)
    return choice(case, "own", "utter_which_order", {number: _title(case, number) for number in numbers}), None


def _newest(email: str) -> list[str]:
    known = desk.shop().customer_data(email) if desk.shop().can(Operation.CUSTOMER_DATA) else None
    return sorted(known.order_numbers, reverse=True)[:MOST] if known else []


def _title(case: Case, number: str) -> str:
    """ "100233: Halla-talvitakki, M, tummansininen"."""
    found = case.once(("own", number), lambda: desk.shop().find_order(number, email=case.slot("verified")))
    return f"{number}: {items.name(found.lines[0], case.locale)}" if found else number


def _not_found(case: Case) -> Question | None:
    tries = int(case.slot("proof_tries") or 0) + 1
    case.set("order", None)
    case.set("proof_tries", tries)
    case.tried("order_looked_up", ok=False)
    if tries < policy.current().tries:
        return Question("order", "", "utter_order_not_found")
    _to_a_person(case)
    return None


def _is_token(case: Case, email: str | None) -> bool:
    """Whether the shop itself says that the e-mail is the customer's: then nothing is guessed."""
    return bool(email) and email == case.slot("verified")


def _to_a_person(case: Case) -> None:
    """The same words whether the order exists or not."""
    case.set("order", None)
    case.say("utter_order_tries_over")
    case.hand_over("form_failed")
    case.know(stopped="person")
