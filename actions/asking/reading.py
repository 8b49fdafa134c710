"""The answer to an open question, found in the customer's last message."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum

from actions.asking import addresses, proof
from actions.asking.question import NO, YES, Question
from actions.case import Case
from bot.choices import named
from bot.escalation.words import fold

DETAILS = ("order_number", "email", "phone")
LONGEST_STORY = 500  # characters kept of a story


class Heard(Enum):
    """What is no answer."""

    NOTHING = "nothing"  # about something else: it is answered by other rules, and the question asked again
    MISSED = "missed"  # meant as an answer, but not understood
    DONE = "done"  # taken, and nothing to keep as a fact


Answer = str | Heard

MEANS = {
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

_DEEDS = frozenset({"cancel_order", "return_item", "exchange_item"})
"""Said again where a yes to it is asked for, they are the yes."""

_NO_PHOTO = re.compile(
    r"(?<!\w)(?:(?:ei|en)\b.{0,25}\b(?:kuva\w*|valokuva\w*|foto\w*)|kuva\w* (?:ei|en)|"
    r"(?:pilti?|pildi|foto\w*)\b.{0,15}\b(?:pole|ei)|"
    r"(?:pole|ei)\b.{0,15}\b(?:pilti?|pildi|foto\w*)|"
    r"(?:no|not|don't|dont|haven't|can't|without)\b.{0,25}\b(?:photos?|pictures?|pics?))(?!\w)"
)
_FEW = 7  # words

_LOOKED = re.compile(
    r"(?<!\w)(?:kysyi\w*|kysyny\w*|kysynyt|katsoi\w*|katsonu\w*|etsi\w*|naapuri\w*|kukaan|kellaan|"
    r"noutopistee\w*|selvit\w*|kusisin|vaatasin|otsi\w*|naabri\w*|keegi|kellelgi|uuri\w*|"
    r"asked|looked|checked|search\w*|neighbou?rs?|nobody|no ?one|anyone|investigat\w*|inquir\w*|trace)(?!\w)"
)
_NUMBERS = {
    1: "yksi|yhden|uks|uhe|one",
    2: "kaksi|kaks|kahe|two",
    3: "kolme|kolm|three",
    4: "nelja|neli|four",
    5: "viisi|viis|five",
}


def hear(case: Case, question: Question) -> Answer:
    """Read the last message as an answer."""
    if case.intent == "send_file":
        return Heard.NOTHING
    return _READERS[question.kind](case, question)


def lacks_photo(text: str) -> bool:
    """Whether somebody says no more than that there is no photo, which was asked for beside something else."""
    return len(text.split()) <= _FEW and _NO_PHOTO.search(fold(text)) is not None


def number(text: str) -> str | None:
    """How many, in digits or as a word, up to 99."""
    found = re.search(r"(?<![\d.,])\d{1,2}(?![\d.,])", text)
    if found:
        return found[0]
    folded = fold(text)
    return next((str(n) for n, words in _NUMBERS.items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", folded)), None)


def meant(case: Case, options: Sequence[str]) -> str | None:
    """The option that the last message stands for without having been offered it just now."""
    value = MEANS.get(case.intent)
    return value if value in options else named(case.text, options)


def brought_detail(case: Case) -> bool:
    """Whether the last message held something by which an order is found."""
    return any(case.entity(name) for name in DETAILS)


def _order(case: Case, _question: Question) -> Answer:
    if brought_detail(case):
        return Heard.DONE
    return Heard.MISSED if case.intent == "inform" else Heard.NOTHING


def _choice(case: Case, question: Question) -> Answer:
    options = question.options
    value = case.entity("choice") if case.intent == "choose" else MEANS.get(case.intent)
    if case.intent == "affirm" and "accept" in options:
        value = "accept"
    if value in options and value is not None:
        return value
    if case.intent == "deny":
        return NO  # to none of them
    again = case.intent in _DEEDS and case.intent == case.fact("topic")
    if question.fact == "confirmed" and again and not _OTHERWISE.search(fold(case.text)):
        return YES
    return Heard.MISSED if case.intent in ("inform", "affirm") else Heard.NOTHING


_OTHERWISE = re.compile(r"\?|(?<!\w)(?:en|ei|ala|ara|arge|mitte|not|don't|dont|if|jos|kui)(?!\w)")


def _looked(case: Case, question: Question) -> Answer:
    """Whether to have a parcel searched for: who has looked everywhere wants it, too."""
    told = case.intent != "deny" and not case.text.endswith("?")
    if told and len(case.text.split()) > 1 and _LOOKED.search(fold(case.text)):
        return YES
    return _choice(case, question)


def _text(case: Case, _question: Question) -> Answer:
    if case.intent != "inform":
        return _other(case)
    return re.sub(r"\s+", " ", case.text).strip()[:LONGEST_STORY] or Heard.MISSED


def _address(case: Case, _question: Question) -> Answer:
    if case.intent != "inform":
        return _other(case)
    return addresses.one_line(case.text) or Heard.MISSED


def _email(case: Case, _question: Question) -> Answer:
    return case.entity("email") or (Heard.MISSED if case.intent == "inform" else _other(case))


def _number(case: Case, _question: Question) -> Answer:
    return number(case.text) or (Heard.MISSED if case.intent == "inform" else _other(case))


def _other(case: Case) -> Answer:
    """A no to an open question ends the matter; the rest is about something else."""
    return NO if case.intent == "deny" else Heard.NOTHING


def _code(case: Case, _question: Question) -> Answer:
    if case.intent == "choose" and case.entity("choice") == proof.NEW_CODE:
        proof.ask_again(case)
        return Heard.DONE
    code = case.entity("code")
    if code is None:
        return Heard.MISSED if case.intent == "inform" and not brought_detail(case) else _other(case)
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
    "looked": _looked,
}
