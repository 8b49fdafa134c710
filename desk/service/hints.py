"""Hints as they go between desk processes: JSON, and back. Both ends are of the same release or of neighbours."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from desk.conversation.event import join, split
from desk.conversation.state import Conversation, Stored
from desk.service.hub import Changed, Delivered, Hint, Looked, SignedOut, Staffed, Typing

_PLAIN: dict[str, type[Any]] = {each.__name__: each for each in (Typing, Delivered, Looked, SignedOut, Staffed)}


def pack(hint: Hint, process: str) -> bytes | None:
    """A hint for the other processes; None for one that concerns this process alone."""
    if isinstance(hint, Changed):
        body = {
            "before": hint.before.to_json(),
            "state": hint.state.to_json(),
            "stored": [[each.seq, each.at, each.event.type, *split(each.event)] for each in hint.stored],
        }
    elif type(hint).__name__ in _PLAIN:
        body = asdict(hint)
    else:
        return None
    return json.dumps({"from": process, "hint": type(hint).__name__, "body": body}, ensure_ascii=False).encode()


def unpack(hint: str, body: dict[str, Any]) -> Hint | None:
    """The inverse; None for a hint that this release does not know. Raises KeyError, TypeError, ValueError."""
    if hint == "Changed":
        stored = tuple(Stored(seq=seq, at=at, event=join(*event)) for seq, at, *event in body["stored"])
        return Changed(Conversation.from_json(body["before"]), Conversation.from_json(body["state"]), stored)
    kind = _PLAIN.get(hint)
    made: Hint | None = kind(**{name: _frozen(value) for name, value in body.items()}) if kind else None
    return made


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
