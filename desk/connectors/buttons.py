"""Reading the buttons that were offered, by the bot or by the desk. Functions take a connection, for `Store.read`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.refusal import Refused
from desk.store import log as event_log


def choices_of(
    connection: sa.Connection, conversation: str, say: Callable[[str, str, dict[str, Any]], str]
) -> tuple[int, tuple[str, ...]]:
    state = event_log.load(connection, conversation)
    recent = event_log.latest(connection, conversation, through=state.seq, limit=50) if state else []
    for each in reversed(recent):
        if isinstance(each.event, ev.BotReplied):
            titles = tuple(str(button["title"]) for button in each.event.buttons)
            return (each.seq, titles) if titles else (0, ())
        if isinstance(each.event, ev.SystemWrote) and each.event.choices:
            lang = each.event.lang
            return each.seq, tuple(say(f"choice_{one['do']}", lang, one) for one in each.event.choices)
    return 0, ()


def button_of(connection: sa.Connection, conversation: str, seq: int, index: int) -> dict[str, Any]:
    """What the bot gave (`title`, `payload`), or a choice of the desk's own (`do`)."""
    stored = event_log.read(connection, conversation, after=seq - 1, limit=1)
    event = stored[0].event if stored and stored[0].seq == seq else None
    buttons = _buttons(event) if event else ()
    if not 0 <= index < len(buttons):
        raise Refused("not_possible", "There is no such button.")
    return dict(buttons[index])


def _buttons(event: Event) -> tuple[dict[str, Any], ...]:
    if isinstance(event, ev.BotReplied):
        return event.buttons
    return event.choices if isinstance(event, ev.SystemWrote) else ()
