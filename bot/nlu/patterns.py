"""Entities that have a shape: addresses, numbers, codes, money, dates. Found by patterns, strongest first.

A span that one pattern has taken is not read again by a weaker one, so that a phone number is not also an order number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Found:
    """An entity: characters `start` to `end` of the text; `value` is the form to work with."""

    entity: str
    start: int
    end: int
    value: str


_DIGIT = re.compile(r"\d")
_NUMBER_WORD = r"(?:tilaus\w*|tilausnumero\w*|tellimus\w*|tellimuse\w*|orders?|numero\w*|number\w*|nro|nr|no)"
_MONTHS = (
    "tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|jaanuar|veebruar|märts|aprill|mai|juuni|juuli|"
    "august|septemb|oktoob|novemb|detsemb|january|february|march|april|june|july|september|october|november|december"
)
_DAYS = (
    r"maanantai\w*|tiistai\w*|keskiviik\w*|torstai\w*|perjantai\w*|lauantai\w*|sunnuntai\w*|esmaspäev\w*|teisipäev\w*|"
    r"kolmapäev\w*|neljapäev\w*|reede\w*|laupäev\w*|pühapäev\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
)
_RELATIVE = (
    r"toissapäivä\w*|eili\w*|eilen|tänään|tänä\s+aamuna|huomen\w*|ylihuomen\w*|viime\s+(?:viikolla|kuussa|viikonloppuna|{days})|"
    r"ensi\s+(?:viikolla|kuussa|{days})|(?:viikko|pari\s+viikkoa|kaksi\s+viikkoa|kuukausi|\d+\s+päivää)\s+sitten|"
    r"üleeile|eile|täna|homme|ülehomme|(?:eelmis|möödunud|järgmis)\w*\s+(?:nädal\w*|kuu\w*|{days})|"
    r"(?:nädal|kuu|kaks\s+nädalat|\d+\s+päeva)\s+tagasi|"
    r"yesterday|today|tomorrow|(?:last|next|this)\s+(?:week|month|weekend|{days})|(?:a|one|two|\d+)\s+(?:day|week|month)s?\s+ago"
).replace("{days}", _DAYS)

# What a text must hold for a pattern to be tried: most hold no digit ("0") and no "@".
_PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, needs, re.compile(pattern, flags))
    for name, needs, pattern, flags in (
        ("email", "@", r"[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.I),
        (
            "tracking_code",
            "0",
            r"\bJJ[A-Z]{2}\d{12,20}\b|\b[A-Z]{2}\s?\d{9}\s?[A-Z]{2}\b|\b(?:MH|CE|DPD|LY)\d{8,18}\b",
            re.I,
        ),
        ("tracking_code", "0", r"(?<![\w+])\d{13,24}(?!\w)", 0),
        (
            "amount",
            "0",
            r"(?<![\w.])\d+(?:[.,]\d{1,2})?\s?(?:€|eur\b|euro\w*|eurt\b|senttiä|snt\b)|[€£$]\s?\d+(?:[.,]\d{1,2})?",
            re.I,
        ),
        ("phone", "0", r"(?<![\w.])(?:\+|00)(?:358|372|371|370|46|49|44)[\s-]?\d(?:[\s-]?\d){5,10}(?!\d)", 0),
        ("phone", "0", r"(?<![\w.])0\d{1,2}[\s-]?\d(?:[\s-]?\d){5,7}(?!\d)", 0),
        ("phone", "0", r"(?<![\w.])5\d{2,3}[\s-]\d{3,4}(?!\d)", 0),
        ("order_number", "0", r"\b(?:WC|A|T|ORD|EE|FI)-?\d{3,8}\b", re.I),
        ("order_number", "0", r"(?<![\w.-])20\d\d-\d{3,6}(?![\w-])", 0),
        ("date", "0", r"(?<![\w.])\d{4}-\d{2}-\d{2}(?!\w)|(?<![\w.])\d{1,2}[./]\s?\d{1,2}[./]?(?:20)?\d{0,4}(?!\w)", 0),
        (
            "date",
            "0",
            rf"(?<!\w)\d{{1,2}}\.?\s?(?:{_MONTHS})\w*|(?:{_MONTHS})\w*\s\d{{1,2}}(?:st|nd|rd|th)?(?!\w)",
            re.I,
        ),
        (
            "order_number",
            "0",
            rf"(?<=#)\d{{3,9}}(?!\w)|{_NUMBER_WORD}[\s:#.–-]{{1,3}}(?P<value>\d{{3,9}})(?![\w€])",
            re.I,
        ),
        (
            "discount_code",
            "",
            r"(?i:koodi\w*|kood\w*|codes?|kupon\w*|voucher)\W{1,3}(?P<value>(?=[A-Z0-9]*[A-Z]{2})[A-Z][A-Z0-9]{3,19})(?!\w)"
            r"|(?<!\w)[A-ZÄÖÕÜ]{4,16}\d{1,3}(?!\w)",
            0,
        ),
        (
            "order_number",
            "0",
            r"(?<![\w.,+-])(?!(?:19|20)\d\d(?!\d))\d{4,9}(?![\w€]|[.,]\d|\s?(?:€|eur|kpl|tk|cm|mm|km|kg|min))",
            re.I,
        ),
        ("date", "", rf"(?<!\w)(?:{_RELATIVE}|{_DAYS})(?!\w)", re.I),
        (
            "size",
            "",
            r"(?<!\w)(?:XXS|XS|XXL|XXXL|XL|2XL|3XL|4XL)(?!\w)|(?:koko|koossa|suurus\w*|size)\s(?P<value>\d{2,3}|[SML])(?!\w)",
            re.I,
        ),
        ("size", "0", r"(?<!\w)\d{2,3}\s?(?:cm|mm)(?!\w)", re.I),
        ("quantity", "0", r"(?<!\w)\d{1,3}\s?(?:kpl|tk|pcs)(?!\w)", re.I),
    )
)


@lru_cache(maxsize=16)  # the intents and the details ask of the same message
def shaped(text: str) -> tuple[Found, ...]:
    """Entities by shape, in the order of trust."""
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    held = {"", "@" if "@" in text else "", "0" if _DIGIT.search(text) else ""}
    for entity, needs, pattern in _PATTERNS:
        for match in pattern.finditer(text) if needs in held else ():
            group = "value" if "value" in pattern.groupindex and match.group("value") else 0
            start, end = match.span(group)
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            found.append(Found(entity, start, end, _value(entity, match.group(group))))
    return tuple(found)


def _value(entity: str, text: str) -> str:
    if entity == "email":
        return text.replace(" ", "").rstrip(".").lower()
    if entity in {"tracking_code", "order_number"}:
        return re.sub(r"\s", "", text).upper()
    if entity == "phone":
        return re.sub(r"[\s-]", "", text)
    return text.strip()
