"""What the queue's own events change in the state: whom a case is for, who was told (used by fold.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Stored

type Fold = Callable[[Conversation, Any, Stored], Conversation]


def _accepted(state: Conversation, _event: ev.Accepted, stored: Stored) -> Conversation:
    return replace(state, assigned_at=None, claimed_at=stored.at)


def _widened(state: Conversation, _event: ev.Widened, _: Stored) -> Conversation:
    return replace(state, for_everybody=True, wanted_agent=None)


def _hurried(state: Conversation, _event: ev.Hurried, _: Stored) -> Conversation:
    return replace(state, hurried=True)


def _escalated(state: Conversation, _event: ev.Escalated, _: Stored) -> Conversation:
    return replace(state, escalated=True)


def _packet_completed(state: Conversation, event: ev.PacketCompleted, _: Stored) -> Conversation:
    problem, order = event.problem or state.intent, event.order or state.order
    state = replace(state, packet_missing=False, intent=problem, order=order)
    return replace(state, team=event.team, skill=event.skill) if event.team else state


FOLDS: dict[type[Event], Fold] = {
    ev.Accepted: _accepted,
    ev.Widened: _widened,
    ev.Hurried: _hurried,
    ev.Escalated: _escalated,
    ev.PacketCompleted: _packet_completed,
}
