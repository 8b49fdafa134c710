"""The conversation as the judge sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Turn:
    """A message of the customer, and what the bot did about it.

    `language` is None where the message does not tell. `offered`: the bot's answer offered a person. `answered`: the
    bot gave an answer of substance, so that "that doesn't help" has something to be about. `asked`: the bot wanted to
    know something next, so that what follows is its answer and tells nothing again. `sounds`: how much the message
    sounds like each reason (bot.escalation.hearing), from 0 to 1; `telling`: which of its words make that so.
    """

    text: str
    intent: str = "nlu_fallback"
    confidence: float = 1.0
    language: str | None = None
    frustration: float = 0.0
    button: bool = False
    offered: bool = False
    answered: bool = True
    asked: bool = False
    sounds: Mapping[str, float] = field(default_factory=dict)
    telling: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """Why: a code of the protocol, its weight from 0 to 1, and the customer's words for it."""

    code: str
    weight: float
    evidence: str


@dataclass(frozen=True)
class Judgement:
    """`action` is none, offer or handoff; `score` from 0 to 1."""

    action: str
    score: float
    urgent: bool
    reasons: tuple[Reason, ...] = ()
