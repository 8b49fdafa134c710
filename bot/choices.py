"""Choices that the bot offered as buttons, and free text that takes one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rasa.shared.core.events import Event, UserUttered

from bot import history
from bot.escalation.cues import fold

_YES = (
    r"joo\w*|juu|kylla|ok|okei|okay|selva|sopii|kay|kiitos kylla|jah|jaa|muidugi|sobib|olgu|palun|yes|yep|yeah|sure|"
    r"please do|go ahead"
)
_NO = r"ei|en|alahan|ala|mitte|ara|nope|don't|do not|not now|no(?= thank| don| not| keep|$)"
"""English "no" only where it cannot be the Finnish or Estonian one, which means "well"."""

_WORDS: dict[str, str] = {
    '/choose{"choice": "wait"}': (
        r"odot\w*|ootan|oota|ootel\w*|odottel\w*|hyvitys|hyvity\w*|kupon\w*|lahjakort\w*|"
        r"ootan|ootaks|ootame|oodata|oodan|ootama|huvit\w*|kinkekaart\w*|kupong\w*|"
        r"wait|waiting|hold on|voucher|keep the order|keep it"
    ),
    '/choose{"choice": "cancel"}': (
        r"peru\w*|perutaan|rahat|raha|palauta rahat|hyvita rahat|"
        r"tuhista\w*|tagasi|raha|annulleeri\w*|"
        r"cancel\w*|refund\w*|money back|my money"
    ),
    '/choose{"choice": "return"}': r"palaut\w*|rahat|raha|tagast\w*|raha tagasi|return\w*|send it back|refund\w*|money back",
    "/speak_to_human": (
        r"ihmi\w*|asiakaspalvelija\w*|henkilo\w*|jonkun kanssa|inime\w*|klienditeenindaja\w*|teenindaja\w*|kellegagi|"
        r"human|person|someone|somebody|agent|representative"
    ),
    '/choose{"choice": "confirm_cancel"}': rf"{_YES}|peru\w*|tuhista\w*|cancel\w*",
    '/choose{"choice": "keep"}': rf"{_NO}|pida\w*|jata\w*|keep\w*",
    "/affirm": _YES,
    "/deny": _NO,
}
_CUES = {payload: re.compile(rf"(?<![\w])(?:{words})(?!\w)") for payload, words in _WORDS.items()}
_NOT = re.compile(r"(?<!\w)(?:en|ei|ala|ara|mitte|not|don't|dont|never)(?!\w)")
_ORDINALS = (
    r"1|yksi|eka|ensimmainen|esimene|uks|first|one",
    r"2|kaksi|toka|toinen|teine|kaks|second|two",
    r"3|kolme|kolmas|kolm|third|three|last|viimeinen|viimane",
)
_LONGEST = 14
"""Words. A longer text tells more than which button it means."""

_YES_NO = frozenset({"/affirm", "/deny", '/choose{"choice": "confirm_cancel"}', '/choose{"choice": "keep"}'})
_SHORT = 4

_OWN_MATTER = frozenset({"ask_delivery", "ask_product", "ask_warranty", "ask_contact", "bot_challenge", "not_resolved"})


def offered(events: Sequence[Event]) -> list[Mapping[str, str]]:
    """The buttons under the bot's last answer."""
    for at in range(len(events) - 1, -1, -1):
        if isinstance(events[at], UserUttered):
            answers = list(history.said(events[at + 1 :]))
            return [button for one in answers for button in (one.data or {}).get("buttons") or []]
    return []


def chosen(text: str, buttons: Sequence[Mapping[str, str]], intent: str) -> str | None:
    """The payload of the button that a text means; None if it means none or more than one.

    "no mä odotan sitten" → wait · "raha takaisin" → cancel · "2" → the second · its title → itself.
    """
    folded = " ".join(re.findall(r"[\w']+", fold(text)))
    if not buttons or not folded or len(folded.split()) > _LONGEST:
        return None
    for place, button in enumerate(buttons):
        if folded == " ".join(re.findall(r"[\w']+", fold(button["title"]))):
            return button["payload"]
        if place < len(_ORDINALS) and re.fullmatch(rf"(?:{_ORDINALS[place]})\W*", folded):
            return button["payload"]
    if intent in _OWN_MATTER:
        return None
    return _by_words(folded, buttons)


def _by_words(folded: str, buttons: Sequence[Mapping[str, str]]) -> str | None:
    hits: list[tuple[int, str]] = []
    for button in buttons:
        if button["payload"] in _YES_NO and len(folded.split()) > _SHORT:
            continue  # "en jaksa enää" is no answer to an offer
        cue = _CUES.get(button["payload"])
        match = cue.search(folded) if cue else None
        if match and not _taken_back(folded, match.start(), button["payload"]):
            hits.append((match.start(), button["payload"]))
    return hits[0][1] if len(hits) == 1 else None


def _taken_back(folded: str, at: int, payload: str) -> bool:
    """Whether a "not" stands before the word: "en halua odottaa" is no wish to wait."""
    if payload in _YES_NO:
        return False
    before = folded[:at].split()[-3:]
    return bool(_NOT.search(" ".join(before)))
