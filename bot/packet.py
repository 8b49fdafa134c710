"""What a person is handed with a conversation, so that the customer has to tell nothing twice. Built from the stored events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.events import Event, UserUttered

from bot import history
from bot.replies import suggested_reply

_SMALL_TALK = frozenset(
    [
        "greet",
        "goodbye",
        "thank",
        "affirm",
        "deny",
        "inform",
        "bot_challenge",
        "ask_capabilities",
        "change_language",
        "out_of_scope",
        "nlu_fallback",
        "choose",
        "speak_to_human",
        "request_callback",
        "express_frustration",
        "not_resolved",
        "resolved",
        "hand_over",
        "send_file",
    ]
)
_FACTS = (
    "order_number",
    "tracking_code",
    "product",
    "size",
    "color",
    "quantity",
    "amount",
    "date",
    "place",
    "discount_code",
)
_TOLD = ("what", "received", "wanted")
"""What the customer told in answer to a question, as it is kept in the slot `facts`."""


def packet(events: Sequence[Event]) -> dict[str, Any]:
    """`problem`, `order` (card), `customer`, `facts`, `tried`, `proposed`, and `suggested_reply` in the customer's
    language."""
    slots = history.slots(events)
    users = [event for event in events if isinstance(event, UserUttered)]
    problem = _problem(users)
    customer = {name: slots.get(name) for name in ("name", "email", "phone")}
    order = next(iter(reversed(list(history.custom(events, "card")))), None)
    facts = _facts(users, slots)
    return {
        "problem": problem,
        "order": order,
        "customer": customer,
        "facts": facts,
        "tried": _tried(events),
        "proposed": list(history.custom(history.since_outcome(events), "proposal")),
        "suggested_reply": suggested_reply(
            slots.get("locale") or "en", problem, customer["name"], slots.get("order_number")
        ),
    }


def _problem(users: Sequence[UserUttered]) -> str | None:
    """The last thing that the customer came with."""
    for event in reversed(users):
        name = history.understood(event)["name"]
        if name not in _SMALL_TALK:
            return str(name)
    return None


def _facts(users: Sequence[UserUttered], slots: dict[str, Any]) -> list[dict[str, str]]:
    """Details in the order in which they were told, the order's number first, none twice."""
    found: dict[tuple[str, str], None] = {}
    if slots.get("order_number"):
        found[("order_number", str(slots["order_number"]))] = None
    for event in users:
        for entity in event.entities or []:
            if entity.get("entity") in _FACTS:
                found[(entity["entity"], str(entity["value"]))] = None
    told = slots.get("facts") or {}
    found.update({(name, str(told[name])): None for name in _TOLD if told.get(name)})
    return [{"name": name, "value": value} for name, value in found]


def _tried(events: Sequence[Event]) -> list[dict[str, Any]]:
    """What the bot did or tried, with its time in ms."""
    tried = []
    for event in history.said(events):
        for key in ("effect", "tried"):
            step = ((event.data or {}).get("custom") or {}).get(key)
            if step:
                at = int(event.timestamp * 1000)
                tried.append({"what": step.get("kind") or step.get("what"), "ok": bool(step.get("ok", True)), "at": at})
    return tried
