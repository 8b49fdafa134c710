"""What somebody wrote anew in a mail: without the mail it answers, the signature and the program's own line. Pure.

Knows how Gmail, Outlook and Apple Mail quote in Finnish, Estonian and English. When in doubt a line stays: an agent
reads past a quotation, but nobody can see what was cut.
"""

from __future__ import annotations

import re

_WROTE = (
    r"kirjoitti|kirjoitti seuraavasti|lähetti|kirjutas|kirjutas järgmist|saatis|wrote|writes|schrieb|skrev|"
    r"пишет|написал|написала"
)
_INTRODUCED = re.compile(rf"(?:.{{0,300}})\b(?:{_WROTE})\b[^\n]{{0,200}}:\s*", re.IGNORECASE)
"""Apple Mail, Gmail, Thunderbird: "la 21.11.2026 klo 12.00 Kaamos <…> kirjoitti:", perhaps on two or three lines."""
_ADDRESS = re.compile(r"[^\s@]@[^\s@]")
_DATED = re.compile(r"\d{1,2}[.:/-]\s?\d{1,2}|\b\d{4}\b|[^\s@]@[^\s@]")
_SEPARATOR = re.compile(
    r"[-_=\s]*(?:original message|alkuperäinen viesti|algne kiri|algne sõnum|algsõnum|algteade|forwarded message|"
    r"välitetty viesti|edelleenlähetetty viesti|edastatud kiri|edastatud sõnum|begin forwarded message:?|"
    r"lähetetty viesti)[-_=\s:]*",
    re.IGNORECASE,
)
_RULE = re.compile(r"_{8,}|-{8,}")
_FROM = re.compile(r"\*?(?:from|lähettäjä|saatja|kellelt|von|från|от)\s*:\*?\s*\S.*", re.IGNORECASE)
_FIELD = re.compile(
    r"\*?(?:sent|date|to|cc|subject|lähetetty|päivämäärä|päiväys|pvm|vastaanottaja|kopio|aihe|"
    r"saadetud|kuupäev|saaja|adressaat|kellele|koopia|teema|pealkiri|gesendet|an|betreff|skickat|till|ämne)\s*:\*?.*",
    re.IGNORECASE,
)
"""Outlook's block: "Lähettäjä: …", "Lähetetty: …", "Vastaanottaja: …", "Aihe: …"."""
_SIGNATURE = re.compile(r"--\s?|—\s?|__+")
_SENT_FROM = re.compile(
    r"(?:lähetetty (?:iphonesta|ipadista|matkapuhelimesta|puhelimesta|samsung|androidista|outlookista|laitteesta|"
    r"yahoo|huawei|oneplus)|"
    r"lähetetty .{0,40}(?:puhelimestani|puhelimesta|laitteestani|-laitteesta|outlook)|"
    r"saadetud (?:minu )?(?:iphone|ipad|telefonist|nutitelefonist|samsung|android|outlook)|saadetud .{0,30}seadmest|"
    r"sent from (?:my |outlook|mail for|yahoo|samsung|proton|an? )|get outlook for|hanki outlook|"
    r"hangi outlook|laadi alla outlook|"
    r"lataa outlook).{0,80}",
    re.IGNORECASE,
)
_LOOK_AHEAD = 4
_LONGEST_INTRODUCTION = 500
_SIGNATURE_LINES = 12


def written_anew(text: str) -> str:
    """The new part of a mail's text, be it above, below or between what it answers."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = _without_quotation(_before_quotation(lines))
    if not _said(kept):  # the answer stands below what it answers
        kept = _without_quotation(lines)
    return _tidy(_without_signature(kept))


def _before_quotation(lines: list[str]) -> list[str]:
    """Up to where the mail begins that is answered, if everything after it belongs to that mail."""
    for index, line in enumerate(lines):
        if _SEPARATOR.fullmatch(line.strip()) or _is_block(lines, index):
            return _without_rule(lines[:index])
        if length := _introduction(lines, index):
            rest = lines[index + length :]
            plain = [each for each in rest if each.strip() and not each.startswith(">")]
            if len(plain) == len([each for each in rest if each.strip()]) or not _answers_below(plain):
                return lines[:index]
    return lines


def _answers_below(plain: list[str]) -> bool:
    """Lines that are not quoted, after a quotation: new words, unless they are only a signature."""
    return bool(_said(_without_signature(plain)))


def _introduction(lines: list[str], index: int) -> int:
    """How many lines from here introduce a quotation, by naming a time or an address before ":"; 0: none does."""
    for length in range(1, _LOOK_AHEAD):
        part = lines[index : index + length]
        if len(part) < length or not part[-1].strip():
            return 0
        if not part[-1].endswith(":"):
            continue
        joined = " ".join(each.strip() for each in part)
        if len(joined) < _LONGEST_INTRODUCTION and _INTRODUCED.fullmatch(joined) and _DATED.search(joined):
            following = next((each for each in lines[index + length :] if each.strip()), "")
            return length if following.startswith(">") or _ADDRESS.search(joined) else 0
    return 0


def _is_block(lines: list[str], index: int) -> bool:
    """Outlook's head of the mail that is answered: who, and at least two more fields in the next lines."""
    if not _FROM.fullmatch(lines[index].strip()):
        return False
    following = [each.strip() for each in lines[index + 1 : index + 8] if each.strip()]
    return sum(bool(_FIELD.fullmatch(each)) for each in following) >= 2


def _without_rule(lines: list[str]) -> list[str]:
    """Without the line that is drawn above Outlook's block."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[: end - 1] if end and _RULE.fullmatch(lines[end - 1].strip()) else lines


def _without_quotation(lines: list[str]) -> list[str]:
    """Without quoted lines and what introduces them."""
    kept, index = [], 0
    while index < len(lines):
        length = _introduction(lines, index)
        if not length and not lines[index].startswith(">"):
            kept.append(lines[index])
        index += length or 1
    return kept


def _without_signature(lines: list[str]) -> list[str]:
    """A signature is short and stands at the end, below some words."""
    said, rest = False, sum(bool(each.strip()) for each in lines)
    for index, line in enumerate(lines):
        bare = line.strip()
        rest -= bool(bare)
        if said and rest <= _SIGNATURE_LINES and (_SIGNATURE.fullmatch(bare) or _SENT_FROM.fullmatch(bare)):
            return lines[:index]
        said = said or bool(bare)
    return lines


def _said(lines: list[str]) -> bool:
    return any(each.strip() for each in lines)


def _tidy(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
