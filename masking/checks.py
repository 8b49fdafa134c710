"""Check digits: what tells an identity code, a bank account or a card from any other number of its length."""

from __future__ import annotations

_FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ESTONIAN = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3))
_CARD_BEGINNINGS = "3456"
"""American Express and Diners, Visa, Mastercard, Discover and Maestro; Mastercard's 2221–2720 besides. A time in
milliseconds begins with 1, so that it is never taken for a card."""


def finnish_code(code: str) -> bool:
    """A henkilötunnus such as 131052-308T: the remainder by 31 of date and number is the last sign."""
    digits, last = code[:6] + code[7:10], code[10:].upper()
    return _is_date(int(code[:2]), int(code[2:4])) and _FINNISH[int(digits) % 31] == last


def estonian_code(code: str) -> bool:
    """An isikukood of 11 digits: weighted sums by 11, the second weights if the first give 10."""
    if code[0] not in "12345678" or not _is_date(int(code[5:7]), int(code[3:5])):
        return False
    digits = [int(each) for each in code[:10]]
    for weights in _ESTONIAN:
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest == int(code[10])
    return code[10] == "0"


def iban(account: str) -> bool:
    """An account number without spaces: the remainder by 97 is 1."""
    moved = (account[4:] + account[:4]).upper()
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def card(number: str) -> bool:
    """A card's number of 13 to 19 digits: Luhn's sum ends in 0."""
    if number[0] not in _CARD_BEGINNINGS and not 2221 <= int(number[:4]) <= 2720:
        return False
    doubled = [int(each) * 2 if place % 2 else int(each) for place, each in enumerate(reversed(number))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _is_date(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12
