"""Who the customer is, before money, goods or an address change: the shop's signed token, or a one-time code that is
sent to the order's e-mail (actions/identity.py)."""

from __future__ import annotations

from actions import desk, settings
from actions.asking.question import Question, button
from actions.case import Case
from actions.identity import Verdict, masked
from actions.mail.letters import code_letter
from actions.titles import CHOICES

NEW_CODE = "new_code"


def proved(case: Case, email: str) -> bool:
    """Whether the shop's token says so, or a code was right lately."""
    if (case.slot("verified") or "").casefold() == email.casefold():
        return True
    return desk.identity().proved(case.tracker.sender_id, email)


def code(case: Case, email: str, name: str) -> Question | None:
    """Send a code unless one waits, and ask for it; None where none is needed, or a person goes on."""
    if proved(case, email):
        return None
    case.know(proving=email)
    state, waits = case.fact("code") or "", desk.identity().pending(case.tracker.sender_id, email)
    again = state in ("again", "expired")
    if waits and state.startswith("left:"):
        return _question(case, "utter_code_wrong", email, left=state.removeprefix("left:"))
    if (again or not waits) and not _send(case, email, name):
        return None
    if case.page and not again:
        return _question(case, "utter_ask_code_page", email, page=case.page)
    return _question(case, "utter_code_again" if again else "utter_ask_code", email)


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


def _send(case: Case, email: str, name: str) -> bool:
    identity = desk.identity()
    if identity.exhausted(case.tracker.sender_id, email) or not identity.may_send(email):
        to_a_person(case, "utter_code_over")
        return False

    def deliver(fresh: str) -> None:
        minutes, shop = identity.rules.minutes, settings.load().shop_name
        desk.mails().send(code_letter(email, case.locale, name=name, code=fresh, minutes=minutes, shop=shop))

    identity.new_code(case.tracker.sender_id, email, deliver)
    case.know(code=None)
    return True


def _question(case: Case, say: str, email: str, **values: str) -> Question:
    minutes = str(desk.identity().rules.minutes)
    buttons = [button(NEW_CODE, CHOICES[case.locale][NEW_CODE])]
    return Question("code", "code", say, {"address": masked(email), "minutes": minutes, **values}, buttons)
