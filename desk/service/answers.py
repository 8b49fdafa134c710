"""Agents look at the bot's answers before they go, where the shop wants it (ASPA_APPROVE)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.answer import Turn
from desk.conversation.decisions import approval
from desk.conversation.decisions import bot as bot_decisions
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.decisions.customer import clean
from desk.conversation.event import Event
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now
from desk.errors import BadRequest
from desk.service.desk import Delivery, Desk, Done
from desk.store import log as event_log

CHANNEL = "console"


async def approve(desk: Desk, agent: AgentRef, conversation: str, command: str, values: dict[str, Any]) -> Done:
    """The answer of `turn` goes, in the agent's words if there is a `text`. Raises Refused, BadRequest, Unavailable."""
    text = values.get("text") or ""
    if not isinstance(text, str):
        raise BadRequest("bad_request", "text must be a text.")
    text = clean(text).strip()
    drafted = await desk.store.read(partial(_drafted, conversation=conversation))

    def decide(state: Conversation, now: Now) -> Sequence[Event]:
        approval.check(state, values["turn"])
        if drafted is None or drafted.turn != values["turn"] or drafted.answer is None:
            raise Refused("not_possible", "This answer does not wait any more.")
        if len(text) > now.rules.max_length:
            raise Refused("too_long", f"A message has at most {now.rules.max_length} characters.")
        said = approval.restored(drafted.answer)
        if text:
            said = approval.edited(said, text)
        turn = Turn(message_id=drafted.turn, through=drafted.through)
        by = ev.AnswerApproved(turn=drafted.turn, by=agent.id, agent_name=agent.name, edited=bool(text))
        return [by, *bot_decisions.release(state, now, turn, said)]

    return await desk.change(conversation, decide, delivery=Delivery(CHANNEL, command))


def _drafted(connection: sa.Connection, conversation: str) -> ev.AnswerDrafted | None:
    state = event_log.load(connection, conversation)
    if state is None or state.draft is None:
        return None
    (stored,) = event_log.read(connection, conversation, after=state.draft.seq - 1, limit=1)
    return stored.event if isinstance(stored.event, ev.AnswerDrafted) else None
