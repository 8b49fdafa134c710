"""What the bot may promise and grant by itself (data/policy.yml), checked when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions import settings


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
class Policy:
    """The policy. `late` is sorted from the longest delay to the shortest; `facts` are values for texts."""

    late: tuple[Step, ...]
    granted_by_bot: Decimal
    tries: int
    facts: dict[str, str]

    def late_compensation(self, days_late: int, total: Decimal) -> Decimal | None:
        """The voucher for a late order, in euros; None where there is none, or where a person has to grant it."""
        step = next((step for step in self.late if days_late >= step.days_late), None)
        if step is None:
            return None
        share = (total * step.percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        amount = min(max(share, step.least), step.most)
        return amount if amount <= self.granted_by_bot else None


def read(path: Path) -> Policy:
    """Read the file. Raises PolicyError."""
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        rows = [_step(row) for row in data["compensation"]["late_delivery"]]
        return Policy(
            late=tuple(sorted(rows, key=lambda step: -step.days_late)),
            granted_by_bot=Decimal(data["compensation"]["granted_by_bot"]),
            tries=int(data["identity"]["tries"]),
            facts=_facts(data),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise PolicyError(f"{path}: {type(error).__name__}: {error}. See the comments in that file.") from error


@lru_cache(maxsize=1)
def current() -> Policy:
    """The policy of this process."""
    return read(settings.load().policy)


def _step(row: dict[str, Any]) -> Step:
    return Step(int(row["days_late"]), Decimal(row["percent"]), Decimal(row["least"]), Decimal(row["most"]))


def _facts(data: dict[str, Any]) -> dict[str, str]:
    """`{"returns_shop_days": "30", "contact_phone": "…"}`: every single value of the plain sections."""
    return {
        f"{part}_{name}": str(value)
        for part in ("returns", "warranty", "contact")
        for name, value in data[part].items()
    }
