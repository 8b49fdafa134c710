"""The bot's answer to a turn, as the desk understands it (docs/protocol.md, "Desk ↔ bot")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

LOCALES = ("fi", "et", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the bot was asked: the message it answers, and the last event that it knew."""

    message_id: str
    through: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the judge says: hand over, offer a person, or neither."""

    action: Literal["none", "offer", "handoff"] = "none"
    score: float = 0.0
    urgent: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BotMessage:
    """One message to the customer."""

    text: str = ""
    lang: str = "fi"
    buttons: tuple[dict[str, Any], ...] = ()
    card: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BotAnswer:
    """Everything that came back."""

    messages: tuple[BotMessage, ...] = ()
    intent: str = "nlu_fallback"
    confidence: float = 0.0
    language: str = "fi"
    entities: tuple[dict[str, Any], ...] = ()
    frustration: float = 0.0
    judgement: Judgement = field(default_factory=Judgement)
    effects: tuple[dict[str, Any], ...] = ()
    noes: tuple[dict[str, Any], ...] = ()
    """What the customer was refused: `{"line", "product"?}`."""
    slots: dict[str, Any] = field(default_factory=dict)
    packet: dict[str, Any] | None = None
