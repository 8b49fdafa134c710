"""Choices that the bot offered as buttons, and free text that takes one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rasa.shared.core.events import Event, UserUttered

from bot import history, words

WAITING_LIST = '/choose{"choice": "waiting_list"}'
_YES = (
    r"joo\w*|juu|kylla|ok|okei|okay|selva|sopii|kay|kiitos kylla|jah|jaa|muidugi|sobib|olgu|palun|yes|yep|yeah|sure|"
    r"please do|go ahead"
)
_DO = (
    r"peru\w*|palaut\w*|vaihda\w*|vaihdetaan|lahet\w*|muuta\w*|avaa\w*|avataan|tee se|tehdaan|pyyda\w*|etsi\w*|selvit\w*|"
    r"tuhista\w*|tagasta\w*|vaheta\w*|saatke|muutke|muuda|avage|tehke|teeme|otsi\w*|paluge|"
    r"cancel\w*|return it|exchange it|send it|change it|open it|do it|do that|go on|search\w*|find it"
)
"""The deed said again is a yes to it."""

_NO = r"ei|en|en|alahan|ala|mitte|ara|nope|don't|do not|not now|no(?= thank| don| not| keep|$)"
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
    '/choose{"choice": "search"}': (
        r"selvit\w*|etsi\w*|etsik\w*|jalji\w*|otsi\w*|otsige|jareleparimi\w*|search\w*|inquir\w*|find it|look for it|trace\w*"
    ),
    "/speak_to_human": (
        r"ihmi\w*|asiakaspalvelija\w*|henkilo\w*|jonkun kanssa|inime\w*|klienditeenindaja\w*|teenindaja\w*|kellegagi|"
        r"human|person|someone|somebody|agent|representative"
    ),
    '/choose{"choice": "yes"}': rf"{_YES}|{_DO}",
    '/choose{"choice": "no"}': rf"{_NO}|pida\w*|jata\w*|keep\w*",
    '/choose{"choice": "send"}': (
        r"laheta\w*|lahettaka\w*|uusi|uude[nt]\w*|uutta|oike[ai]\w*|puuttuva\w*|peraan|"
        r"saatke|saada\w*|saadake|uus|uue|uut|oige|oiget|puuduo?lev\w*|jarele|juurde|"
        r"send|resend|ship|new one|another one|right one|correct one|missing one|replacement"
    ),
    '/choose{"choice": "refund"}': (
        r"rahat|rahani|raha|palauta\w* raha\w*|hyvitta\w*|hyvitys|"
        r"raha tagasi|tagasimakse\w*|tagasta\w* raha|"
        r"(?<!partial )refund\w*|money back|my money|money"
    ),
    '/choose{"choice": "exchange"}': (
        r"vaihto|vaihta\w*|vaihdet\w*|vaihdan|vaihdon|uusi|uuden|ehja|ehjan|toimiva\w*|"
        r"vaheta\w*|vahetus\w*|vahetage|uus|uue|terve|"
        r"exchange\w*|swap\w*|replace\w*|new one|working one"
    ),
    WAITING_LIST: (
        r"ilmoit\w*|jonoon|jonolista\w*|odotuslist\w*|muistut\w*|kerro\w* kun|laita\w* viesti\w*|"
        r"teata\w*|teavita\w*|ootelist\w*|ootenimekir\w*|jarjekorda|teada|"
        r"let me know|notif\w*|waiting list|waitlist|tell me when|e-?mail me|put me (?:on|down)"
    ),
    '/choose{"choice": "repair"}': r"korja\w*|huolt\w*|paranda\w*|remont\w*|remondi\w*|repair\w*|fix\w*|mend\w*",
    '/choose{"choice": "price_cut"}': (
        r"alennu\w*|hinnanalennu\w*|pidan sen|pidan tuotteen|pida\w*|osittai\w*|osan? (?:rahoista|hinnasta)|"
        r"allahindlus\w*|soodustus\w*|hinnaalandus\w*|jata\w* endale|jatan (?:ta|selle|need)|osali\w*|osa raha\w*|"
        r"discount|price cut|price reduction|reduction|money off|keep (?:it|them|this|those)|partial\w*|part of (?:the|my) money"
    ),
    '/choose{"choice": "new_code"}': (
        r"uusi koodi|uuden koodin|koodi ei tul\w*|ei tullu\w*|ei oo tullu\w*|en saanut\w*|laheta uudelleen|uudestaan|"
        r"uus kood|uue koodi|kood ei tul\w*|ei tulnud|pole tulnud|ei saanud|uuesti|"
        r"new code|another code|send (?:it )?again|resend|didn't get|did not get|no code|hasn't come|not come"
    ),
    '/choose{"choice": "accept"}': rf"{_YES}|kelpaa|otan|votan|odot\w*|ootan|accept\w*|i'll take|take it|i'll wait|fine",
    '/choose{"choice": "more"}': r"enemman|liian vahan|ei riita|rohkem|liiga vahe|ei piisa|more|not enough|too little",
    "/resolved": rf"{_YES}|autto\w*|oli apua|aitas|abiks|oli abi|helped|it did|worked",
    "/not_resolved": rf"{_NO}|ei autta\w*|ei ollut|ei aidanud|ei olnud|pole abi|did not|didn't|not really",
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
_ASKS = re.compile(
    r"(?:no |ja |enta |mutta |aga |and |but |so )?(?:onks|onko|saako|saanko|saisinko|tuleeko|mika|mita|millai\w*|paljonko|kauanko|kuinka|"
    r"miksi|miten|milloin|koska|kas|mis|mida|kui palju|millal|miks|kuidas|millis\w*|what|how|why|when|is there|are there|"
    r"do i|does|will i|which|who)(?!\w)"
)
"""How a question begins: to ask about an offer is not to take it."""

_POLITE = r"kiitos|kiitti|kiits|kiitoksia|aitah|tanan|thanks|thank you|please|nyt|viela|praegu|veel|now|yet"
_NOT_NEEDED = r"ei tarvitse|ei tarvi|ei tartte|ei ole tarvetta|pole vaja|ei ole vaja|no need|en halua|ei taha"
_PLAIN = {
    "deny": re.compile(rf"(?:(?:{_POLITE}) )?(?:{_NOT_NEEDED}|{_NO})(?: (?:{_NOT_NEEDED}|{_NO}|{_POLITE}))*"),
    "affirm": re.compile(rf"(?:(?:{_POLITE}) )?(?:{_YES})(?: (?:{_YES}|{_POLITE}))*"),
}
_LONGEST = 14
"""Words. A longer text tells more than which button it means."""

YES = '/choose{"choice": "yes"}'
WAIT = '/choose{"choice": "wait"}'
_GIVEN = frozenset({'/choose{"choice": "wait"}', '/choose{"choice": "accept"}', YES})
_YES_NO = frozenset(
    {
        "/affirm",
        "/deny",
        "/resolved",
        "/not_resolved",
        YES,
        '/choose{"choice": "no"}',
        '/choose{"choice": "accept"}',
    }
)
_SHORT = 4

_OWN_MATTER = frozenset(
    {
        "ask_delivery",
        "ask_product",
        "ask_warranty",
        "ask_contact",
        "ask_payment_methods",
        "ask_availability",
        "ask_capabilities",
        "bot_challenge",
        "not_resolved",
    }
)
"""A question of its own, in which a word of a title may well stand."""

_ANOTHER = frozenset({"cancel_order", "track_order", "request_callback", "speak_to_human"})
"""Wishes of their own, which name no product or size."""


def offered(events: Sequence[Event], back: int = 0) -> list[Mapping[str, str]]:
    """The buttons under the bot's last answer, or under the one so many answers before it."""
    turns = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= back:
        return []
    start = turns[-1 - back]
    end = turns[-back] if back else len(events)
    answers = list(history.said(events[start + 1 : end]))
    return [button for one in answers for button in (one.data or {}).get("buttons") or []]


