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
_LEAD = re.compile(
    r"^.*?\b(?:osoite\w*|osoitteeseen|aadress\w*|address|osotteeseen|is|on|to|:)\s*:?\s+(?=[^\W\d_])", re.IGNORECASE
)


def one_line(text: str) -> str | None:
    """ "uusi osoite on Uusikatu 1, 20500 Turku" → "Uusikatu 1, 20500 Turku"; None where a part is missing."""
    flat = re.sub(r"\s+", " ", text.replace("\n", ", ")).strip()
    match = _ADDRESS.search(flat) or _TOWN_FIRST.search(flat)
    if not match:
        return None
    street = _from_capital(_LEAD.sub("", match["street"])).strip(" ,.")
    city = re.split(r"[.!?](?:\s|$)", match["city"])[0].strip(" ,.-")
    return f"{street}, {match['code']} {city}"


def _from_capital(street: str) -> str:
    """ "ei vaan Uusikatu 1" → "Uusikatu 1"; as it is where nothing is written large."""
    capital = re.search(r"(?<!\w)[A-ZÅÄÖÕÜ]\w", street)
    return street[capital.start() :] if capital else street


def parts(line: str) -> tuple[str, str, str]:
    """Street, postal code and town of what `one_line` made."""
    street, rest = line.rsplit(", ", 1)
    code, city = re.match(r"((?:[A-Z]{2}-)?\d{3}\s\d{2}|\S+)\s(.+)", rest).groups()  # type: ignore[union-attr]
    return street, code, city
