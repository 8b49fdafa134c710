"""Handing a conversation to people: reason, packet, queue entry and the customer's notice, in one list of events."""

from __future__ import annotations

from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.rules import MINUTE
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now

FIRST_HOUR = 60 * MINUTE
"""Outside hours the answer is promised by this long after the next opening."""


def hand_off(
    state: Conversation,
    now: Now,
    reasons: tuple[str, ...],
    *,
    urgent: bool = False,
    problem: str | None = None,
    order: str | None = None,
    packet: dict[str, Any] | None = None,
) -> list[Event]:
    """A new case in the queue, the customer told the place and the time."""
    handed = ev.HandedOff(
        case=state.case + 1,
        reasons=reasons,
        urgent=urgent,
        problem=problem or state.intent,
        order=order or state.order,
        packet=packet,
    )
    opening = "unavailable" if "bot_unavailable" in reasons else "queued"
    return [handed, *tell_place(state, now, opening, urgent=urgent, since=now.at)]


def tell_place(
    state: Conversation, now: Now, opening: str, *, urgent: bool | None = None, since: int | None = None
) -> list[Event]:
    """Tell place and time window, and promise it. `opening` chooses the text: queued, unavailable, missed, requeued."""
    if not now.is_open:
        return _tell_opening(state, now)
    entered = since if since is not None else state.queued_at or now.at
    crowd = now.crowd(state.id, state.urgent if urgent is None else urgent, entered)
    window = crowd.window()
    params = {"place": crowd.ahead + 1, "from": window.from_minutes, "to": window.to_minutes}
    return [
        ev.SystemWrote(text=opening, lang=state.locale, params=params),
        *_replace_promise(state, now, "queue", now.at + window.to_minutes * MINUTE),
    ]


def _tell_opening(state: Conversation, now: Now) -> list[Event]:
    """Nobody is at work: say when, and promise an answer in the first hour."""
    if now.opens_at is None:
        return [ev.SystemWrote(text="closed_for_long", lang=state.locale)]
    due = now.opens_at + FIRST_HOUR
    return [
        ev.SystemWrote(text="closed", lang=state.locale, params={"opens_at": now.opens_at, "due": due}),
        *_replace_promise(state, now, "answer", due),
    ]


def _replace_promise(state: Conversation, now: Now, kind: str, due: int) -> list[Event]:
    """One promise of a person's answer at a time; an earlier one that is still open and sooner stays."""
    standing = [each for each in state.promises if each.kind in ("queue", "answer")]
    if any(each.due > now.at for each in standing):
        return []
    return [ev.PromiseMade(promise=now.new_id(), kind=kind, due=due, by="system")]


def keep_promises(state: Conversation, kinds: tuple[str, ...] = ("queue", "answer")) -> list[Event]:
    """A person has answered: what was promised about that is kept."""
    return [ev.PromiseKept(promise=each.promise) for each in state.promises if each.kind in kinds]
