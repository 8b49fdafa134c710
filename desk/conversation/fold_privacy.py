"""How erasing changes the state: nothing is left that the bot or people could still work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Care, Conversation, Stored, changed

type Fold = Callable[[Conversation, Any, Stored], Conversation]

ALL = ("content", "identity", "order")
QUIET = (ev.Expired, ev.BotForgot)
"""Nobody did anything: the conversation does not come up in the lists again."""


def _erased(state: Conversation, _event: ev.Erased, _: Stored) -> Conversation:
    return changed(_without_order(_without_content(state)), pending=(), care=Care(), promises=(), expired=ALL)


def _expired(state: Conversation, event: ev.Expired, _: Stored) -> Conversation:
    if "content" in event.kinds:
        state = _without_content(state)
    if "identity" in event.kinds:
        state = changed(state, care=Care())
    if "order" in event.kinds:
        state = _without_order(state)
    return changed(state, expired=(*state.expired, *event.kinds))


def _without_content(state: Conversation) -> Conversation:
    return changed(state, unjudged=(), uninformed=0, packet_missing=False, draft=None, tags=(), to_forget=True)


def _without_order(state: Conversation) -> Conversation:
    """The shop's worker ends what was still to be done: nobody knows any more for whom."""
    deeds = tuple(replace(each, order="") for each in state.deeds)
    return changed(state, order=None, settled_order=None, deeds=deeds)


def _bot_forgot(state: Conversation, _event: ev.BotForgot, _: Stored) -> Conversation:
    return changed(state, to_forget=False)


FOLDS: dict[type[Event], Fold] = {ev.Erased: _erased, ev.Expired: _expired, ev.BotForgot: _bot_forgot}