def chosen(text: str, buttons: Sequence[Mapping[str, str]], intent: str) -> str | None:
    """The payload of the button that a text means; None if it means none or more than one.

    "no mä odotan sitten" → wait · "raha takaisin" → cancel · "2" → the second · its title → itself.
    """
    folded = words.plain(text)
    if not buttons or not folded or len(folded.split()) > _LONGEST:
        return None
    for place, button in enumerate(buttons):
        if folded == words.plain(button["title"]):
            return button["payload"]
        if place < len(_ORDINALS) and re.fullmatch(rf"(?:{_ORDINALS[place]})\W*", folded):
            return button["payload"]
    if intent in _OWN_MATTER:
        listed = intent == "ask_availability" and [one for one in buttons if one["payload"] == WAITING_LIST]
        return _by_words(folded, listed) if listed else None
    return _by_words(folded, buttons) or (None if intent in _ANOTHER else _by_title(folded, buttons))


def yes_or_no(text: str) -> str | None:
    """affirm or deny for a text that is nothing but a yes or a no, however polite; else None."""
    folded = words.plain(text)
    return next((intent for intent, words in _PLAIN.items() if words.fullmatch(folded)), None)


def is_question(text: str) -> bool:
    """Whether a text is a question, also without its mark."""
    return "?" in text or _ASKS.match(words.plain(text)) is not None


def asks_about(text: str, buttons: Sequence[Mapping[str, str]], payload: str) -> bool:
    """Whether a text asks about what this button stands for, instead of taking it."""
    folded = words.plain(text)
    there = any(button["payload"] == payload for button in buttons)
    return there and bool(_ASKS.match(folded) and _CUES[payload].search(folded))


def named(text: str, values: Sequence[str]) -> str | None:
    """The one of these values of `choose` whose words stand in a text; None for none or several."""
    folded = words.plain(text)
    payloads = {f'/choose{{"choice": "{value}"}}': value for value in values}
    found = _by_words(folded, [{"title": "", "payload": payload} for payload in payloads])
    return payloads[found] if found else None


def _by_title(folded: str, buttons: Sequence[Mapping[str, str]]) -> str | None:
    """Of what has no words of its own (products, sizes), the one whose title is said more of than of the others."""
    named = [button for button in buttons if button["payload"] not in _CUES]
    at = words.best(folded, [button["title"] for button in named])
    return None if at is None else named[at]["payload"]


def _by_words(folded: str, buttons: Sequence[Mapping[str, str]]) -> str | None:
    hits: list[tuple[int, str]] = []
    for button in buttons:
        if button["payload"] in _YES_NO and len(folded.split()) > _SHORT:
            continue  # "en jaksa enää" is no answer to an offer
        cue = _CUES.get(button["payload"])
        match = cue.search(folded) if cue else None
        if button["payload"] in _GIVEN and _ASKS.match(folded):
            continue
        if match and not _taken_back(folded, match.start(), button["payload"]):
            hits.append((match.start(), button["payload"]))
    return hits[0][1] if len(hits) == 1 else None


def _taken_back(folded: str, at: int, payload: str) -> bool:
    """Whether a "not" stands before the word: "en halua odottaa" is no wish to wait."""
    if payload in _YES_NO and payload != YES:
        return False
    before = folded[:at].split()[-3:]
    return bool(_NOT.search(" ".join(before)))
