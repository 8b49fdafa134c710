"""What the bot may promise and grant by itself (data/policy.yml), checked when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from actions import settings
from actions.authority import Limits
from actions.identity import Rules
from actions.yaml_text import load_yaml

IN_WITHDRAWAL, ALWAYS = "withdrawal", "always"


class PolicyError(ValueError):
    """data/policy.yml is wrong; the message says where. The shop owner's mistake, not a bug."""


@dataclass(frozen=True)
class Step:
    """A row of the table: from `days_late` days on, `percent` of the total, within `least` and `most` euros."""

    days_late: int
    percent: Decimal
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class Liability:
    """For defects: `years` from delivery, None for as long as such a product can be expected to last."""

    years: int | None
    presumed_months: int


@dataclass(frozen=True)
class Policy:
    """The policy. `late` is sorted from the longest delay to the shortest; `facts` are values for texts."""

    late: tuple[Step, ...]
    granted_by_bot: Decimal
    goodwill: Decimal
    price_cut_percent: Decimal
    price_cut_most: Decimal
    tries: int
    tries_an_hour: int
    identity: Rules
    limits: Limits
    return_days: int
    withdrawal_days: int
    refund_days: int
    notice_months: int
    fee_back: str
    withdrawal_url: str
    liabilities: dict[str, Liability]
    privacy_months: int
    facts: dict[str, str]

    def price_cut(self, price: Decimal) -> Decimal:
        """What is paid back of a faulty product that is kept, in euros."""
        return min(_cents(price * self.price_cut_percent / 100), self.price_cut_most)

    def pays_fee_back(self, *, in_time: bool, our_mistake: bool) -> bool:
        """Whether the delivery fee comes back with the whole order; `in_time`: for withdrawal (actions/law.py).

        By law it does in time for withdrawal (directive 2011/83/EU, article 13), and where we have to make good.
        """
        return our_mistake or self.fee_back == ALWAYS or in_time

    def withdrawal_link(self, number: str) -> str:
        """The shop's withdrawal function, for this order."""
        return self.withdrawal_url.replace("{number}", quote(number))

    def liability(self, country: str) -> Liability:
        """By the customer's country, two capital letters."""
        return self.liabilities.get(country, self.liabilities["other"])

    def late_compensation(self, days_late: int, total: Decimal) -> Decimal | None:
        """The voucher for a late order, in euros; None where there is none, or where a person has to grant it."""
        step = next((step for step in self.late if days_late >= step.days_late), None)
        if step is None:
            return None
        amount = min(max(_cents(total * step.percent / 100), step.least), step.most)
        return amount if 0 < amount <= self.granted_by_bot else None


def read(path: Path) -> Policy:
    """Read the file. Raises PolicyError."""
    try:
        data = load_yaml(path.read_text("utf-8"))
        return _policy(data)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise PolicyError(f"{path}: {type(error).__name__}: {error}. See the comments in that file.") from error


@lru_cache(maxsize=1)
def current() -> Policy:
    """The policy of this process."""
    return read(settings.load().policy)


def _policy(data: dict[str, Any]) -> Policy:
    given, who = data["compensation"], data["identity"]
    rows = [_step(row) for row in given["late_delivery"]]
    return Policy(
        late=tuple(sorted(rows, key=lambda step: -step.days_late)),
        granted_by_bot=Decimal(given["granted_by_bot"]),
        goodwill=Decimal(given["goodwill"]),
        price_cut_percent=Decimal(given["price_cut"]["percent"]),
        price_cut_most=Decimal(given["price_cut"]["most"]),
        tries=int(who["tries"]),
        tries_an_hour=int(who["tries_an_hour"]),
        identity=Rules(
            minutes=int(who["code_minutes"]),
            tries=int(who["code_tries"]),
            trusted_minutes=int(who["trusted_minutes"]),
            an_hour=int(who["codes_an_hour"]),
            a_day=int(who["codes_a_day"]),
        ),
        limits=_limits(data),
        return_days=int(data["returns"]["shop_days"]),
        withdrawal_days=int(data["returns"]["withdrawal_days"]),
        refund_days=int(data["returns"]["refund_days"]),
        notice_months=int(data["warranty"]["notice_months"]),
        fee_back=_one_of(data["returns"]["delivery_fee_back"], (IN_WITHDRAWAL, ALWAYS)),
        withdrawal_url=str(data["returns"]["withdrawal_url"]),
        liabilities={country: Liability(**row) for country, row in data["liability"].items()},
        privacy_months=int(data["privacy"]["answer_months"]),
        facts=_facts(data),
    )


def _limits(data: dict[str, Any]) -> Limits:
    caps = data["caps"]
    return Limits(
        alone=Decimal(data["money"]["alone"]),
        most=Decimal(data["money"]["most"]),
        goods=Decimal(data["goods"]["sent"]),
        customer=Decimal(caps["customer_90_days"]),
        hour=Decimal(caps["all_hour"]),
        day=Decimal(caps["all_day"]),
    )


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} must be one of {', '.join(known)}")
    return value


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _step(row: dict[str, Any]) -> Step:
    return Step(int(row["days_late"]), Decimal(row["percent"]), Decimal(row["least"]), Decimal(row["most"]))


def _facts(data: dict[str, Any]) -> dict[str, str]:
    """`{"returns_shop_days": "30", "contact_phone": "…"}`: every single value of the plain sections."""
    return {
        f"{part}_{name}": str(value)
        for part in ("returns", "warranty", "contact")
        for name, value in data[part].items()
    }
