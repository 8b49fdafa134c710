"""A code that does not work: `discount_problem`."""

from __future__ import annotations

import re

from actions import desk, wording
from actions.asking.question import Question, text
from actions.case import Case
from actions.shop.interface import CodeState, DiscountCode

_CODE = re.compile(
    r"\b(?=\w*[A-ZÅÄÖÕÜ])[A-ZÅÄÖÕÜ][A-ZÅÄÖÕÜ0-9-]{3,}\b|\b(?=\w*\d)(?=\w*[a-zåäöõü])[a-zåäöõü][\w-]{3,}\b"
)


def ask(case: Case, _order: object) -> Question | None:
    """Which code."""
    if not case.fact("discount") and written(case.fact("told") or ""):
        case.know(discount=written(case.fact("told")))
    if not case.fact("discount") and case.fact("code_told"):
        case.know(discount=case.fact("code_told"))
    return text(case, "discount", "utter_ask_discount_code")


def explain(case: Case, _order: object) -> None:
    """Whether it works, and why not."""
    said = case.fact("discount") or ""
    code = written(said) or max(re.findall(r"[\w-]+", said), key=len, default="")
    found = desk.shop().discount_code(code.upper())
    if found is None:
        case.say("utter_code_unknown", note={"offer": "human"}, code=code.upper())
        return
    again = case.fact("code_told") == found.code and not written(case.text)
    case.know(code_told=found.code)
    if found.state is CodeState.VALID:
        _valid(case, found)
        return
    if again:  # that it does not work was said; what the customer says to it, a person hears
        case.say("utter_offer_human")
        return
    day = found.valid_from if found.state is CodeState.NOT_YET else found.valid_until
    response = {
        CodeState.NOT_YET: "utter_code_not_yet",
        CodeState.EXPIRED: "utter_code_expired",
        CodeState.USED: "utter_code_used",
    }[found.state]
    case.say(response, note={"offer": "human"}, code=found.code, day=wording.short(day, case.locale) if day else "")


def _valid(case: Case, found: DiscountCode) -> None:
    worth = f"{found.percent} %" if found.percent else ""
    if found.amount:
        worth = wording.sum_of(found.amount.amount, case.locale)
    if case.locale != "fi":
        worth = worth.replace(" %", "%")
    day = wording.short(found.valid_until, case.locale) if found.valid_until else ""
    least = wording.sum_of(found.minimum.amount, case.locale) if found.minimum else ""
    response = "utter_code_valid_from" if found.minimum else "utter_code_valid"
    case.say(response, note={"offer": "human"}, code=found.code, worth=worth, minimum=least, day=day)


def written(said: str) -> str | None:
    """What looks like a code in a text."""
    found = _CODE.search(said)
    return found[0] if found else None
