"""Products, their stock and discount codes of a WooCommerce shop."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.shop.answers import CodeState, DiscountCode
from actions.shop.model import LocalText, Money, Product, StockLevel, Variant

from .api import WooApi
from .reading import COLOURS, SIZES, Reader, day

Json = Mapping[str, Any]
MOST_VARIANTS = 100
_SHORTEST = 4  # letters of a word that is searched for alone
_STEM = 2 / 3  # of a word: WooCommerce finds pieces of words, so an inflected word is found by its beginning
_TAGS = re.compile(r"<[^>]*>")


class Goods:
    """What can be bought."""

    def __init__(self, api: WooApi, reader: Reader, currency: str = "EUR") -> None:
        self._api, self._reader, self._currency = api, reader, currency

    def find(self, query: str, limit: int) -> tuple[Product, ...]:
        """By the whole query, else by its longest words, one after the other."""
        for words in _searches(query):
            found = self._api.many("/products", search=words, status="publish", per_page=limit)
            if found:
                return tuple(self._product(raw) for raw in found)
        return ()

    def stock(self, query: str, size: str | None, colour: str | None) -> tuple[StockLevel, ...]:
        """Each variant that fits, of the products that fit."""
        return tuple(
            StockLevel(product, variant)
            for product in self.find(query, 5)
            for variant in product.variants
            if _fits(variant.size, size) and _fits(_said(variant.colour), colour)
        )

    def discount_code(self, code: str, today: date) -> DiscountCode | None:
        """None for a code that the shop does not have."""
        raw = next(iter(self._api.many("/coupons", code=code.casefold(), per_page=1)), None)
        if raw is None:
            return None
        until = day(raw["date_expires_gmt"]) if raw["date_expires_gmt"] else None
        limit, amount, minimum = raw["usage_limit"], Decimal(raw["amount"]), Decimal(raw["minimum_amount"])
        used = bool(limit) and raw["usage_count"] >= limit
        percent = raw["discount_type"] == "percent"
        # A code expires at the beginning of its day.
        expired = until is not None and today >= until
        return DiscountCode(
            code=raw["code"].upper(),
            state=CodeState.EXPIRED if expired else CodeState.USED if used else CodeState.VALID,
            percent=int(amount) if percent else None,
            amount=None if percent else Money(amount, self._currency),
            minimum=Money(minimum, self._currency) if minimum else None,
            valid_until=until,
        )

    def _product(self, raw: Json) -> Product:
        categories = raw["categories"]
        return Product(
            id=str(raw["id"]),
            slug=raw["slug"],
            name=self._reader.text(_plain(raw["name"])),
            description=self._reader.text(_plain(raw["short_description"] or raw["description"])),
            category=self._reader.text(_plain(categories[0]["name"]) if categories else ""),
            price=Money(Decimal(raw["price"] or "0"), self._currency),
            variants=tuple(self._variants(raw)),
            facts={
                one["name"].casefold(): self._reader.text(", ".join(one["options"]))
                for one in raw["attributes"]
                if one["visible"]
            },
        )

    def _variants(self, raw: Json) -> Iterator[Variant]:
        if raw["type"] != "variable":
            yield self._variant(raw, {})
            return
        for one in self._api.many(f"/products/{raw['id']}/variations", per_page=MOST_VARIANTS):
            yield self._variant(one, {each["name"].casefold(): each["option"] for each in one["attributes"]})

    def _variant(self, raw: Json, options: Mapping[str, str]) -> Variant:
        size = next((options[name] for name in options if name in SIZES), None)
        colour = next((options[name] for name in options if name in COLOURS), None)
        return Variant(
            sku=raw["sku"] or f"#{raw['id']}",
            size=size,
            colour=self._reader.text(colour) if colour else None,
            stock=_how_many(raw),
        )


def _how_many(raw: Json) -> int:
    """A shop that does not count says only that there is some: that is one, the least that is true."""
    if raw["stock_status"] != "instock":
        return 0
    return max(0, int(raw["stock_quantity"])) if raw["stock_quantity"] is not None else 1


def _searches(query: str) -> Iterator[str]:
    query = " ".join(query.split())[:200]
    if not query:
        return
    yield query
    words = sorted((word for word in re.findall(r"\w+", query) if len(word) >= _SHORTEST), key=len, reverse=True)
    for word in words[:2]:
        yield word[: max(_SHORTEST, int(len(word) * _STEM))]


def _plain(text: str) -> str:
    return html.unescape(_TAGS.sub(" ", text)).strip()


def _said(text: LocalText | None) -> str | None:
    return next(iter(text.by_language.values())) if text else None


def _fits(has: str | None, wanted: str | None) -> bool:
    """Compared by the beginning: people inflect."""
    if wanted is None:
        return True
    wanted = wanted.strip().casefold()
    return has is not None and (has.casefold() == wanted or (len(wanted) > 3 and wanted[:4] in has.casefold()))
