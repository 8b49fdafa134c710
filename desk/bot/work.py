"""What the bot has to be told in a conversation, read from the store, and how it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.case_page.reading import Standing, standing
from desk.conversation import events as ev
from desk.conversation.answer import BotAnswer
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Owner, Stored
from desk.service.hub import Changed
from desk.store import log as event_log
from desk.store import profiles

HISTORY = 10
"""Earlier messages that the judge is shown."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the bot has to be told in one conversation, and what for."""

    state: Conversation
    messages: tuple[Stored, ...]
    """The customer's messages that the bot has to answer."""
    told: tuple[Stored, ...]
    """What happened up to the end of the people's part, if the bot does not know of it."""
    unjudged: tuple[Stored, ...] = ()
    """Messages to people that the judge has not seen."""
    earlier: tuple[Stored, ...] = ()
    """The customer's messages before those."""
    standing: Standing | None = None
    """How the customer's case stands, if people have had one."""


def load_work(connection: sa.Connection, conversation: str) -> Work | None:
    """The state with the customer's unanswered messages, and since the last handoff what the bot missed."""
    state = event_log.load(connection, conversation)
    if state is None or not state.bot_work:
        return None
    wanted = {each.seq for each in state.pending} if state.draft is None else set()
    first = min(wanted) - 1 if wanted else state.seq
    messages = tuple(each for each in event_log.read(connection, conversation, after=first) if each.seq in wanted)
    told: tuple[Stored, ...] = ()
    if state.uninformed:
        told = tuple(event_log.latest(connection, conversation, through=state.uninformed))
    if state.unjudged and not messages:
        return Work(state, messages, told, *_to_judge(connection, state))
    case = None
    if messages and state.case:
        case = standing(state, event_log.read(connection, conversation, limit=state.seq))
    return Work(state, messages, told, standing=case)


def told_work(changed: Changed) -> Work | None:
    """What a change itself says of what is to do: all of it, where the messages have just come and the bot knows what
    was before. None: the store has to be read."""
    state = changed.state
    if state.draft is not None or state.uninformed or state.to_forget or state.case or not state.pending:
        return None
    wanted = {each.seq for each in state.pending}
    messages = tuple(each for each in changed.stored if each.seq in wanted)
    return Work(state, messages, ()) if len(messages) == len(wanted) else None


def _to_judge(connection: sa.Connection, state: Conversation) -> tuple[tuple[Stored, ...], tuple[Stored, ...]]:
    """(messages the judge has not seen, those shortly before)."""
    recent = event_log.latest(connection, state.id, through=state.seq)
    written = [each for each in recent if isinstance(each.event, ev.CustomerWrote)]
    unjudged = tuple(each for each in written if each.seq in state.unjudged)
    earlier = tuple(each for each in written if unjudged and each.seq < unjudged[0].seq)
    return unjudged, earlier[-HISTORY:]


def one_turn(state: Conversation, messages: tuple[Stored, ...]) -> tuple[Stored, ...]:
    """What is answered at once: one message; after an outage all that was written. A button stands alone."""
    if wrote(messages[0]).payload is not None or state.owner is not Owner.QUEUE:
        return messages[:1]
    together = []
    for each in messages:
        if wrote(each).payload is not None:
            break
        together.append(each)
    return tuple(together)


def question(
    state: Conversation,
    batch: tuple[Stored, ...],
    profile: profiles.Profile,
    page: str = "",
    case: dict[str, Any] | None = None,
) -> dict[str, Any]:
    last = wrote(batch[-1])
    first_message = state.last_shop_at is None
    proof = _proof(batch[-1])
    return {
        "conversation": state.id,
        "message_id": last.message_id,
        "text": "\n".join(wrote(each).text for each in batch),
        "button": last.payload,
        "channel": state.channel,
        "locale": state.locale,
        "customer": proof or {"name": profile.name, "email": profile.email, "verified": False},
        "first": first_message,
        "page": page or None,
        "case": case,
        "files": sum(len(wrote(each).attachments) for each in batch),
    }


def told_case(standing: Standing | None, page: str) -> dict[str, Any] | None:
    """How the case stands, for the bot's answer to "any news?" (docs/protocol.md): what the customer's page shows."""
    if standing is None:
        return None
    return {
        "number": standing.case,
        "state": standing.state,
        "resolved_at": standing.resolved_at,
        "promises": [{"kind": each.kind, "due": each.due, "how": each.how} for each in standing.promises],
        "done": [{"kind": each.kind, "at": each.at, "order": each.order} for each in standing.deeds],
        "page": page,
    }


def _proof(last: Stored) -> dict[str, Any] | None:
    """Who the shop said wrote this, if its word still held when it was written."""
    proof = wrote(last).proof
    if not proof or proof["until"] <= last.at:
        return None
    return {"name": proof["name"], "email": proof["email"], "phone": proof["phone"], "verified": True}


def newly_named(profile: profiles.Profile, said: BotAnswer) -> list[Event]:
    """What the bot's slots say about the customer that we did not know."""
    known = {"name": profile.name, "email": profile.email, "phone": profile.phone}
    found = {key: said.slots.get(key) for key in known}
    new = {key: str(value) for key, value in found.items() if value and str(value) != known[key]}
    return [ev.CustomerNamed(**new)] if new else []


def wrote(stored: Stored) -> ev.CustomerWrote:
    if not isinstance(stored.event, ev.CustomerWrote):
        raise TypeError(f"event {stored.seq} is {stored.event.type}, not a customer's message")
    return stored.event


def said_by(event: ev.CustomerWrote | ev.AgentWrote) -> dict[str, str]:
    return {"role": "customer" if isinstance(event, ev.CustomerWrote) else "agent", "text": event.text}


def _effect(event: ev.ActionDone) -> dict[str, Any]:
    shown = ("kind", "order", "amount", "reference", "ok")
    return {name: getattr(event, name) for name in shown}


def outcome(work: Work) -> dict[str, Any]:
    """What people did since the bot last had the conversation."""
    state = work.state
    resolved = (each.event for each in reversed(work.told) if isinstance(each.event, ev.Resolved))
    spoken = (each.event for each in work.told if isinstance(each.event, (ev.CustomerWrote, ev.AgentWrote)))
    return {
        "conversation": state.id,
        "message_id": f"{state.id}:{state.uninformed}",
        "what": "returned" if state.owner is Owner.BOT else "resolved",
        "outcome": next((event.outcome for event in resolved), None),
        "said": [said_by(event) for event in spoken],
        "effects": [_effect(each.event) for each in work.told if isinstance(each.event, ev.ActionDone)],
    }
