"""The simulated customers of `data/practice/`: who they are, what they have said before, what they want to hear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from desk.conversation.decisions.proposals import KINDS
from desk.errors import SetupError
from desk.texts import LOCALES
from desk.yaml_text import load_yaml

LEVELS = (1, 2, 3)
STATES = ("processing", "shipped", "late", "delivered", "returned")
_CLOCK_OR_DATE = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b\d{1,2}\.\s?\d{1,2}\.|\b(klo|kell|at|by)\s+\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeOrder:
    """An order that exists in the practice room only. `ordered` and `promised`: days from today."""

    number: str
    item: str
    price: Decimal
    ordered: int
    promised: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the customer says after an answer that has everything in it, and (once) after one that has not."""

    wants: tuple[str, ...]
    says: str
    presses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One simulated customer. `deed`: what a good agent does in the shop, if anything."""

    id: str
    locale: str
    title: str
    problem: str
    level: int
    reasons: tuple[str, ...]
    urgent: bool
    name: str
    email: str
    order: PracticeOrder | None
    deed: str | None
    before: tuple[tuple[str, str], ...]
    turns: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Scripts:
    """All of them, by language and id; and the beginnings of words by which a want is found."""

    by_locale: Mapping[str, Mapping[str, Script]]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]

    def get(self, locale: str, script: str | None) -> Script | None:
        """None: there is none of this name (any more)."""
        return self.by_locale.get(locale, {}).get(script or "")

    def has(self, locale: str, want: str, text: str) -> bool:
        """Whether an agent's words have in them what the customer wants: a plain search for beginnings of words."""
        folded = f" {' '.join(text.casefold().split())} "
        if want == "time" and _CLOCK_OR_DATE.search(folded):
            return True
        return any(re.search(rf"(?<!\w){re.escape(each)}", folded) for each in self.words[locale][want])


def read_scripts(folder: Path) -> Scripts:
    """Raises SetupError naming the file and what it lacks."""
    words = {
        locale: {want: tuple(str(each).casefold() for each in found) for want, found in wants.items()}
        for locale, wants in _load(folder / "wants.yml").items()
    }
    by_locale = {}
    for locale in LOCALES:
        path = folder / f"{locale}.yml"
        by_locale[locale] = {str(id): _script(path, locale, str(id), row, words) for id, row in _load(path).items()}
    return Scripts(by_locale, words)


def _load(path: Path) -> dict[str, Any]:
    try:
        found = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise SetupError(f"{path} must name at least one entry.")
    return found


def _script(path: Path, locale: str, id: str, row: Any, words: Mapping[str, Mapping[str, Any]]) -> Script:
    try:
        script = Script(
            id=id,
            locale=locale,
            title=str(row["title"]),
            problem=str(row["problem"]),
            level=row["level"],
            reasons=tuple(row["reasons"]),
            urgent=bool(row.get("urgent", False)),
            name=str(row["customer"]["name"]),
            email=str(row["customer"]["email"]),
            order=_order(row["order"]) if row.get("order") else None,
            deed=row.get("deed"),
            before=tuple(next(iter(each.items())) for each in row["before"]),
            turns=tuple(
                Line(wants=tuple(each["wants"]), says=each["says"], presses=each.get("presses", ""))
                for each in row["turns"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise SetupError(f"{path}: {id} lacks {error}; docs/practice.md shows the form.") from error
    wrong = _wrong(script, words.get(locale, {}))
    if wrong:
        raise SetupError(f"{path}: {id} {wrong}; docs/practice.md shows the form.")
    return script


def _order(row: Mapping[str, Any]) -> PracticeOrder:
    return PracticeOrder(
        number=str(row["number"]),
        item=str(row["item"]),
        price=Decimal(str(row["price"])),
        ordered=int(row["ordered"]),
        promised=int(row["promised"]),
        state=str(row["state"]),
    )


def _wrong(script: Script, words: Mapping[str, Any]) -> str | None:
    """What cannot be played."""
    unknown = {want for turn in script.turns for want in turn.wants} - words.keys()
    if unknown:
        return f"wants {', '.join(sorted(unknown))}, which wants.yml does not know in this language"
    if script.level not in LEVELS:
        return f"has a level other than {', '.join(map(str, LEVELS))}"
    if not script.turns or any(turn.wants and not turn.presses for turn in script.turns):
        return "needs turns, and `presses` in each that wants something"
    if {who for who, _ in script.before} != {"customer", "bot"}:
        return "needs `before` with what customer and bot have said"
    if script.order and script.order.state not in STATES:
        return f"has an order whose state is none of {', '.join(STATES)}"
    if script.deed and (script.deed not in KINDS or script.order is None):
        return "has a deed that the shop does not know, or no order for it"
    return None
