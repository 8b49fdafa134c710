"""The answer to an open question, found in the customer's last message."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from actions.asking import addresses, proof
from actions.asking.question import NO, YES, Question
from actions.case import Case

DETAILS = ("order_number", "email", "phone")
LONGEST_STORY = 500  # characters kept of a story


class Heard(Enum):
    """What is no answer."""

    NOTHING = "nothing"  # about something else: it is answered by other rules, and the question asked again
    MISSED = "missed"  # meant as an answer, but not understood
    DONE = "done"  # taken, and nothing to keep as a fact


Answer = str | Heard

_MEANS = {
    "affirm": YES,
    "deny": NO,
    "request_refund": "refund",
    "refund_status": "refund",
    "exchange_item": "exchange",
    "return_item": "return",
    "cancel_order": "refund",
    "request_compensation": "price_cut",
    "missing_parcel": "missing",
    "late_delivery": "missing",
    "defective_item": "faulty",
    "not_as_described": "faulty",
}
"""What an intent comes to, where that was one of the choices."""


def hear(case: Case, question: Question) -> Answer:
    """Read the last message as an answer."""
    return _READERS[question.kind](case, question)


def brought_detail(case: Case) -> bool:
    """Whether the last message held something by which an order is found."""
    return any(case.entity(name) for name in DETAILS)


def _order(case: Case, _question: Question) -> Answer:
    if brought_detail(case):
        return Heard.DONE
    return Heard.MISSED if case.intent == "inform" else Heard.NOTHING


def _choice(case: Case, question: Question) -> Answer:
    options = question.options
    value = case.entity("choice") if case.intent == "choose" else _MEANS.get(case.intent)
    if case.intent == "affirm" and "accept" in options:
        value = "accept"
    if value in options and value is not None:
        return value
    if case.intent == "deny":
        return NO  # to none of them
    return Heard.MISSED if case.intent in ("inform", "affirm") else Heard.NOTHING


def _text(case: Case, _question: Question) -> Answer:
    if case.intent != "inform":
        return Heard.NOTHING
    return re.sub(r"\s+", " ", case.text).strip()[:LONGEST_STORY] or Heard.MISSED


def _address(case: Case, _question: Question) -> Answer:
    if case.intent != "inform":
        return Heard.NOTHING
    return addresses.one_line(case.text) or Heard.MISSED


def _email(case: Case, _question: Question) -> Answer:
    return case.entity("email") or (Heard.MISSED if case.intent == "inform" else Heard.NOTHING)


def _number(case: Case, _question: Question) -> Answer:
    found = re.search(r"(?<!\d)\d{1,2}(?!\d)", case.text)
    return found[0] if found else Heard.MISSED if case.intent == "inform" else Heard.NOTHING


def _code(case: Case, _question: Question) -> Answer:
    if case.intent == "choose" and case.entity("choice") == proof.NEW_CODE:
        proof.ask_again(case)
        return Heard.DONE
    code = case.entity("code")
    if code is None:
        return Heard.MISSED if case.intent == "inform" and not brought_detail(case) else Heard.NOTHING
    proof.take(case, code)
    return Heard.DONE


_READERS: dict[str, Callable[[Case, Question], Answer]] = {
    "order": _order,
    "choice": _choice,
    "text": _text,
    "address": _address,
    "email": _email,
    "number": _number,
    "code": _code,
}
