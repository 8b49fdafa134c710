"""Makes the demo's orders from the recipes of `data/shop/orders.yml`: the same ones every time, dated from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from demo.catalogue import Rules, read
from demo.model import Customer, Event, Line, Order, Parcel, Product, Refund
from demo.settings import ZONE

NEWEST_OLD, OLDEST_NEW = 100230, 100238  # the made orders are numbered around the named ones
PAYMENTS = ("card", "bank", "invoice", "mobilepay")


@dataclass(frozen=True)
class Days:
    """An order's days, counted from today; None for what has not happened or is not known."""

    ordered: int
    promised: int
    expected: int | None = None
    shipped: int | None = None
    delivered: int | None = None
    last: int | None = None  # of the newest event


class OrderMaker:
    """Turns named orders and recipes into orders."""

    def __init__(self, folder: Path, today: date, products: list[Product], customers: list[Customer], rules: Rules):
        self._raw = read(folder / "orders.yml")
        self._carriers: dict[str, Any] = read(folder / "carriers.yml")
        self._today, self._products, self._customers, self._rules = today, products, customers, rules

    def make(self) -> list[Order]:
        return [self._named(raw) for raw in self._raw["named"]] + self._many()

    def _named(self, raw: dict[str, Any]) -> Order:
        days = Days(raw["ordered"], raw["promised"], raw.get("expected"), raw.get("shipped"), raw.get("delivered"))
        state = raw.get("state") or ("delivered" if days.delivered else "shipped" if days.shipped else "processing")
        customer = next(one for one in self._customers if one.id == raw["customer"])
        order = self._order(raw["number"], customer, days, state, raw["carrier"], raw["method"], raw["payment"])
        for item in raw["items"]:
            self._add_line(order, _find(self._products, item), item["quantity"])
        self._settle(order, raw.get("refunds", []))
        if "events" in raw:
            steps = [(day, time.fromisoformat(clock), step, place) for day, clock, step, place in raw["events"]]
            order.parcel = self._parcel(order, steps)
        return order

    def _many(self) -> list[Order]:
        """Numbered by the day of ordering: older than the named ones below, the others above."""
        drafts = []
        for recipe in self._raw["recipes"]:
            for index in range(recipe["count"]):
                # Seeded by name, so that a recipe changed or added leaves the orders of all others as they are.
                random = Random(f"{recipe['kind']}-{index}")
                drafts.append((_draw(recipe, random), random, recipe))
        drafts.sort(key=lambda draft: draft[0].ordered)
        old = [draft for draft in drafts if draft[0].ordered < -10]
        first = NEWEST_OLD - len(old) + 1
        numbers = [*range(first, NEWEST_OLD + 1), *range(OLDEST_NEW, OLDEST_NEW + len(drafts) - len(old))]
        return [self._made(str(number), *draft) for number, draft in zip(numbers, drafts, strict=True)]

    def _made(self, number: str, days: Days, random: Random, recipe: dict[str, Any]) -> Order:
        customer, carrier, method = self._who_and_how(random, recipe["methods"])
        order = self._order(number, customer, days, recipe["state"], carrier, method, random.choice(PAYMENTS))
        for product in random.sample(self._products, random.choice((1, 1, 1, 2, 2, 3))):
            self._add_line(order, (product, random.randrange(len(product.variants))), random.choice((1, 1, 1, 2)))
        refund = recipe.get("refund")
        if refund:
            self._settle(order, [_drawn_refund(refund, random, days)])
        else:
            self._settle(order, [])
        if days.shipped is not None:
            order.parcel = self._parcel(order, self._journey(order, days, recipe["journey"], random))
        return order

    def _who_and_how(self, random: Random, methods: list[str]) -> tuple[Customer, str, str]:
        """A customer with a carrier that serves their country in one of these ways."""
        while True:
            customer = random.choice(self._customers)
            ways = [
                (name, method)
                for name, carrier in self._carriers.items()
                for method in carrier["serves"].get(customer.country, [])
                if method in methods
            ]
            if ways:
                return customer, *random.choice(ways)

    def _order(
        self, number: str, customer: Customer, days: Days, state: Any, carrier: str, method: str, payment: str
    ) -> Order:
        return Order(
            number=number,
            customer=customer,
            address=customer.address,
            lines=[],
            fee=Decimal(0),
            state=state,
            ordered_on=self._day(days.ordered),
            promised_on=self._day(days.promised),
            expected_on=self._day(days.expected) if days.expected is not None else None,
            shipped_on=self._day(days.shipped) if days.shipped is not None else None,
            delivered_on=self._day(days.delivered) if days.delivered is not None else None,
            carrier=carrier,
            method=method,
            payment=payment,
            paid=Decimal(0),
        )

    def _add_line(self, order: Order, found: tuple[Product, int], quantity: int) -> None:
        product, variant = found
        line_id = f"{order.number}-{len(order.lines) + 1}"
        order.lines.append(Line(line_id, product, product.variants[variant], quantity, product.price))

    def _settle(self, order: Order, refunds: list[dict[str, Any]]) -> None:
        """Works out the fee and the payment; an invoice is paid after delivery, so it is open until then."""
        order.fee = self._rules.fee(sum((line.total for line in order.lines), Decimal(0)))
        open_invoice = order.payment == "invoice" and order.state in ("processing", "shipped")
        order.paid = Decimal(0) if open_invoice else order.total
        for raw in refunds:
            order.refunds.append(
                Refund(
                    reference=f"KRF-{order.number}",
                    amount=order.total,
                    state=raw["state"],
                    requested_on=self._day(raw["requested"]),
                    expected_on=self._day(raw["expected"]),
                    method=order.payment,
                    reason=raw["reason"],
                )
            )

    def _journey(self, order: Order, days: Days, steps: list[str], random: Random) -> list[tuple[int, time, str, str]]:
        """The steps of a parcel, spread evenly between shipping and its newest event; days and hours only rise."""
        start = days.shipped or 0
        end = max(start, days.last if days.last is not None else days.delivered or start)
        hubs = self._carriers[order.carrier]["hubs"]
        hub = random.choice(hubs)
        journey = []
        for index, step in enumerate(steps):
            day = start + (end - start) * index // max(1, len(steps) - 1)
            minutes = 6 * 60 + index * 130 + random.randrange(100)
            place = {"accepted": hubs[0], "sorting": hub, "in_transit": hub, "delayed": hub, "lost": hub}.get(step)
            journey.append((day, time(minutes // 60, minutes % 60), step, place or order.address.city))
        return journey

    def _parcel(self, order: Order, steps: list[tuple[int, time, str, str]]) -> Parcel:
        carrier = self._carriers[order.carrier]
        code = carrier["code"].format(int(order.number) * 7919 % 10**9)
        events = [
            Event(
                at=int(datetime.combine(self._day(day), clock, ZONE).timestamp() * 1000),
                place=place,
                code=carrier["codes"][step],
            )
            for day, clock, step, place in steps
        ]
        point = carrier["point"].format(order.address.city) if order.method != "home" else None
        return Parcel(order.carrier, code, carrier["url"].format(code), point, order.expected_on, events)

    def _day(self, offset: int) -> date:
        return self._today + timedelta(days=offset)


def _find(products: list[Product], item: dict[str, Any]) -> tuple[Product, int]:
    """The product and variant of a named order's line; a wrong line is a mistake in our file, so it may fail loudly."""
    product = next(one for one in products if one.id == item["product"])
    sku = "-".join(part for part in (product.id, item.get("size"), item.get("colour")) if part)
    return product, next(index for index, variant in enumerate(product.variants) if variant.sku == sku)


def _draw(recipe: dict[str, Any], random: Random) -> Days:
    def drawn(name: str, anchor: int = 0) -> int | None:
        return anchor + random.randint(*recipe[name]) if name in recipe else None

    promised = drawn("promised") or 0
    ordered = min(drawn("ordered", promised) or 0, -1 if "shipped" not in recipe else -2)
    shipped = drawn("shipped", ordered)
    arrived = drawn("arrived", promised)
    return Days(
        ordered=ordered,
        promised=promised,
        expected=drawn("expected"),
        shipped=None if shipped is None else min(shipped, -1),
        delivered=None if arrived is None else min(arrived, -1),
        last=drawn("last"),
    )


def _drawn_refund(raw: dict[str, Any], random: Random, days: Days) -> dict[str, Any]:
    """Money never moves before the order, nor after today."""
    requested = min(max(random.randint(*raw["requested"]), days.ordered), 0)
    reason = "cancelled" if days.shipped is None else "return"
    state = random.choice(raw["state"])
    expected = random.randint(*raw["expected"])
    return {"state": state, "requested": requested, "expected": expected, "reason": reason}
