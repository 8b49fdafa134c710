"""An order's card (docs/protocol.md) in words, for channels without a client of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desk.texts import Texts

_DAY = {"fi": "{d}.{m}.{y}", "et": "{d}.{m}.{y}", "en": "{d}/{m}/{y}"}
_STATUSES = frozenset({"processing", "shipped", "late", "pickup", "delivered", "returned", "cancelled"})
_SETTLED = frozenset({"delivered", "returned", "cancelled"})
"""Nobody waits for these any more: the days that were promised say nothing."""


@dataclass(frozen=True, slots=True)
class OrderWords:
    """What a channel shows of an order, in words."""

    title: str
    dates: tuple[str, ...]
    items: tuple[str, ...]
    total: str
    tracking: str

    def lines(self) -> list[str]:
        """All of it as plain lines."""
        return [self.title, *self.dates, *self.items, *filter(None, (self.total, self.tracking))]


def order_words(card: dict[str, Any], words: Texts, locale: str) -> OrderWords:
    """The card in this language; `words` are those of data/channels. What a card lacks is left out."""
    tracking = card.get("tracking") or {}
    code = tracking.get("code")
    status = words.say(f"status_{card['status']}", locale) if card.get("status") in _STATUSES else "–"
    items = [each for each in card.get("items") or () if isinstance(each, dict)]
    return OrderWords(
        title=words.say("card_title", locale, {"number": card.get("number", ""), "status": status}),
        dates=tuple(_dates(card, words, locale)),
        items=tuple(
            words.say("card_item", locale, {"quantity": each.get("quantity", 1), "name": each.get("name", "")})
            for each in items
        ),
        total=_total(card.get("total") or {}, words, locale),
        tracking=words.say("card_tracking", locale, {"carrier": tracking.get("carrier", ""), "code": code})
        if code
        else "",
    )


def day(on: str, locale: str) -> str:
    """A date such as "2026-11-24" as this language writes it; what is no date stays as it is."""
    try:
        when = date.fromisoformat(on)
    except ValueError:
        return on
    return _DAY.get(locale, _DAY["en"]).format(d=when.day, m=when.month, y=when.year)


def money(amount: str, currency: str, locale: str) -> str:
    """An amount such as "129.90" as this language writes it."""
    try:
        figures = f"{Decimal(amount):,.2f}"
    except (InvalidOperation, ValueError):
        return f"{amount} {currency}"
    if locale == "en":
        return f"€{figures}" if currency == "EUR" else f"{currency} {figures}"
    figures = figures.replace(",", "\u00a0").replace(".", ",")
    return f"{figures}\u00a0{'€' if currency == 'EUR' else currency}"


def _dates(card: dict[str, Any], words: Texts, locale: str) -> list[str]:
    shown = ["ordered"]
    if card.get("status") not in _SETTLED:
        shown.append("promised")
        if card.get("expected_on") != card.get("promised_on"):
            shown.append("expected")
    dates = [(name, card.get(f"{name}_on")) for name in shown]
    return [words.say(f"card_{name}", locale, {"day": day(str(on), locale)}) for name, on in dates if on]


def _total(total: dict[str, Any], words: Texts, locale: str) -> str:
    if "amount" not in total:
        return ""
    amount = money(str(total["amount"]), str(total.get("currency", "EUR")), locale)
    return words.say("card_total", locale, {"amount": amount})
