"""A postal address in one line: street and number, postal code, town."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(?P<street>[^\W\d_][^,;\n]{1,60}?\d+[^,;\n]{0,20}?)[\s,;]+(?P<code>(?:[A-Z]{2}-)?\d{5}|\d{3}\s\d{2}|LV-\d{4})[\s,]+"
    r"(?P<city>[^\W\d_][\w .'-]{1,40})"
)
_TOWN_FIRST = re.compile(
    r"(?P<street>[^\W\d_][^,;\n]{1,60}?\d+[^,;\n]{0,20}?)[\s,;]+(?P<city>[^\W\d_][^\W\d_.'-]{1,40})[\s,]+(?P<code>\d{5})\b"
)
_NUMBER_FIRST = re.compile(
    r"(?<![\w-])(?P<street>\d{1,4}[A-Za-z]?\s+[^\W\d_][^,;\n\d]{2,40}?)[\s,;]+(?P<code>\d{5})[\s,]+"
    r"(?P<city>[^\W\d_][\w .'-]{1,40})"
)
"""As it is written in English: "5 Mannerheimintie, 00100 Helsinki"."""

_ASIDE = re.compile(
    r"(?:(?<!\w)(?:tilau|tellimu|order)\w*\W*(?:nr|nro|no|number\w*|numero\w*)?\W*)?(?<![\w-])\d{6,}(?!\d)"
    r"|[\s,]+(?:kiitos|kiitti|aitäh|tänan|palun|please|thanks|thank you)\W*$",
    re.IGNORECASE,
)
"""An order's number, and manners: no part of an address."""

_LEAD = re.compile(
    r"^.*?\b(?:osoite\w*|osoitteeseen|aadress\w*|address|osotteeseen|is|on|to|:)\s*:?\s+(?=[^\W\d_])", re.IGNORECASE
)


def one_line(text: str) -> str | None:
    """ "uusi osoite on Uusikatu 1, 20500 Turku" → "Uusikatu 1, 20500 Turku"; None where a part is missing."""
    flat = re.sub(r"\s+", " ", _ASIDE.sub(" , ", text.replace("\n", ", "))).strip(" ,")
    match = _ADDRESS.search(flat) or _TOWN_FIRST.search(flat)
    street = _from_capital(_LEAD.sub("", match["street"])).strip(" ,.") if match else ""
    if not re.search(r"\d", street):
        match = _NUMBER_FIRST.search(flat)
        street = match["street"] if match else ""
    if not match:
        return None
    city = re.split(r"[.!?](?:\s|$)", match["city"])[0].strip(" ,.-")
    return f"{_large(street)}, {match['code']} {_large(city)}"


def corrected(address: str, said: str) -> str | None:
    """What `one_line` made, with the part that a later message puts right; None where it names none.

    "ei kun Kaivokatu 10", "mitte 12 vaid 21", "sorry, number 15", "postinumero on 00120".
    """
    street, code, city = parts(address)
    house = re.search(r"\d+", street)
    new = _INSTEAD.search(said) or _HOUSE.search(said) or _named_street(street, said)
    if found := re.search(r"(?<!\d)\d{5}(?!\d)", said):
        code = found[0]
    elif new and house and not re.search(r"\d{3} ?\d{2,}", said):
        street = street[: house.start()] + new["new"] + street[house.end() :]
    else:
        return None
    put_right = f"{street}, {code} {city}"
    return put_right if put_right != address else None


_INSTEAD = re.compile(r"(?:ei|mitte|not|pole)\s+\d+\w?,?\s+(?:vaan|vaid|but)\s+(?P<new>\d+)", re.IGNORECASE)
_HOUSE = re.compile(
    r"(?:(?:numero\w*|nro|number|nr|no\.|talo|maja)\s+(?:on\s+|is\s+|should be\s+)?|"
    r"^\W*(?:(?:ei|no|mitte)\b\W*(?:vaan|kun|ku|vaid)?\s*)?)(?P<new>\d+)\W*$",
    re.IGNORECASE,
)


def _named_street(street: str, said: str) -> re.Match[str] | None:
    """The street said again, with a number behind it or before it."""
    name = re.search(r"[^\W\d_]{3,}", street)
    word = re.escape(name[0]) if name else "-"
    after = re.search(rf"{word}[^\d,]{{0,20}}?\s(?P<new>\d+)", said, re.IGNORECASE)
    return after or re.search(rf"(?P<new>\d+)\s+{word}", said, re.IGNORECASE)


def _large(name: str) -> str:
    """A name that was written small throughout begins large."""
    if name != name.lower():
        return name
    return " ".join(word[:1].upper() + word[1:] if len(word) > 2 else word for word in name.split())


def _from_capital(street: str) -> str:
    """ "ei vaan Uusikatu 1" → "Uusikatu 1"; as it is where nothing is written large."""
    capital = re.search(r"(?<!\w)[A-ZÅÄÖÕÜ]\w", street)
    return street[capital.start() :] if capital else street


def parts(line: str) -> tuple[str, str, str]:
    """Street, postal code and town of what `one_line` made."""
    street, rest = line.rsplit(", ", 1)
    code, city = re.match(r"((?:[A-Z]{2}-)?\d{3}\s\d{2}|\S+)\s(.+)", rest).groups()  # type: ignore[union-attr]
    return street, code, city
