"""What agents do besides talking: how its events change the state (fold.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Deed, Draft, Stored


def _deed_asked(state: Conversation, event: ev.DeedAsked, stored: Stored) -> Conversation:
    fields = {"deed": event.deed, "kind": event.kind, "by": event.by, "order": event.order}
    deed = Deed(**fields, seq=stored.seq, amount=event.amount, needs=event.needs)
    return replace(state, deeds=(*state.deeds, deed))


def _deed_approved(state: Conversation, event: ev.DeedApproved, _: Stored) -> Conversation:
    """Who approves a proposal of the bot is who does it."""

    def ready(deed: Deed) -> Deed:
        return replace(deed, needs=None, by=event.by if deed.by == "bot" else deed.by)

    return replace(state, deeds=tuple(ready(each) if each.deed == event.deed else each for each in state.deeds))


def _deed_ended(state: Conversation, event: ev.DeedDeclined | ev.ActionDone, _: Stored) -> Conversation:
    return replace(state, deeds=tuple(each for each in state.deeds if each.deed != event.deed))


def _drafted(state: Conversation, event: ev.AnswerDrafted, stored: Stored) -> Conversation:
    return replace(state, draft=Draft(turn=event.turn, seq=stored.seq, at=stored.at))


def _answer_approved(state: Conversation, event: ev.AnswerApproved, stored: Stored) -> Conversation:
    return replace(state, draft=None, released=event.turn, released_at=stored.at)


def _tagged(state: Conversation, event: ev.Tagged, _: Stored) -> Conversation:
    return replace(state, tags=event.tags)


FOLDS: dict[type[Event], Callable[[Conversation, Any, Stored], Conversation]] = {
    ev.AnswerDrafted: _drafted,
    ev.AnswerApproved: _answer_approved,
    ev.Tagged: _tagged,
    ev.DeedAsked: _deed_asked,
    ev.DeedApproved: _deed_approved,
    ev.DeedDeclined: _deed_ended,
    ev.ActionDone: _deed_ended,
}
