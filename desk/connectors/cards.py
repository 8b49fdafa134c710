"""Cards as plain lines, for channels that show text only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desk.texts import Texts

_OVER = frozenset({"delivered", "returned", "cancelled"})
"""Of such an order nobody asks any more when it was promised."""


def lines(card: Mapping[str, Any], locale: str, words: Texts) -> list[str]:
    """An order's facts, most important first; what is missing in the card is left out. Unknown cards have no lines."""
    if card.get("type") != "order":
        return []
    status = str(card.get("status"))
    shown = [words.say("card_title", locale, {"number": card.get("number"), "status": _status(status, locale, words)})]
    days = [("card_ordered", card.get("ordered_on"))]
    if status not in _OVER:
        days.append(("card_promised", card.get("promised_on")))
        if card.get("expected_on") != card.get("promised_on"):
            days.append(("card_expected", card.get("expected_on")))
    shown += [words.say(word, locale, {"day": _day(day, locale)}) for word, day in days if day]
    if tracking := card.get("tracking"):
        shown.append(words.say("card_tracking", locale, tracking))
    shown += [words.say("card_item", locale, item) for item in card.get("items") or ()]
    if total := card.get("total"):
        shown.append(words.say("card_total", locale, {"amount": _money(total, locale)}))
    return shown


def _status(status: str, locale: str, words: Texts) -> str:
    try:
        return words.say(f"status_{status}", locale)
    except KeyError:  # a newer shop knows more of them than we do
        return status


def _day(day: str, locale: str) -> str:
    when = date.fromisoformat(day)
    return f"{when.day}/{when.month}/{when.year}" if locale == "en" else f"{when.day}.{when.month}.{when.year}"


def _money(total: Mapping[str, Any], locale: str) -> str:
    amount, currency = str(total["amount"]), "€" if total["currency"] == "EUR" else str(total["currency"])
    return f"{currency}{amount}" if locale == "en" else f"{amount.replace('.', ',')} {currency}"
