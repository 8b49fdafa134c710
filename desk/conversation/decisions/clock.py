"""What time alone brings about. Timers are not kept apart: when a conversation is next due follows from its state."""

from __future__ import annotations

from desk.conversation import events as ev
from desk.conversation.decisions.agent import lose_lease
from desk.conversation.decisions.handoff import hand_off, tell_place
from desk.conversation.event import Event
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now

PROMISED_TIMES = frozenset({"answer", "callback"})
"""Promises of a time of its own; the window told at the handoff ("queue") follows the queue's order anyway."""


def due(state: Conversation, rules: Rules) -> int | None:
    """When `tick` has to be called next, in milliseconds; None: time brings nothing."""
    return min(_dues(state, rules).values(), default=None)


def _dues(state: Conversation, rules: Rules) -> dict[str, int]:
    dues = {f"promise:{each.promise}": each.due for each in state.promises}
    if state.owner is Owner.BOT and state.pending:
        asked = state.pending[0].at
        if not state.moment_told:
            dues["moment"] = asked + rules.moment_after
        if not _answer_promised(state):
            dues["breaker"] = asked + rules.breaker_after
    elif state.owner is Owner.BOT and state.last_customer_at is not None:
        dues["idle"] = state.last_at + rules.idle_close
    elif state.owner is Owner.AGENT and state.waiting_since is not None:
        dues["answer"] = max(state.waiting_since, state.claimed_at or 0) + rules.answer_within
        if state.assigned_at is not None:
            dues["accept"] = state.assigned_at + rules.accept_within
    elif state.owner is Owner.HOLD and state.hold_until is not None:
        dues["hold"] = state.hold_until
    elif state.owner is Owner.QUEUE:
        dues |= _queue_dues(state, rules)
    return dues


def _queue_dues(state: Conversation, rules: Rules) -> dict[str, int]:
    """What happens to a case that nobody takes."""
    dues = {}
    if not state.escalated:
        dues["target"] = _counted_from(state) + (rules.target_deferred if state.deferred else rules.target_live)
    promised = [each.due for each in state.promises if each.kind in PROMISED_TIMES]
    if promised and not state.hurried:
        dues["hurry"] = min(promised) - rules.promise_lead
    return dues


def _counted_from(state: Conversation) -> int:
    since = state.queued_at if state.waiting_since is None else state.waiting_since
    return max(since or 0, state.target_from or 0)


def tick(state: Conversation, now: Now) -> list[Event]:
    """The events of the first thing that is due; none when nothing is. Call again until then."""
    reached = {at: kind for kind, at in _dues(state, now.rules).items() if at <= now.at}
    if not reached:
        return []
    kind = reached[min(reached)]
    if kind.startswith("promise:"):
        return _miss(state, now, kind.removeprefix("promise:"))
    match kind:
        case "moment":
            return [ev.SystemWrote(text="moment", lang=state.locale)]
        case "breaker":
            return _give_up_on_bot(state, now)
        case "idle":
            return [ev.Resolved(by="idle", case=state.case, outcome="silent")]
        case "hold":
            return [ev.Requeued(why="hold_due")]
        case "target":
            return [ev.Escalated(waited=now.at - _counted_from(state))]
        case "hurry":
            soonest = min((each for each in state.promises if each.kind in PROMISED_TIMES), key=lambda each: each.due)
            return [ev.Hurried(promise=soonest.promise)]
        case "accept":
            return lose_lease(state, now, "unanswered")
        case _:
            return lose_lease(state, now, "no_answer")


def _give_up_on_bot(state: Conversation, now: Now) -> list[Event]:
    """In the shop's hours people take over; outside them the message is kept for the bot, with a promise."""
    if now.is_open or now.opens_at is None:
        return hand_off(state, now, ("bot_unavailable",))
    return tell_place(state, now, "unavailable")


def _miss(state: Conversation, now: Now, promise: str) -> list[Event]:
    """A broken promise is apologised for before the customer asks, with a new time if a person is still awaited."""
    missed: list[Event] = [ev.PromiseMissed(promise=promise)]
    kind = next(each.kind for each in state.promises if each.promise == promise)
    if kind == "callback":
        return [*missed, ev.SystemWrote(text="promise_missed", lang=state.locale)]
    if state.owner is Owner.BOT and state.pending:
        return [*missed, *hand_off(state, now, ("bot_unavailable",))]
    return [*missed, *tell_place(state, now, "missed")] if state.owner is Owner.QUEUE else missed


def _answer_promised(state: Conversation) -> bool:
    return any(each.kind in ("queue", "answer") for each in state.promises)
