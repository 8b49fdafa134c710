"""Reads `data/shop/`: products, customers, rules and codes, with their days counted from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

from demo.model import Address, Code, Customer, Product, Text, Variant

# The C loader reads the shop's files in a tenth of a second instead of one: it is a third of the start-up.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader)


@dataclass(frozen=True)
class Rules:
    """The shop's own rules (`data/shop/shop.yml`). Times are in days, shares are fractions."""

    delivery_fee: Decimal
    free_delivery_from: Decimal
    return_days: int
    withdrawal_days: int
    send_back_days: int
    refund_days: int
    return_refund_days: int
    inquiry_days: int
    resend_days: int
    voucher_days: int
    compensation_share: Decimal
    compensation_most: Decimal
    vat: dict[str, Decimal]
    our_mistake: frozenset[str]

    def fee(self, goods: Decimal) -> Decimal:
        return Decimal(0) if goods >= self.free_delivery_from else self.delivery_fee

    def vat_of(self, total: Decimal, country: str) -> Decimal:
        """The VAT that a total with VAT holds, in euros."""
        rate = self.vat.get(country, self.vat["other"])
        return (total * rate / (100 + rate)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def read_rules(folder: Path) -> Rules:
    raw = read(folder / "shop.yml")
    days = (
        "return_days",
        "withdrawal_days",
        "send_back_days",
        "refund_days",
        "return_refund_days",
        "inquiry_days",
        "resend_days",
    )
    return Rules(
        delivery_fee=Decimal(raw["delivery_fee"]),
        free_delivery_from=Decimal(raw["free_delivery_from"]),
        voucher_days=raw["voucher_days"],
        compensation_share=Decimal(raw["compensation"]["share"]),
        compensation_most=Decimal(raw["compensation"]["most"]),
        vat={country: Decimal(rate) for country, rate in raw["vat"].items()},
        our_mistake=frozenset(raw["our_mistake"]),
        **{name: raw[name] for name in days},
    )


def read_codes(folder: Path, today: date) -> list[Code]:
    return [
        Code(
            code=raw["code"],
            percent=raw.get("percent"),
            amount=Decimal(raw["amount"]) if "amount" in raw else None,
            minimum=Decimal(raw["minimum"]) if "minimum" in raw else None,
            valid_from=today + timedelta(days=raw["valid"][0]),
            valid_until=today + timedelta(days=raw["valid"][1]),
            used=raw.get("used", False),
        )
        for raw in read(folder / "shop.yml")["codes"]
    ]


def read_products(folder: Path, today: date) -> list[Product]:
    raw = read(folder / "products.yml")
    return [_product(item, raw["colours"], today) for item in raw["products"]]


def _product(raw: dict[str, Any], colours: dict[str, Text], today: date) -> Product:
    return Product(
        id=raw["id"],
        slug=raw["slug"],
        price=Decimal(raw["price"]),
        name=raw["name"],
        description=raw["description"],
        category=raw["category"],
        facts=raw.get("facts", {}),
        variants=_variants(raw, colours, today),
    )


def _variants(raw: dict[str, Any], colours: dict[str, Text], today: date) -> list[Variant]:
    """Every combination of size and colour, in the order of the file."""
    sold_out: dict[str, int | None] = {str(key): days for key, days in raw.get("out_of_stock", {}).items()}
    found = []
    for size in raw.get("sizes", [None]):
        for colour in raw.get("colours", [None]):
            key = "-".join(part for part in (size, colour) if part) or "all"
            days = sold_out.get(key)
            found.append(
                Variant(
                    sku=raw["id"] if key == "all" else f"{raw['id']}-{key}",
                    size=size,
                    colour=colours[colour] if colour else None,
                    stock=0 if key in sold_out else raw["stock"],
                    restock_on=today + timedelta(days=days) if days is not None else None,
                )
            )
    return found


def read_customers(folder: Path, today: date) -> list[Customer]:
    return [_customer(raw, today) for raw in read(folder / "customers.yml")["customers"]]


def _customer(raw: dict[str, Any], today: date) -> Customer:
    fields = ("street", "postal_code", "city", "country")
    return Customer(
        id=raw["id"],
        name=raw["name"],
        email=raw["email"],
        phone=raw["phone"],
        language=raw["language"],
        country=raw["country"],
        address=Address(name=raw["name"], **{name: raw[name] for name in fields}),
        since=today - timedelta(days=200 + 37 * int(raw["id"][1:])),
        newsletter=raw.get("newsletter", False),
    )
