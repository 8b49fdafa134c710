"""The one-time code: sent to the order's e-mail before money, goods or an address change (actions/identity.py)."""

from __future__ import annotations

from actions import desk, settings
from actions.asking.question import Question, button
from actions.case import Case
from actions.identity import Verdict, masked
from actions.mail.letters import code_letter
from actions.shop.interface import Customer
from actions.titles import CHOICES

NEW_CODE = "new_code"


def proved(case: Case, customer: Customer) -> bool:
    """Whether a code was right lately."""
    return desk.identity().proved(case.tracker.sender_id, customer.email)


def code(case: Case, customer: Customer) -> Question | None:
    """Send a code unless one waits, and ask for it; None where none is needed, or a person goes on."""
    identity, talk = desk.identity(), case.tracker.sender_id
    if identity.proved(talk, customer.email):
        return None
    case.know(proving=customer.email)
    state = case.fact("code") or ""
    if state.startswith("left:") and identity.pending(talk, customer.email):
        return _question(case, "utter_code_wrong", customer.email, left=state.removeprefix("left:"))
    if state in ("again", "expired") or not identity.pending(talk, customer.email):
        if not _send(case, customer):
            return None
        return _question(
            case, "utter_code_again" if state in ("again", "expired") else "utter_ask_code", customer.email
        )
    return _question(case, "utter_ask_code", customer.email)


def take(case: Case, written: str) -> None:
    """Try the code that the customer wrote."""
    verdict, left = desk.identity().check(case.tracker.sender_id, case.fact("proving") or "", written)
    case.tried("identity_proved", ok=verdict is Verdict.RIGHT)
    if verdict is Verdict.OVER:
        to_a_person(case, "utter_code_over")
    states = {Verdict.RIGHT: None, Verdict.WRONG: f"left:{left}", Verdict.EXPIRED: "expired", Verdict.OVER: None}
    case.know(code=states[verdict])


def ask_again(case: Case) -> None:
    """The customer wants another code."""
    case.know(code="again")


def to_a_person(case: Case, say: str) -> None:
    """Identity was not proved: a person goes on, and nothing is changed."""
    case.say(say)
    case.hand_over("form_failed")
    case.know(stopped="person")


def _send(case: Case, customer: Customer) -> bool:
    identity = desk.identity()
    if identity.exhausted(case.tracker.sender_id, customer.email) or not identity.may_send(customer.email):
        to_a_person(case, "utter_code_over")
        return False

    def deliver(fresh: str) -> None:
        minutes, shop = identity.rules.minutes, settings.load().shop_name
        letter = code_letter(customer.email, case.locale, name=customer.name, code=fresh, minutes=minutes, shop=shop)
        desk.mails().send(letter)

    identity.new_code(case.tracker.sender_id, customer.email, deliver)
    case.know(code=None)
    return True


def _question(case: Case, say: str, email: str, **values: str) -> Question:
    minutes = str(desk.identity().rules.minutes)
    buttons = [button(NEW_CODE, CHOICES[case.locale][NEW_CODE])]
    return Question("code", "code", say, {"address": masked(email), "minutes": minutes, **values}, buttons)
