"""What an event is, and how it is taken apart for the store.

A field made by `personal()` holds what people wrote or who they are. It is stored beside the event in a row of its own,
so that it can be erased while the log stays whole; an erased field reads as its type's empty value.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from typing import Any, ClassVar

type Json = dict[str, Any]

EVENT_TYPES: dict[str, type[Event]] = {}


def personal(*, default: Any = MISSING, empty: Any = "") -> Any:
    """A field with personal content; `empty` is what it reads as after erasure."""
    metadata = {"personal": True, "empty": empty}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events."""

    type: ClassVar[str] = "Event"

    def __init_subclass__(cls) -> None:
        # No super(): slots=True makes each class anew, and zero-argument super would look at the discarded one.
        cls.type = cls.__name__
        EVENT_TYPES[cls.__name__] = cls


@cache
def _parts(type_name: str) -> tuple[tuple[str, bool, Any], ...]:
    """Name, whether it is personal, what it reads as when erased: looked up once, because whole logs are read."""

    def part(each: Field[Any]) -> tuple[str, bool, Any]:
        return each.name, bool(each.metadata.get("personal")), each.metadata.get("empty")

    return tuple(map(part, fields(EVENT_TYPES[type_name])))


def split(event: Event) -> tuple[Json, Json]:
    """The event's fields as (data, personal content), for storing apart."""
    data: Json = {}
    content: Json = {}
    for name, is_personal, _ in _parts(event.type):
        (content if is_personal else data)[name] = getattr(event, name)
    return data, content


def join(type_name: str, data: Json, content: Json | None) -> Event:
    """The event of a stored row. Without content (erased) personal fields read as empty; unknown fields are dropped,
    so that an older desk can read a newer log. Raises KeyError for an unknown type."""
    cls = EVENT_TYPES[type_name]
    values: Json = {}
    for name, is_personal, empty in _parts(type_name):
        if is_personal:
            value = (content or {}).get(name, empty)
        elif name in data:
            value = data[name]
        else:
            continue
        values[name] = tuple(value) if isinstance(value, list) else value
    return cls(**values)
