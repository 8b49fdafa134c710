"""What a message means while the bot waits for an answer (the slot `question`, made by actions/asking/question.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.escalation.cues import fold

Parse = dict[str, Any]

DETAILS = ("order_number", "email", "phone", "person")
FILLERS = 3
"""Words beside a detail ("my email is …") that leave it a bare detail, where one was asked for."""

NO_DETAILS = 10**6
_SURE = 0.6
_UNCLEAR = frozenset({"nlu_fallback", "out_of_scope", "inform"})
_STORIES = frozenset({"defective_item", "not_as_described", "wrong_item", "missing_item", "request_compensation"})
"""What somebody who tells what is wrong may seem to begin anew."""

_BARE_CODE = re.compile(r"\W*(?:\w+\W+){0,2}(?=\w*\d)\w+\W*")
"""A name with a digit in it, such as TERE10, whatever else its letters may mean."""

_CODE = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)")
_CODE_WORDS = re.compile(r"\b(?:koodi|kood|code|vahvistus|kinnitus|se on|see on|it is|it's|tassa|siin|here)\w*")


def as_answer(parsed: Parse, question: Mapping[str, Any]) -> Parse:
    """The message as an answer where it is one, else as it was."""
    kind = question["kind"]
    if kind == "code":
        return _code(parsed)
    if kind == "order":
        return _inform(parsed) if others(parsed) <= FILLERS else parsed
    intent = parsed["intent"]
    unsure = intent["name"] in _UNCLEAR or intent["confidence"] < _SURE
    if kind == "text" and _BARE_CODE.fullmatch(parsed["text"]):
        return _inform(parsed)
    if kind in ("text", "address") and (unsure or intent["name"] in _STORIES | {"change_delivery"}):
        numbers = ("order_number", "phone") if kind == "address" else ("order_number",)
        return _inform(_without(parsed, numbers), story=kind == "text")
    return _inform(parsed) if unsure else parsed


def others(parsed: Parse) -> int:
    """How many words a message has besides its details; without details as many as can be."""
    details = [one for one in parsed["entities"] if one["entity"] in DETAILS]
    if not details:
        return NO_DETAILS
    rest = parsed["text"]
    for one in details:
        rest = rest.replace(parsed["text"][one["start"] : one["end"]], " ")
    return len(re.findall(r"[^\W\d_]+", rest))


def called(text: str, at: int) -> bool:
    """Whether what stands at this place of a text is called an order ("order no. 100233")."""
    return re.search(r"(?:tilau|tellimu|order)\w*\W*(?:nr|nro|no|number\w*)?\W*$", fold(text[:at])) is not None


def _code(parsed: Parse) -> Parse:
    """Six digits alone, or with words about the code, are the code; with others, an order's number ("no, 100232")."""
    folded = fold(parsed["text"])
    found = _CODE.search(folded)
    rest = _CODE_WORDS.sub("", _CODE.sub("", folded))
    if found is None or re.search(r"\w", rest):
        return parsed
    code = {"entity": "code", "value": found[0], "start": found.start(), "end": found.end(), "extractor": "aspa"}
    return _inform({**parsed, "entities": [code]})


def _without(parsed: Parse, names: tuple[str, ...]) -> Parse:
    """A postal code or a model's number is no number of an order, unless it is called one."""
    kept = [one for one in parsed["entities"] if one["entity"] not in names or called(parsed["text"], one["start"])]
    return {**parsed, "entities": kept}


def _inform(parsed: Parse, *, story: bool = False) -> Parse:
    """A detail. What language an address or a code is in says nothing of the customer's."""
    language = parsed["language"] if story else {**parsed["language"], "clear": False}
    intent = {"name": "inform", "confidence": max(0.9, parsed["intent"]["confidence"])}
    return {**parsed, "intent": intent, "language": language}
