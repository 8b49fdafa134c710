"""Made-up personal data, forty pieces for each way in, to be looked for where none of it may stand."""

from __future__ import annotations

_FINNISH_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
STREETS = ("Kuikkatie", "Haukikatu", "Pajupolku", "Sepa tänav", "Tartu mnt")


def markers(way: str, number: int) -> list[tuple[str, str]]:
    """Forty messages with a marker each: `(message, marker)`. `way` and `number` (0 to 9) keep the ways apart."""
    found: list[tuple[str, str]] = []
    for n in range(5):
        at = 10 * number + n
        name = f"Marketta{_letters(at)}"
        for text, marker in (
            ("Osoitteeni on {}", f"merkki.{way}{n}@example.fi"),
            ("Soita numeroon {}", f"+35840{7_000_000 + at}"),
            ("Henkilötunnukseni on {}", _finnish(at)),
            ("Minu isikukood on {}", _estonian(at)),
            ("Tilinumero {} kiitos", _iban(at)),
            ("Maksoin kortilla {}", _card(at)),
            ("Lähettäkää osoitteeseen {}", f"{STREETS[n]} {100 + at}"),
            ("Nimeni on {}", f"{name} Merkkinen"),
        ):
            found.append((text.format(marker), name if name in marker else marker))
    return found


def _letters(at: int) -> str:
    return chr(97 + at // 26) + chr(97 + at % 26)


def _finnish(at: int) -> str:
    born, number = "131052", f"{300 + at:03}"
    return f"{born}-{number}{_FINNISH_SIGNS[int(born + number) % 31]}"


def _estonian(at: int) -> str:
    """The first serial number from here on whose check digit the first weights give."""
    for serial in range(100 + 5 * at, 999):
        digits = f"4760503{serial:03}"
        rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
        if rest < 10:
            return f"{digits}{rest}"
    raise AssertionError("there is always one")


def _iban(at: int) -> str:
    account = f"1234560000{at:04}"
    rest = 98 - int(f"{account}151800") % 97  # FI00 at the end, letters as numbers
    return f"FI{rest:02}{account}"


def _card(at: int) -> str:
    start = f"41111111111{at:04}"
    doubled = [int(each) * (2 if place % 2 == 0 else 1) for place, each in enumerate(reversed(start))]
    total = sum(each - 9 if each > 9 else each for each in doubled)
    return f"{start}{-total % 10}"
