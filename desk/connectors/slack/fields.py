"""Reading fields of what Slack sends: each of the type that is due, or empty."""

from __future__ import annotations

import re
from typing import Any

type Json = dict[str, Any]
_ID = re.compile("[A-Za-z0-9._-]{1,48}", re.ASCII)


def id_of(values: Json, name: str) -> str:
    """A name that Slack gives: of a user, a channel, a message."""
    value = values.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def text_of(values: Json, name: str) -> str:
    """What a person wrote, or a word of Slack's."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def object_of(values: Json, name: str) -> Json:
    """An object within the object."""
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def objects_of(values: Json, name: str) -> list[Json]:
    """The objects of a list."""
    value = values.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def first_of(values: Json, name: str) -> Json:
    """The first of them."""
    return next(iter(objects_of(values, name)), {})
