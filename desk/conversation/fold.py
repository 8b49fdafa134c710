"""From event to event: `evolve(state, stored event)` is the only way in which a conversation's state changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.fold_care import FOLDS as CARE_FOLDS
from desk.conversation.fold_care import caring, fresh
from desk.conversation.fold_deeds import FOLDS as DEED_FOLDS
from desk.conversation.fold_privacy import FOLDS as PRIVACY_FOLDS
from desk.conversation.fold_privacy import QUIET
from desk.conversation.fold_queue import FOLDS as QUEUE_FOLDS
from desk.conversation.state import Conversation, Owner, Pending, Stored, changed

MOST_UNJUDGED = 20
DISCLOSING = frozenset({"disclosure", "with_bot", "bot_back"})
"""Texts that tell the customer that an automated assistant answers from here on."""

type Fold = Callable[[Conversation, Any, Stored], Conversation]
_FOLDS: dict[type[Event], Fold] = {**CARE_FOLDS, **DEED_FOLDS, **PRIVACY_FOLDS, **QUEUE_FOLDS}


def _fold(event_type: type[Event]) -> Callable[[Fold], Fold]:
    def register(function: Fold) -> Fold:
        _FOLDS[event_type] = function
        return function

    return register


def evolve(state: Conversation, stored: Stored) -> Conversation:
    """The state after one more event. Raises ValueError when it is not the next one."""
    if stored.seq != state.seq + 1:
        raise ValueError(f"event {stored.seq} does not follow {state.seq} in {state.id}")
    fold = _FOLDS.get(type(stored.event))
    after = fold(state, stored.event, stored) if fold else state
    if after.draft is not None and after.owner is not Owner.BOT:
        after = changed(after, draft=None)  # people have it: what the bot would have said is theirs to say
    return changed(after, seq=stored.seq, last_at=state.last_at if isinstance(stored.event, QUIET) else stored.at)


def _freed(state: Conversation, owner: Owner, **changes: Any) -> Conversation:
    """Nobody of the shop's people has it any more."""
    return changed(
        state,
        owner=owner,
        agent=None,
        agent_name=None,
        wanted_agent=None,
        claimed_at=None,
        assigned_at=None,
        hold_until=None,
        held_by=None,
        waits_for=None,
        **changes,
    )


def _to_bot(state: Conversation) -> Conversation:
    return _freed(
        fresh(state),
        Owner.BOT,
        unjudged=(),
        waiting_since=None,
        unread=0,
        person_asked=False,
        offer_open=False,
        urgent=False,
        queued_at=None,
    )


@_fold(ev.Opened)
def _opened(state: Conversation, event: ev.Opened, stored: Stored) -> Conversation:
    state = changed(state, channel=event.channel, locale=event.locale, opened_at=stored.at)
    return changed(state, practice=event.practice, script=event.script)


@_fold(ev.CustomerWrote)
def _customer_wrote(state: Conversation, event: ev.CustomerWrote, stored: Stored) -> Conversation:
    state = changed(state, last_customer_at=stored.at, customer_seq=stored.seq)
    if event.for_bot and (state.owner is Owner.BOT or (state.owner is Owner.QUEUE and state.pending)):
        waiting = Pending(seq=stored.seq, at=stored.at, message_id=event.message_id)
        state = changed(state, pending=(*state.pending, waiting))
    if state.owner in (Owner.QUEUE, Owner.AGENT, Owner.HOLD):
        since = stored.at if state.waiting_since is None else state.waiting_since
        state = changed(state, waiting_since=since, unread=state.unread + 1)
        if not state.pending:
            state = changed(state, unjudged=(*state.unjudged, stored.seq)[-MOST_UNJUDGED:])
    return state


@_fold(ev.Understood)
def _understood(state: Conversation, event: ev.Understood, _: Stored) -> Conversation:
    """To people the customer's every "ok" is not a new problem: only the bot's conversations follow the intent."""
    return changed(state, intent=event.intent) if state.owner is Owner.BOT else state


