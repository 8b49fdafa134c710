"""A conversation read back from its tracker: turns, answers, effects. Everything the desk is told is derived from
these events, the first time and again when a message is repeated, so that both are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rasa.shared.core.events import BotUttered, Event, SessionStarted, SlotSet, UserUttered

from bot.escalation.conversation import Turn

OUTCOME = "outcome"
"""The slot that an outcome sets; what came before it is no longer the judge's business."""

PUBLIC_SLOTS = ("order_number", "email", "phone", "name", "topic", "locale")


def find(events: Sequence[Event], message_id: str) -> tuple[int, int] | None:
    """Where the turn of a message begins and ends (the index after it); None if it was never taken."""
    for start in range(len(events) - 1, -1, -1):
        event = events[start]
        if isinstance(event, UserUttered) and event.message_id == message_id:
            for end in range(start + 1, len(events)):
                if isinstance(events[end], (UserUttered, SessionStarted)):
                    return start, end
            return start, len(events)
    return None


def said(events: Iterable[Event]) -> Iterator[BotUttered]:
    """What the bot said."""
    return (event for event in events if isinstance(event, BotUttered))


def custom(events: Iterable[Event], key: str) -> Iterator[Any]:
    """What actions handed over as `json_message={key: …}`."""
    for event in said(events):
        payload = (event.data or {}).get("custom") or {}
        if key in payload:
            yield payload[key]


def slots(events: Iterable[Event]) -> dict[str, Any]:
    """The slots after these events. A new session carries them over by setting them again."""
    values: dict[str, Any] = {}
    for event in events:
        if isinstance(event, SlotSet):
            values[event.key] = event.value
    return values


def since_outcome(events: Sequence[Event]) -> Sequence[Event]:
    """What happened after people last had the conversation."""
    for at in range(len(events) - 1, -1, -1):
        event = events[at]
        if isinstance(event, SlotSet) and event.key == OUTCOME and event.value:
            return events[at + 1 :]
    return events


def offers_person(events: Sequence[Event]) -> bool:
    """Whether the bot's last answer offered a person, so that a yes or a no answers that."""
    last = max((at for at, event in enumerate(events) if isinstance(event, UserUttered)), default=None)
    return last is not None and "human" in custom(events[last + 1 :], "offer")


def turns(events: Sequence[Event]) -> list[Turn]:
    """The turns, oldest first."""
    starts = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    ends = [*starts[1:], len(events)]
    found, asked = [], False
    for start, end in zip(starts, ends):
        after = events[start + 1 : end]
        wanted = slots(after)
        asked = bool(wanted["requested_slot"]) if "requested_slot" in wanted else asked
        found.append(_turn(events[start], after, asked))
    return found


def _turn(event: Event, after: Sequence[Event], asked: bool) -> Turn:
    assert isinstance(event, UserUttered)
    meaning = understood(event)
    data = event.parse_data or {}
    return Turn(
        text=event.text or "",
        intent=meaning["name"],
        confidence=meaning["confidence"],
        language=(data.get("language") or {}).get("code"),
        frustration=float(data.get("frustration") or 0.0),
        button=bool((event.metadata or {}).get("button")),
        offered=any(offer == "human" for offer in custom(after, "offer")),
        answered=any(one.text for one in said(after)),
        asked=asked,
        sounds=data.get("sounds") or {},
        telling=data.get("telling") or {},
    )


def understood(event: UserUttered) -> dict[str, Any]:
    """The intent as it was understood, also where the dialogue was then told something else (bot.dialogue)."""
    data = event.parse_data or {}
    meaning = data.get("understood") or data.get("intent") or {}
    return {"name": meaning.get("name") or "nlu_fallback", "confidence": float(meaning.get("confidence") or 0.0)}
