"""For channels of letters (channel.Letters): when a letter is complete, and what it need not repeat."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.state import Conversation, Owner, Stored
from desk.service.desk import Desk
from desk.store import log as event_log

_LOOK_AGAIN = 1.0
"""Seconds: how late an answer that another desk process has brought is found at most."""
_HISTORY = 200


async def whole(desk: Desk, conversation: str, together: float) -> None:
    """Return when nothing more is to be expected in answer to what the customer has written, or after `together` s."""
    changed = asyncio.Event()
    stop = desk.hub.listen(lambda _: changed.set(), conversation)
    try:
        while True:
            changed.clear()
            state = await desk.store.read(partial(event_log.load, conversation=conversation))
            seconds = left(state, desk.clock(), together) if state else 0
            if seconds <= 0:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), min(seconds, _LOOK_AGAIN))
    finally:
        stop()


def left(state: Conversation, now: int, together: float) -> float:
    """Seconds for which the bot's answer is still worth waiting for; 0 when none is on its way."""
    if state.owner is not Owner.BOT or not state.pending:
        return 0.0
    return (state.pending[-1].at - now) / 1000 + together


def said_again(connection: sa.Connection, conversation: str, fresh: Sequence[Stored]) -> set[int]:
    """Those of `fresh` in which the desk says what it has said since the customer last wrote."""
    if not any(isinstance(each.event, ev.SystemWrote) for each in fresh):
        return set()
    known: set[str] = set()
    again: set[int] = set()
    for each in event_log.latest(connection, conversation, through=fresh[-1].seq, limit=_HISTORY):
        if isinstance(each.event, ev.CustomerWrote):
            known.clear()
        elif isinstance(each.event, ev.SystemWrote):
            if each.event.text in known:
                again.add(each.seq)
            known.add(each.event.text)
    return again
