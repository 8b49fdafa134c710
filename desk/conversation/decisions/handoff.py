"""Handing a conversation to people: reason, packet, queue entry and the customer's notice, in one list of events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk.conversation import events as ev
from desk.conversation.decisions.proposals import proposals
from desk.conversation.event import Event
from desk.conversation.rules import MINUTE
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now
from desk.conversation.teams import Route

LATER = frozenset({"email"})
"""Channels on which nobody sits and waits."""
SELF_SERVICE = ({"do": "call"}, {"do": "mail"}, {"do": "bot"}, {"do": "leave"})
"""What a customer can do instead of waiting (decisions/waiting.py)."""
OF_WAITING = ("queue", "answer", "call", "mail")
"""Promises of a person's answer: one of these at a time."""
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
    route = now.signpost.route(problem or state.intent, reasons)
    service = now.service(route.team)
    handed = ev.HandedOff(
        case=state.case + 1,
        reasons=reasons,
        urgent=urgent,
        problem=problem or state.intent,
        order=order or state.order,
        packet=packet,
        team=route.team,
        skill=route.skill,
        deferred=not service.is_open or state.channel in LATER,
        target_from=None if service.is_open else service.opens_at,
    )
    opening = "unavailable" if "bot_unavailable" in reasons else "queued"
    waiting = replace(
        state, urgent=urgent, queued_at=now.at, team=route.team, skill=route.skill, for_everybody=False, hurried=False
    )
    return [handed, *proposals(state, packet, now.new_id()), *tell_place(waiting, now, opening)]


def complete(
    state: Conversation, now: Now, *, problem: str | None, order: str | None, packet: dict[str, Any] | None
) -> ev.PacketCompleted:
    """The packet that came late. A case that waits where those of no known subject wait goes to its own team."""
    undirected = state.owner is Owner.QUEUE and state.wanted_agent is None and state.team == now.signpost.otherwise.team
    route = now.signpost.route(problem or state.intent, state.reasons) if undirected else Route()
    return ev.PacketCompleted(
        case=state.case, problem=problem, order=order, packet=packet, team=route.team, skill=route.skill
    )


def tell_place(state: Conversation, now: Now, opening: str) -> list[Event]:
    """Tell place and time window, and promise it. `opening` chooses the text: queued, unavailable, missed, requeued.

    A queue that is too long is told so, and what the assistant can do meanwhile; what is urgent is not sent back to it.
    """
    service = now.service(state.team)
    if not service.is_open:
        return _tell_opening(state, now, service.opens_at)
    crowd = now.crowd(state)
    window = crowd.window()
    params = {"place": crowd.ahead + 1, "from": window.from_minutes, "to": window.to_minutes}
    if opening == "queued" and not state.urgent and crowd.overloaded(now.rules):
        opening = "queued_busy"
    return [
        ev.SystemWrote(text=opening, lang=state.locale, params=params, choices=SELF_SERVICE),
        *_replace_promise(state, now, "queue", now.at + window.to_minutes * MINUTE),
    ]


def _tell_opening(state: Conversation, now: Now, opens_at: int | None) -> list[Event]:
    """Nobody is at work: say when, and promise an answer in the first hour."""
    if opens_at is None:
        return [ev.SystemWrote(text="closed_for_long", lang=state.locale, choices=SELF_SERVICE)]
    due = opens_at + FIRST_HOUR
    return [
        ev.SystemWrote(
            text="closed", lang=state.locale, params={"opens_at": opens_at, "due": due}, choices=SELF_SERVICE
        ),
        *_replace_promise(state, now, "answer", due),
    ]


def _replace_promise(state: Conversation, now: Now, kind: str, due: int) -> list[Event]:
    """One promise of a person's answer at a time; an earlier one that is still open and sooner stays."""
    standing = [each for each in state.promises if each.kind in OF_WAITING]
    if any(each.due > now.at for each in standing):
        return []
    return [ev.PromiseMade(promise=now.new_id(), kind=kind, due=due, by="system")]


def drop_promises(state: Conversation) -> list[Event]:
    """The customer has chosen something else than to wait: what was promised about that no longer counts."""
    return [ev.PromiseDropped(promise=each.promise) for each in state.promises if each.kind in OF_WAITING]


def keep_promises(state: Conversation, kinds: tuple[str, ...] = ("queue", "answer")) -> list[Event]:
    """A person has answered: what was promised about that is kept."""
    return [ev.PromiseKept(promise=each.promise) for each in state.promises if each.kind in kinds]
