"""What a message means while the bot waits for an answer (the slot `question`, made by actions/asking/question.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.escalation.words import fold
from bot.words import plain

Parse = dict[str, Any]

DETAILS = ("order_number", "email", "phone", "person")
_FINDS = ("order_number", "email", "phone")
_NUMBER = 5  # characters of an order's number, at least
FILLERS = 3
"""Words beside a detail ("my email is …") that leave it a bare detail, where one was asked for."""

NO_DETAILS = 10**6
_SURE = 0.6
_VERY_SURE = 0.8
_UNCLEAR = frozenset({"nlu_fallback", "out_of_scope", "inform"})
_PEOPLE = frozenset({"speak_to_human", "request_callback", "bot_challenge", "change_language"})
WISHES = frozenset(
    {"cancel_order", "return_item", "exchange_item", "request_refund", "refund_status", "change_order", "track_order"}
)
"""What nobody says who only tells what happened: these begin another matter, if it is clear enough."""

_NEVER_MIND = re.compile(
    r"(?<!\w)(?:antaa olla|olkoon|unohda (?:se|koko|tama)|anna olla|ei tarvitse(?: enaa)?|ei tartte|en haluakaan|"
    r"en sittenkaan|jata sikseen|ei kiitos|ara tee|pole vaja|ei ole vaja|ma ei taha enam|jatame nii|"
    r"unusta ara|las jaab|aitah ei|never ?mind|forget it|leave it|no thanks|don't bother|changed my mind)(?!\w)"
)
_NOT_YET = re.compile(
    r"(?<!\w)(?:(?:ala|alkaa|en|ei) (?:\w+ )?viela|odota(?:pa|kaa|han)?(?= |$)|hetki(?:nen)?|hetk|oot|"
    r"(?:ara|arge|mitte) veel|veel mitte|"
    r"oota(?:ge)?(?= |$)|uks hetk|not (?:just )?yet|don't do (?:it|that)|hang on|hold on|wait(?= |$))(?!\w)"
)
"""Where a yes is asked for: nothing may be done now."""

_UNKNOWN = re.compile(
    r"(?<!\w)(?:en (?:muista|tieda|tiia|loyda)|ei (?:ole|oo|loydy)|hukas\w*|ei (?:maleta|tea|leia)|mul (?:ei ole|pole)|"
    r"kadunud|dunno|"
    r"(?:don't|dont|do not|can't|cannot) (?:know|remember|have|find)|no idea|lost it|haven't got)(?!\w)"
)
"""Neither number nor e-mail at hand."""

_WHERE_FROM = re.compile(
    r"(?<!\w)(?:mista\b.{0,25}\bloy\w*|mika (?:tilausnumero|numero|tilaus)|"
    r"kust\b.{0,25}\blei\w*|mis (?:number|tellimus)|"
    r"where (?:do|would|can|could|will) i (?:find|see|get)|what (?:order )?number|which (?:order )?number)(?!\w)"
)
"""What the number is that was asked for; the question itself says where it stands."""

_NO_NEWS = frozenset({"not_resolved", "missing_parcel", "late_delivery", "case_status"})
"""What it may sound like that somebody has looked for a parcel in vain."""

_MUTE = 3
"""Words: a "no" this short is a no; a longer one ("no lid at all in the box") tells something."""

_BARE_CODE = re.compile(r"\W*(?:\w+\W+){0,2}(?=\w*\d)\w+\W*")
"""A name with a digit in it, such as TERE10, whatever else its letters may mean."""

_CODE = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)")
_CODE_WORDS = re.compile(
    r"\b(?:(?:koodi|kood|code|vahvistus|kinnitus|tassa|siin|here)\w*|se|see|on|it|is|it's|this|the|my|was|got|mun|minun|mu|"
    r"minu|oli|tuli|sain|saadud|saatu|joo|jah|yes|ok|okei|no niin|numero|number|siis|vist|varmaan|hei|tere|hi)\b"
)


def as_answer(parsed: Parse, question: Mapping[str, Any]) -> Parse:
    """The message as an answer where it is one, else as it was."""
    kind = question["kind"]
    if kind == "code":
        return _code(parsed)
    if kind == "order":
        return _order(parsed)
    said_no = _NEVER_MIND.search(fold(parsed["text"])) or (
        question.get("fact") == "confirmed" and _NOT_YET.search(plain(parsed["text"])) and "?" not in parsed["text"]
    )
    if said_no and len(parsed["text"].split()) <= _MUTE * 2:
        return {**parsed, "intent": {"name": "deny", "confidence": 1.0}}
    if _is_other_order(parsed, called_so=kind == "address"):
        return _inform(parsed)
    if kind in ("text", "address"):
        return _told(parsed, kind)
    intent = parsed["intent"]
    if kind == "looked" and intent["name"] in _NO_NEWS:
        return _inform(parsed)
    least = _SURE if intent["name"].startswith("ask_") else _VERY_SURE
    return _inform(parsed) if intent["name"] in _UNCLEAR or intent["confidence"] < least else parsed


def _order(parsed: Parse) -> Parse:
    name, confidence = parsed["intent"]["name"], parsed["intent"]["confidence"]
    if others(parsed) <= FILLERS:
        return parsed if name in WISHES and confidence >= _VERY_SURE else _inform(parsed)
    if _WHERE_FROM.search(plain(parsed["text"])) or (name in WISHES and confidence < _SURE and _is_short(parsed)):
        return _inform(parsed)
    if others(parsed) == NO_DETAILS and _UNKNOWN.search(fold(parsed["text"])):
        return {**parsed, "intent": {"name": "deny", "confidence": 1.0}}
    return parsed


def _is_short(parsed: Parse) -> bool:
    return len(parsed["text"].split()) <= _MUTE


def _told(parsed: Parse, kind: str) -> Parse:
    """A story or an address, which may sound like anything that customers write about."""
    if kind == "text" and (_BARE_CODE.fullmatch(parsed["text"]) or _UNKNOWN.search(fold(parsed["text"]))):
        return _inform(parsed)
    if _is_another_matter(parsed):
        return parsed
    numbers = ("order_number", "phone") if kind == "address" else ("order_number",)
    return _inform(_without(parsed, numbers), story=kind == "text")


def _is_another_matter(parsed: Parse) -> bool:
    name, confidence = parsed["intent"]["name"], parsed["intent"]["confidence"]
    if name in _PEOPLE:
        return bool(confidence >= _SURE)
    if name in ("deny", "affirm", "thank", "goodbye"):
        return len(parsed["text"].split()) <= _MUTE
    if name in WISHES:
        return bool(confidence >= _VERY_SURE)
    asks = "?" in parsed["text"] or confidence >= _VERY_SURE
    return bool(name.startswith("ask_") and asks and confidence >= _SURE)


def _is_other_order(parsed: Parse, *, called_so: bool) -> bool:
    """ "no, it is 100210": a number with hardly a word is no story. `called_so`: only where it is so called."""
    numbers = [one for one in parsed["entities"] if one["entity"] == "order_number" and len(one["value"]) >= _NUMBER]
    if not numbers:
        return False
    return called(parsed["text"], numbers[0]["start"]) or (not called_so and others(parsed) <= FILLERS)


_CALLED = r"(?:tilau|tellimu|order)\w*\W*(?:nr|nro|no|number\w*)?\W*$"
"""What a number is called, up to where it stands: "order no. "."""
_ENDS = re.compile(r"\s*(?:$|[,.;:!?)])")
_BY_ITSELF = re.compile(r"(?:^|(?<=[,.;:(]))\s*" + _CALLED, re.I)
"""What a number is called where the two stand for themselves: "it is broken, order 100233"."""


def without_details(parsed: Parse) -> str | None:
    """The text without numbers and addresses and what they are called; None where it holds none."""
    found = [one for one in parsed["entities"] if one["entity"] in _FINDS]
    if not found:
        return None
    text, rest, at = parsed["text"], "", 0
    for one in sorted(found, key=lambda one: one["start"]):
        before, after = text[at : one["start"]], text[one["end"] :]
        if one["entity"] == "order_number" and _ENDS.match(after):
            before = _BY_ITSELF.sub("", before)
        rest, at = rest + before + " ", one["end"]
    return re.sub(r"\s+", " ", re.sub(r"\s*[,;:(]+\s*(?=[,.;:)]|$)", " ", rest + text[at:])).strip(" ,;:-–()")


def others(parsed: Parse) -> int:
    """How many words a message has besides its details; without details as many as can be."""
    details = [one for one in parsed["entities"] if one["entity"] in DETAILS]
    if not details:
        return NO_DETAILS
    rest = parsed["text"]
    for one in details:
        rest = rest.replace(parsed["text"][one["start"] : one["end"]], " ")
    return len(re.findall(r"[^\W\d_]+", rest))


_ONLY_CALLED = re.compile(
    r"(?:(?:mun|minun|mu|minu|my|the|se|see|it|tama|on|is|nr|nro|no|ja|and|hei|moi|tere|hi|hello|tilau\w*|tellimu\w*|order|numero\w*|"
    r"number\w*|loys\w*|loyty\w*|tarkist\w*|tassa|leid\w*|siin|found|here|got|sahkoposti\w*|email|e-mail|e|mail|meil\w*|post)(?:\s|$)\s*)*"
)


def only_details(parsed: Parse) -> bool:
    """Whether a message is a number or an address of mail with nothing but what it is called."""
    if others(parsed) == NO_DETAILS or "?" in parsed["text"]:
        return False
    rest = parsed["text"]
    for one in parsed["entities"]:
        if one["entity"] in _FINDS:
            rest = rest.replace(parsed["text"][one["start"] : one["end"]], " ")
    return _ONLY_CALLED.fullmatch(plain(rest)) is not None


def called(text: str, at: int) -> bool:
    """Whether what stands at this place of a text is called an order ("order no. 100233")."""
    return re.search(_CALLED, fold(text[:at])) is not None


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
