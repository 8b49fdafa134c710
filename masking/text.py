"""`mask`: text → the same text, in which a word in brackets stands for whatever tells who somebody is."""

from __future__ import annotations

import re
from collections.abc import Callable

from masking import checks
from masking.known import EVERYBODY, Names
from masking.places import ADDRESS

_EMAIL = re.compile(r"[^\s@<>\"'(),;:=\[\]{}|/\\]{1,64}(?:@|%40)(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}", re.IGNORECASE)
_IBAN = re.compile(r"(?<![\w])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w)")
_FINNISH = re.compile(r"(?<!\w)\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?!\w)", re.IGNORECASE)
_ESTONIAN = re.compile(r"(?<![\w.])[1-8]\d{10}(?!\w)")
_PHONE = re.compile(
    r"(?<![\w:./+-])(?<!\d )(?:"
    r"(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){6,14}"  # with the country
    r"|\(?0[1-9]\d{0,3}\)?(?:[ -]?\d){4,9}"  # Finnish, from home
    r"|[3-8]\d{2,3}[ -]?\d{4}"  # Estonian, from home
    r")(?!\w|[ -]\d)"  # a piece of a longer number is none
)


def mask(text: str, names: Names | None = None) -> str:
    """The text without e-mail addresses, phone numbers, Finnish and Estonian identity codes, IBANs, card numbers,
    postal addresses and names. Names are known, not guessed: those in `names`, or those that this program has met
    lately (`masking.remember`). Numbers with check digits are masked only where those are right, so that an order's
    number stays."""
    text = _EMAIL.sub("[email]", text)
    text = _checked(_IBAN, "[iban]", _longest_iban)(text)
    text = _checked(_CARD, "[card]", lambda found: found if checks.card(_bare(found)) else "")(text)
    text = _checked(_FINNISH, "[identity code]", lambda found: found if checks.finnish_code(found) else "")(text)
    text = _checked(_ESTONIAN, "[identity code]", lambda found: found if checks.estonian_code(found) else "")(text)
    text = _PHONE.sub("[phone]", text)
    text = ADDRESS.sub("[address]", text)
    return (EVERYBODY if names is None else names).hide(text)


def _checked(pattern: re.Pattern[str], sign: str, real: Callable[[str], str]) -> Callable[[str], str]:
    """`real`: the beginning of what was found that passes its check; empty if none does."""

    def replace(found: re.Match[str]) -> str:
        right = real(found[0])
        return sign + found[0][len(right) :] if right else found[0]

    return lambda text: pattern.sub(replace, text)


def _longest_iban(found: str) -> str:
    """An account's number written with spaces runs on into the words after it: try shorter ones, too."""
    for end in range(len(found), 14, -1):
        beginning = found[:end]
        if beginning[-1].isalnum() and len(_bare(beginning)) >= 15 and checks.iban(_bare(beginning)):
            return beginning
    return ""


def _bare(number: str) -> str:
    return re.sub(r"[ -]", "", number)
