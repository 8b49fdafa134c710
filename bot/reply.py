"""The desk's answer to a turn, read from the stored events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.shared.core.events import Event, UserUttered

from bot import history
from bot.foreign import SENTENCES
from bot.packet import packet


def build(events: Sequence[Event], message_id: str) -> dict[str, Any]:
    """The answer of the protocol. The turn must be there."""
    found = history.find(events, message_id)
    assert found is not None, "the turn was taken before"
    start, end = found
    user = events[start]
    assert isinstance(user, UserUttered)
    until, after = events[:end], events[start + 1 : end]
    slots = history.slots(until)
    judged = judgement(user.metadata["judgement"], after)
    return {
        "messages": list(_messages(after, user.metadata["locale"])),
        "nlu": nlu(user.parse_data or {}, history.understood(user), slots.get("locale")),
        "judgement": judged,
        "effects": list(history.custom(after, "effect")),
        "noes": list(history.custom(after, "no")),
        "slots": {name: slots[name] for name in history.PUBLIC_SLOTS if slots.get(name) is not None},
        "packet": packet(until) if judged["action"] == "handoff" else None,
    }


def nlu(parsed: Mapping[str, Any], intent: Mapping[str, Any], locale: str | None) -> dict[str, Any]:
    """What was understood. `language` is the one to go on in: the message's where we only recognise it, else ours."""
    language = parsed.get("language") or {}
    code = language.get("code")
    entities = [
        {key: one[key] for key in ("entity", "value", "start", "end")}
        for one in parsed.get("entities") or []
        if one.get("extractor") != "button"
    ]
    return {
        "intent": intent["name"],
        "confidence": round(float(intent["confidence"]), 3),
        "language": code if code in SENTENCES or locale is None else locale,
        "entities": entities,
        "frustration": parsed.get("frustration", 0.0),
    }


def judgement(judged: Mapping[str, Any], after: Sequence[Event]) -> dict[str, Any]:
    """The judge's word, and what the actions decided: their reasons come first, and an offer is what was offered."""
    result = {**judged, "reasons": list(judged["reasons"])}
    for handoff in history.custom(after, "handoff"):
        reason = {"code": handoff["code"], "weight": 1.0, "evidence": handoff.get("evidence", "")}
        result["reasons"].insert(0, reason)
        result.update(action="handoff", score=1.0)
    if result["action"] != "handoff":
        result["action"] = "offer" if any(True for _ in history.custom(after, "offer")) else "none"
    return result


def _messages(after: Sequence[Event], locale: str) -> Any:
    for one in history.said(after):
        if not one.text:
            continue
        payload = (one.data or {}).get("custom") or {}
        message: dict[str, Any] = {"text": one.text, "language": payload.get("language") or locale}
        if buttons := (one.data or {}).get("buttons"):
            message["buttons"] = [{"title": button["title"], "payload": button["payload"]} for button in buttons]
        if card := payload.get("card"):
            message["card"] = card
        yield message
