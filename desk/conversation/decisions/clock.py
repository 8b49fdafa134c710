"""What time alone brings about. Timers are not kept apart: when a conversation is next due follows from its state."""

from __future__ import annotations

from desk.conversation import events as ev
from desk.conversation.decisions import closing
from desk.conversation.decisions.agent import lose_lease
from desk.conversation.decisions.handoff import hand_off, tell_place
from desk.conversation.decisions.waiting import APOLOGY_WITHIN
from desk.conversation.event import Event
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Owner, Promise
from desk.conversation.surroundings import Now

PROMISED_TIMES = frozenset({"answer", "callback", "call", "mail"})
"""Promises of a time of its own; the window told at the handoff ("queue") follows the queue's order anyway."""


SHOWS_PLACE = frozenset({"widget", "email"})
"""Channels that show place and time all along, or on which nobody sits and waits."""


def due(state: Conversation, rules: Rules) -> int | None:
    """When `tick` has to be called next, in milliseconds; None: time brings nothing."""
    return min(_dues(state, rules).values(), default=None)


def _dues(state: Conversation, rules: Rules) -> dict[str, int]:
    if state.practice:  # nobody real waits: only what the agent set for a time comes back
        return {"hold": state.hold_until} if state.owner is Owner.HOLD and state.hold_until else {}
    dues = {f"promise:{each.promise}": each.due for each in state.promises}
    if state.owner is Owner.BOT and state.draft is not None:
        dues["draft"] = state.draft.at + rules.approve_within
        if not state.moment_told:
            dues["moment"] = state.draft.at + rules.moment_after
    elif state.owner is Owner.BOT and state.pending:
        asked = max(state.pending[0].at, state.released_at)
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
    elif state.owner is Owner.CLOSED and state.resolved_at is not None:
        left = {kind: time for kind, time in rules.keep.items() if kind not in state.expired}
        dues |= {f"keep:{kind}": state.resolved_at + time for kind, time in left.items()}
    return dues


def _queue_dues(state: Conversation, rules: Rules) -> dict[str, int]:
    """What happens to a case that nobody takes."""
    dues = {}
    if not state.escalated:
        dues["target"] = _counted_from(state) + rules.target(state.team, deferred=state.deferred)
    if state.place_told_at is not None and state.channel not in SHOWS_PLACE and state.care.wish is None:
        waited = state.place_told_at - (state.queued_at or state.place_told_at)
        dues["place"] = state.place_told_at + max(rules.place_every, waited)
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
    if kind.startswith("keep:"):
        gone = [each.removeprefix("keep:") for each, at in _dues(state, now.rules).items() if at <= now.at]
        return [ev.Expired(kinds=tuple(sorted(each for each in gone if each in now.rules.keep)))]
    match kind:
        case "moment":
            return [ev.SystemWrote(text="moment", lang=state.locale)]
        case "breaker":
            return _give_up_on_bot(state, now)
        case "idle":
            return closing.end_silently(state, now)
        case "hold":
            return [ev.Requeued(why="hold_due")]
        case "target":
            return [ev.Escalated(waited=now.at - _counted_from(state))]
        case "place":
            return tell_place(state, now, "still_queued")
        case "hurry":
            soonest = min((each for each in state.promises if each.kind in PROMISED_TIMES), key=lambda each: each.due)
            return [ev.Hurried(promise=soonest.promise)]
        case "draft":
            return _nobody_looked(state, now)
        case "accept":
            return lose_lease(state, now, "unanswered")
        case _:
            return lose_lease(state, now, "no_answer")


def _nobody_looked(state: Conversation, now: Now) -> list[Event]:
    """The bot's answer has waited long enough for an agent: it goes, or a person is called, as the shop wants it."""
    if now.rules.approve_then == "hand_over" or state.draft is None:
        return hand_off(state, now, ("policy",))
    return [ev.AnswerApproved(turn=state.draft.turn, by="policy")]


def _give_up_on_bot(state: Conversation, now: Now) -> list[Event]:
    """In the shop's hours people take over; outside them the message is kept for the bot, with a promise."""
    if now.is_open or now.opens_at is None:
        return hand_off(state, now, ("bot_unavailable",))
    return tell_place(state, now, "unavailable")


def _miss(state: Conversation, now: Now, promise: str) -> list[Event]:
    """A broken promise is apologised for before the customer asks, with a new time if a person is still awaited."""
    missed: list[Event] = [ev.PromiseMissed(promise=promise)]
    made = next(each for each in state.promises if each.promise == promise)
    if made.kind in ("callback", "settled", "privacy"):
        return _word_due(state, now, made)
    if made.kind in ("call", "mail"):
        return [*missed, *_promise_anew(state, now, made.kind)]
    if state.owner is Owner.BOT and state.pending:
        return [*missed, *hand_off(state, now, ("bot_unavailable",))]
    return [*missed, *tell_place(state, now, "missed")] if state.owner is Owner.QUEUE else missed


def _word_due(state: Conversation, now: Now, made: Promise) -> list[Event]:
    """What was promised beyond an answer: while people have the case they have not kept it. Where it is closed, or with
    the bot, nobody here knows: the customer is asked."""
    if state.owner in (Owner.CLOSED, Owner.BOT):
        return closing.ask_follow_up(state, made.promise, made.due)
    back: list[Event] = [ev.Requeued(why="hold_due")] if state.owner is Owner.HOLD else []
    apology = ev.SystemWrote(text="promise_missed", lang=state.locale)
    return [ev.PromiseMissed(promise=made.promise), *back, apology, *_by_letter(state)]


def _promise_anew(state: Conversation, now: Now, kind: str) -> list[Event]:
    """The call or e-mail has not come: the customer is told so, with a new time. Nothing where the matter has ended."""
    if state.owner in (Owner.CLOSED, Owner.BOT):
        return []
    opens_at = now.service(state.team).opens_at
    due = (now.at if opens_at is None else opens_at) + APOLOGY_WITHIN
    back: list[Event] = [ev.Requeued(why="hold_due")] if state.owner is Owner.HOLD else []
    told = ev.SystemWrote(text=f"{kind}_missed", lang=state.locale, params={"due": due})
    again = ev.PromiseMade(promise=now.new_id(), kind=kind, due=due, by="system")
    return [*back, told, again, *_by_letter(state)]


def _by_letter(state: Conversation) -> list[Event]:
    """Who left for the mailbox or the phone does not look here."""
    away = state.care.wish is not None and "email" in state.care.known
    return [ev.LetterOrdered(letter="apology")] if away else []


def _answer_promised(state: Conversation) -> bool:
    return any(each.kind in ("queue", "answer") for each in state.promises)
