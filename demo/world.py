"""The demo shop's whole state in memory, with the look-ups that the API needs."""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from demo.catalogue import Rules, read_codes, read_customers, read_products, read_rules
from demo.model import Address, Code, Customer, Order, Parcel, Product, Variant, Waiting
from demo.orders import OrderMaker

DIAL_CODES = {"FI": "358", "EE": "372", "IE": "353", "DE": "49", "SE": "46", "LV": "371", "LT": "370", "PL": "48"}
SHORTEST_PHONE = 7  # digits; fewer would prove too little


@dataclass
class World:
    """What the shop knows. Changed only by `demo.changes`, so that it can be made again from their record."""

    today: date
    rules: Rules
    products: dict[str, Product]
    customers: dict[str, Customer]  # by e-mail in lower case
    orders: dict[str, Order]
    codes: dict[str, Code]
    waiting: list[Waiting] = field(default_factory=list)

    @classmethod
    def made(cls, folder: Path, today: date) -> World:
        """The world as it is before anybody changed anything."""
        rules = read_rules(folder)
        products, customers = read_products(folder, today), read_customers(folder, today)
        orders = OrderMaker(folder, today, products, customers, rules).make()
        return cls(
            today=today,
            rules=rules,
            products={product.id: product for product in products},
            customers={customer.email: customer for customer in customers},
            orders={order.number: order for order in orders},
            codes={code.code: code for code in read_codes(folder, today)},
        )

    def prove(self, number: str, email: str | None, phone: str | None) -> Order | None:
        """The order, if the e-mail or the phone is its customer's.

        A wrong number is compared as well, with nobody's details, so that time tells nothing.
        """
        order = self.orders.get(number)
        customer = order.customer if order else NOBODY
        by_email = email is not None and _same(email.strip().casefold(), customer.email.casefold())
        by_phone = phone is not None and _same_phone(phone, customer)
        return order if order and (by_email or by_phone) else None

    def parcel(self, code: str) -> Parcel | None:
        return next(
            (order.parcel for order in self.orders.values() if order.parcel and order.parcel.code == code), None
        )

    def variant(self, sku: str) -> tuple[Product, Variant] | None:
        product = self.products.get(sku.split("-", 1)[0])
        if product is None:
            return None
        return next(((product, variant) for variant in product.variants if variant.sku == sku), None)

    def search(self, query: str, limit: int) -> list[Product]:
        """Products whose words begin like the query's, names before descriptions; best first."""
        words = _stems(query)
        scored = [(self._score(product, words), product) for product in self.products.values()]
        best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].id))
        return [product for _, product in best[:limit]]

    @staticmethod
    def _score(product: Product, words: list[str]) -> int:
        if not words:
            return 0
        name = _plain(" ".join([*product.name.values(), product.slug, product.id]))
        rest = _plain(" ".join([*product.category.values(), *product.description.values()]))
        # Finnish and Estonian write compounds together ("talvitakki"), so a word may be found inside another.
        return sum(3 if word in name else 1 if word in rest else 0 for word in words)


# Whom a wrong order number is compared with: details that no proof can equal.
NOBODY = Customer("", "", "@", "", "", "", Address("", "", "", "", ""), date.min, False)


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode("utf-8", "replace"), right.encode("utf-8", "replace"))


def _same_phone(given: str, customer: Customer) -> bool:
    """With or without country code, spaces and dashes."""
    digits = re.sub(r"\D", "", given).removeprefix("00")
    own = re.sub(r"\D", "", customer.phone)
    dial = DIAL_CODES.get(customer.country, "")
    # The country code is the phone's own, which need not be that of the address.
    national = next((own.removeprefix(code) for code in (dial, *DIAL_CODES.values()) if own.startswith(code)), own)
    long_enough = len(digits) >= SHORTEST_PHONE
    whole, short = _same(digits, own), _same(digits.removeprefix("0"), national)
    return long_enough and (whole or short)


def _plain(text: str) -> str:
    """Lower case, without dots and accents: customers leave them out."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _stems(query: str) -> list[str]:
    """The beginnings of the query's words, so that an inflected word still fits ("takkia", "kõrvaklappe")."""
    words = re.findall(r"\w+", _plain(query))
    return [word[: max(4, len(word) - 2)] for word in words if len(word) > 2][:12]
