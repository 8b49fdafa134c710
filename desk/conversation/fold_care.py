"""What the events of care and of the waiting room change in the state (used by fold.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Care, Conversation, Promise, Stored

type Fold = Callable[[Conversation, Any, Stored], Conversation]


def caring(state: Conversation, **changes: Any) -> Conversation:
    """The state with something changed in its care."""
    return replace(state, care=replace(state.care, **changes))


def fresh(state: Conversation) -> Conversation:
    """Another matter, or another way: nothing is asked or wished for any more."""
    return replace(state, care=Care(known=state.care.known, kept=state.care.kept))


def without(state: Conversation, promise: str) -> Conversation:
    """A promise is no longer open."""
    return replace(state, promises=tuple(each for each in state.promises if each.promise != promise))


def _named(state: Conversation, event: ev.CustomerNamed, _: Stored) -> Conversation:
    found = (name for name in ("name", "email", "phone") if getattr(event, name))
    return caring(state, known=tuple(dict.fromkeys((*state.care.known, *found))))


def _asked(state: Conversation, event: ev.Asked, stored: Stored) -> Conversation:
    again = state.care.asking == event.what
    return caring(state, asking=event.what, asked_at=stored.at, again=again)


def _call_wanted(state: Conversation, event: ev.CallWanted, _: Stored) -> Conversation:
    state = replace(state, person_asked=True, pending=())
    return caring(state, wish="call", start=event.start, end=event.end, asking=None, again=False)


def _mail_wanted(state: Conversation, _event: ev.MailWanted, _: Stored) -> Conversation:
    state = replace(state, person_asked=True, pending=())
    return caring(state, wish="mail", start=None, end=None, asking=None, again=False)


def _letter_ordered(state: Conversation, event: ev.LetterOrdered, _: Stored) -> Conversation:
    if event.letter != "transcript":
        return state
    return caring(state, kept=state.care.kept + 1, asking=None, again=False)


def _dropped(state: Conversation, event: ev.PromiseDropped, _: Stored) -> Conversation:
    return without(state, event.promise)


def _promised(state: Conversation, event: ev.PromiseMade, _: Stored) -> Conversation:
    made = Promise(promise=event.promise, kind=event.kind, due=event.due)
    return replace(state, promises=(*state.promises, made))


def _promise_ended(state: Conversation, event: ev.PromiseKept | ev.PromiseMissed, _: Stored) -> Conversation:
    return without(state, event.promise)


def _survey_asked(state: Conversation, event: ev.SurveyAsked, _: Stored) -> Conversation:
    return replace(state, survey=event.case, surveyed=event.case, survey_scale=event.scale)


def _survey_answered(state: Conversation, _event: ev.SurveyAnswered, _: Stored) -> Conversation:
    return replace(state, survey=None)


def _follow_up_asked(state: Conversation, event: ev.FollowUpAsked, _: Stored) -> Conversation:
    return caring(without(state, event.promise), follow_up=event.promise)


def _follow_up_answered(state: Conversation, _event: ev.FollowUpAnswered, _: Stored) -> Conversation:
    return caring(state, follow_up=None)


def _survey_explained(state: Conversation, _event: ev.SurveyExplained, _: Stored) -> Conversation:
    return caring(state, asking=None, again=False)


FOLDS: dict[type[Event], Fold] = {
    ev.CustomerNamed: _named,
    ev.Asked: _asked,
    ev.CallWanted: _call_wanted,
    ev.MailWanted: _mail_wanted,
    ev.LetterOrdered: _letter_ordered,
    ev.PromiseMade: _promised,
    ev.PromiseKept: _promise_ended,
    ev.PromiseMissed: _promise_ended,
    ev.PromiseDropped: _dropped,
    ev.SurveyAsked: _survey_asked,
    ev.SurveyAnswered: _survey_answered,
    ev.FollowUpAsked: _follow_up_asked,
    ev.FollowUpAnswered: _follow_up_answered,
    ev.SurveyExplained: _survey_explained,
}