@_fold(ev.Judged)
def _judged(state: Conversation, event: ev.Judged, _: Stored) -> Conversation:
    rest = tuple(seq for seq in state.unjudged if seq > event.through)
    reasons = (*state.reasons, *(code for code in event.reasons if code not in state.reasons))
    return changed(state, unjudged=rest, urgent=state.urgent or event.urgent, reasons=reasons)


@_fold(ev.BotReplied)
def _bot_replied(state: Conversation, event: ev.BotReplied, stored: Stored) -> Conversation:
    return changed(state, last_shop_at=stored.at)


@_fold(ev.ArticleShown)
def _article_shown(state: Conversation, _event: ev.ArticleShown, stored: Stored) -> Conversation:
    return changed(state, article=stored.seq)


@_fold(ev.AnswerRated)
def _answer_rated(state: Conversation, _event: ev.AnswerRated, _: Stored) -> Conversation:
    return changed(state, article=0)


@_fold(ev.BotAnswered)
def _bot_answered(state: Conversation, event: ev.BotAnswered, _: Stored) -> Conversation:
    rest = tuple(each for each in state.pending if each.seq > event.through)
    order = event.order or state.order
    return changed(state, pending=rest, moment_told=False, order=order, heard=max(state.heard, event.through))


@_fold(ev.BotFailed)
def _bot_failed(state: Conversation, _event: ev.BotFailed, _: Stored) -> Conversation:
    return changed(state, pending=(), moment_told=False, packet_missing=False, uninformed=0, unjudged=())


@_fold(ev.SystemWrote)
def _system_wrote(state: Conversation, event: ev.SystemWrote, stored: Stored) -> Conversation:
    if event.text in DISCLOSING:
        return changed(state, person_spoke=False)
    if event.text == "welcome":
        return caring(state, thanked=True)
    if event.text == "moment":
        return changed(state, moment_told=True)
    if "place" in event.params:
        return changed(state, place_told_at=stored.at)
    return changed(state, place_told_at=None) if event.text.startswith("closed") else state


@_fold(ev.LocaleChanged)
def _locale_changed(state: Conversation, event: ev.LocaleChanged, _: Stored) -> Conversation:
    return changed(state, locale=event.locale)


@_fold(ev.ChannelChanged)
def _channel_changed(state: Conversation, event: ev.ChannelChanged, _: Stored) -> Conversation:
    return changed(state, channel=event.channel)


@_fold(ev.HandoffOffered)
def _offered(state: Conversation, _event: ev.HandoffOffered, _: Stored) -> Conversation:
    return changed(state, offer_open=True)


@_fold(ev.OfferAnswered)
def _offer_answered(state: Conversation, _event: ev.OfferAnswered, _: Stored) -> Conversation:
    return changed(state, offer_open=False)


@_fold(ev.HandedOff)
def _handed_off(state: Conversation, event: ev.HandedOff, stored: Stored) -> Conversation:
    oldest = min((each.at for each in state.pending), default=stored.at)
    return changed(
        fresh(state),
        owner=Owner.QUEUE,
        case=event.case,
        reasons=event.reasons,
        urgent=event.urgent,
        queued_at=stored.at,
        waiting_since=oldest,
        unread=max(1, len(state.pending)),
        intent=event.problem or state.intent,
        order=event.order or state.order,
        offer_open=False,
        person_asked=bool({"asked_for_person", "accepted_offer"} & set(event.reasons)),
        packet_missing=event.packet is None,
        team=event.team,
        skill=event.skill,
        wanted_agent=None,
        for_everybody=False,
        hurried=False,
        deferred=event.deferred,
        target_from=event.target_from,
        escalated=False,
        passed_over=(),
        # Only a dead bot is still expected to answer; any other reason has taken the matter out of its hands.
        pending=state.pending if "bot_unavailable" in event.reasons else (),
        resolved_at=None,
    )


@_fold(ev.PersonAsked)
def _person_asked(state: Conversation, _event: ev.PersonAsked, _: Stored) -> Conversation:
    return changed(state, person_asked=True, pending=() if state.owner is Owner.QUEUE else state.pending)


