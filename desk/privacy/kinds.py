"""How personal something is that we keep, and what becomes of it when its customer is erased."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The class; retention is set by class (retention.py)."""

    CONTENT = "content"
    """What people wrote and sent, and what stands in it."""
    IDENTITY = "identity"
    """Who somebody is, where they are reached, by what they are known."""
    ORDER = "order"
    """What points at an order, or at something done in the shop for one customer."""
    TECHNICAL = "technical"
    """What happened and when; numbers, codes and our own ids, which tell nothing once the rest is gone."""


PERSONAL = frozenset({Kind.CONTENT, Kind.IDENTITY, Kind.ORDER})


class Erasure(StrEnum):
    """What becomes of it when the conversation is erased."""

    DELETED = "deleted"
    """The row goes."""
    EMPTIED = "emptied"
    """The row stays, as the record that something was; this value in it goes."""
    KEPT = "kept"
    """It tells nothing of the customer, or the law wants it kept; `why` of its table says so."""
    STAFF = "staff"
    """It is about one of the shop's people, for the record of who did what; it stays."""
    EXPIRES = "expires"
    """It goes by itself after a short time."""


@dataclass(frozen=True, slots=True)
class Datum:
    """One column or field."""

    kind: Kind
    erasure: Erasure


@dataclass(frozen=True, slots=True)
class Place:
    """A table: what it is for, and its columns."""

    why: str
    columns: dict[str, Datum]
    goes_with: frozenset[Kind] = frozenset()
    """The rows of a conversation are deleted with the first of these classes that goes; empty: they stay."""


def data(erasure: Erasure, **names_by_kind: str) -> dict[str, Datum]:
    """`data(DELETED, content="text note")`: names of one class between spaces."""
    return {name: Datum(Kind(kind), erasure) for kind, names in names_by_kind.items() for name in names.split()}
