"""Reads the fields of a request's body; whatever is wrong becomes a 400 that names the field."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from demo.errors import bad_request

Body = Mapping[str, Any]
LONGEST = 200  # characters of a short text
LONGEST_TEXT = 2000  # of one that a customer wrote
MOST = 99  # pieces of one product


def text(body: Body, name: str, *, longest: int = LONGEST) -> str:
    """A text that must be there and hold something to read."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > longest or not value.isprintable():
        raise bad_request(f"`{name}` must be a text of 1 to {longest} characters on one line.")
    return value.strip()


def free_text(body: Body, name: str) -> str:
    """A text that may be missing, of any characters."""
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise bad_request(f"`{name}` must be a text of at most {LONGEST_TEXT} characters.")
    return value.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be sent back


def flag(body: Body, name: str, default: bool | None = None) -> bool:
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise bad_request(f"`{name}` must be true or false.")
    return value


def texts(body: Body, name: str) -> list[str]:
    """A list of texts; missing is empty."""
    value = body.get(name, [])
    if not isinstance(value, list) or len(value) > MOST or not all(isinstance(item, str) for item in value):
        raise bad_request(f"`{name}` must be a list of texts.")
    return list(dict.fromkeys(value))


def money(body: Body, name: str) -> Decimal:
    """`{"amount": "5.00", "currency": "EUR"}`, above zero, in whole cents."""
    raw = body.get(name)
    amount = raw.get("amount") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or raw.get("currency") != "EUR" or not isinstance(amount, str):
        raise bad_request(f'`{name}` must be like {{"amount": "5.00", "currency": "EUR"}}.')
    try:
        value = Decimal(amount)
    except InvalidOperation:
        raise bad_request(f"`{name}.amount` is not a number.") from None
    if not value.is_finite() or not 0 < value < 100_000 or value != value.quantize(Decimal("0.01")):
        raise bad_request(f"`{name}.amount` must be above zero, in whole cents.")
    return value


def quantities(body: Body) -> dict[str, int]:
    raw = body.get("quantities")
    if not isinstance(raw, dict) or not raw or len(raw) > MOST:
        raise bad_request('`quantities` must be like {"K101-M-navy": 1}.')
    for count in raw.values():
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST:
            raise bad_request(f"Quantities must be whole numbers from 0 to {MOST}.")
    return dict(raw)