@_fold(ev.QueueLeft)
def _queue_left(state: Conversation, event: ev.QueueLeft, _: Stored) -> Conversation:
    return _to_bot(changed(state, pending=())) if event.to == "bot" else state


@_fold(ev.Claimed)
def _claimed(state: Conversation, event: ev.Claimed, stored: Stored) -> Conversation:
    state = _freed(state, Owner.AGENT, pending=(), heard=stored.seq, moment_told=False, hurried=False)
    given = stored.at if event.assigned else None
    return changed(state, agent=event.agent, agent_name=event.agent_name, claimed_at=stored.at, assigned_at=given)


@_fold(ev.AgentWrote)
def _agent_wrote(state: Conversation, _event: ev.AgentWrote, stored: Stored) -> Conversation:
    """Answered: the next wait counts anew."""
    state = changed(state, waiting_since=None, unread=0, last_shop_at=stored.at, heard=stored.seq, assigned_at=None)
    state = changed(state, person_spoke=True)
    return changed(state, deferred=False, target_from=None, escalated=False, passed_over=())


@_fold(ev.Transferred)
def _transferred(state: Conversation, event: ev.Transferred, stored: Stored) -> Conversation:
    since = stored.at if state.waiting_since is None else state.waiting_since
    state = _freed(state, Owner.QUEUE, waiting_since=since, for_everybody=False, passed_over=())
    if event.to_team:  # a person has chosen: what the list asked for no longer counts
        state = changed(state, team=event.to_team, skill=None)
    return changed(state, wanted_agent=event.to_agent, queued_at=state.queued_at or stored.at)


@_fold(ev.Requeued)
def _requeued(state: Conversation, event: ev.Requeued, stored: Stored) -> Conversation:
    since = stored.at if state.waiting_since is None else state.waiting_since
    if event.why == "unanswered" and state.agent and state.agent not in state.passed_over:
        state = changed(state, passed_over=(*state.passed_over, state.agent))
    return _freed(state, Owner.QUEUE, waiting_since=since, queued_at=state.queued_at or stored.at)


@_fold(ev.PutOnHold)
def _put_on_hold(state: Conversation, event: ev.PutOnHold, _: Stored) -> Conversation:
    state = _freed(state, Owner.HOLD, waiting_since=None, unread=0)
    held_by = None if event.by == "customer" else event.by
    return changed(state, hold_until=event.until, held_by=held_by, waits_for=event.waits_for)


@_fold(ev.Resolved)
def _resolved(state: Conversation, event: ev.Resolved, stored: Stored) -> Conversation:
    if state.owner is Owner.AGENT:
        state = changed(
            state,
            uninformed=stored.seq,
            settled_by_person=True,
            settled_intent=state.intent,
            settled_order=state.order,
            settled_place=state.queued_at,
        )
    state = changed(fresh(state), waiting_since=None, unread=0, pending=(), offer_open=False, expired=())
    return _freed(state, Owner.CLOSED, resolved_at=stored.at)


@_fold(ev.ReturnedToBot)
def _returned(state: Conversation, _event: ev.ReturnedToBot, stored: Stored) -> Conversation:
    uninformed = stored.seq if state.owner is Owner.AGENT else state.uninformed
    return changed(_to_bot(state), uninformed=uninformed)


@_fold(ev.BotInformed)
def _bot_informed(state: Conversation, event: ev.BotInformed, _: Stored) -> Conversation:
    return changed(state, uninformed=0 if event.through >= state.uninformed else state.uninformed)


@_fold(ev.Reopened)
def _reopened(state: Conversation, _event: ev.Reopened, stored: Stored) -> Conversation:
    state = _freed(fresh(state), Owner.QUEUE, waiting_since=stored.at, resolved_at=None)
    place = state.queued_at or state.settled_place or stored.at
    return changed(state, queued_at=place, survey=None, settled_by_person=False, escalated=False, deferred=False)
