"""Reading and appending a conversation's log. Functions take a connection and belong into `Store.write` or `read`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desk.conversation import events as ev
from desk.conversation.decisions.clock import due
from desk.conversation.event import Event, join, split
from desk.conversation.fold import evolve
from desk.conversation.queue import grade
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Stored
from desk.store import attachments, deeds, letters, search, watches
from desk.store import schema as t

FOR_CUSTOMER = (ev.BotReplied, ev.SystemWrote, ev.AgentWrote)
"""Events that a channel brings to the customer."""
SHOWN = (ev.CustomerWrote, ev.BotReplied, ev.AgentWrote)
CARRIERS = (ev.CustomerWrote, ev.AgentWrote, ev.NoteAdded)
"""Events that can carry files."""
PREVIEW = 120
GATHER = 20_000
"""Several messages that an agent writes in so many milliseconds are one e-mail."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What a transaction has brought: the new state and the events with their places."""

    state: Conversation
    stored: tuple[Stored, ...]


def load(connection: sa.Connection, conversation: str, *, lock: bool = False) -> Conversation | None:
    """The folded state, or None. With `lock` nobody else changes it until the transaction ends."""
    query = sa.select(t.conversations.c.state).where(t.conversations.c.id == conversation)
    if lock and connection.dialect.name == "postgresql":
        query = query.with_for_update()
    state = connection.execute(query).scalar_one_or_none()
    return Conversation.from_json(state) if state else None


def append(connection: sa.Connection, state: Conversation, events: Sequence[Event], at: int, rules: Rules) -> Appended:
    """Write events after the state's last one, and the folded row, in the caller's transaction.

    Raises sqlalchemy IntegrityError when another transaction has gone on from the same version.
    """
    if not events:
        return Appended(state, ())
    before = state
    rows, contents, stored = [], [], []
    for event in events:
        one = Stored(seq=state.seq + 1, at=at, event=event)
        state = evolve(state, one)
        data, content = split(event)
        rows.append({"conversation": state.id, "seq": one.seq, "at": at, "type": event.type, "data": data})
        if content:
            contents.append({"conversation": state.id, "seq": one.seq, "content": content})
        stored.append(one)
    connection.execute(t.events.insert(), rows)
    if contents:
        connection.execute(t.contents.insert(), contents)
    _save_state(connection, before, state, rules)
    _save_beside(connection, state, stored)
    deeds.record(connection, before, state, stored)
    search.index(connection, state, stored)
    return Appended(state, tuple(stored))


def read(connection: sa.Connection, conversation: str, after: int = 0, limit: int = 500) -> list[Stored]:
    """Events after `after`, in order, at most `limit`."""
    query = (
        sa.select(t.events.c.seq, t.events.c.at, t.events.c.type, t.events.c.data, t.contents.c.content)
        .outerjoin(
            t.contents, (t.contents.c.conversation == t.events.c.conversation) & (t.contents.c.seq == t.events.c.seq)
        )
        .where(t.events.c.conversation == conversation, t.events.c.seq > after)
        .order_by(t.events.c.seq)
        .limit(limit)
    )
    rows = connection.execute(query)
    return [Stored(seq=row.seq, at=row.at, event=join(row.type, row.data, row.content)) for row in rows]


def latest(connection: sa.Connection, conversation: str, through: int, limit: int = 200) -> list[Stored]:
    """The last `limit` events up to `through`, in order."""
    return read(connection, conversation, after=max(0, through - limit), limit=limit)


def refold(connection: sa.Connection, conversation: str) -> Conversation:
    """The state made anew from the log alone; the folded row must equal it."""
    state = Conversation(id=conversation)
    while page := read(connection, conversation, after=state.seq):
        for stored in page:
            state = evolve(state, stored)
    return state


def accepted(connection: sa.Connection, channel: str, message_id: str) -> tuple[str, int] | None:
    """(conversation, seq) of a message that was accepted before, by the sender's own id."""
    query = sa.select(t.inbox.c.conversation, t.inbox.c.seq).where(
        t.inbox.c.channel == channel, t.inbox.c.message_id == message_id
    )
    row = connection.execute(query).one_or_none()
    return (row.conversation, row.seq) if row else None


def accept(connection: sa.Connection, channel: str, message_id: str, conversation: str, seq: int, at: int) -> None:
    """Remember that this message was accepted. Raises IntegrityError when it was before."""
    connection.execute(
        t.inbox.insert().values(channel=channel, message_id=message_id, conversation=conversation, seq=seq, at=at)
    )


def upsert(connection: sa.Connection, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row or change the one with this key."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def _save_state(connection: sa.Connection, before: Conversation, state: Conversation, rules: Rules) -> None:
    columns = {
        "seq": state.seq,
        "owner": str(state.owner),
        "channel": state.channel,
        "agent": state.agent or state.held_by,
        "urgent": state.urgent,
        "queued_at": state.queued_at,
        "last_at": state.last_at,
        "due_at": due(state, rules),
        "bot_work": state.bot_work,
        "shop_work": bool(state.ready_deeds),
        "state": state.to_json(),
        "locale": state.locale,
        "team": state.team,
        "skill": state.skill,
        "wanted_agent": state.wanted_agent,
        "for_everybody": state.for_everybody,
        "grade": grade(state),
        "escalated": state.escalated,
    }
    if before.seq == 0:
        connection.execute(t.conversations.insert().values(id=state.id, **columns))
        return
    where = (t.conversations.c.id == state.id) & (t.conversations.c.seq == before.seq)
    changed = connection.execute(t.conversations.update().where(where).values(**columns))
    if changed.rowcount != 1:
        raise sa.exc.IntegrityError("the conversation has gone on", None, Exception(state.id))


def _save_beside(connection: sa.Connection, state: Conversation, stored: Sequence[Stored]) -> None:
    """The rows that follow from events but hold what the folded state must not, or what only tables can do."""
    profile: dict[str, Any] = {}
    for one in stored:
        event = one.event
        if isinstance(event, SHOWN):
            role = {"CustomerWrote": "customer", "BotReplied": "bot", "AgentWrote": "agent"}[event.type]
            shown = event.text or ", ".join(each["name"] for each in getattr(event, "attachments", ()))
            profile["preview"] = {"role": role, "text": shown[:PREVIEW]}
        elif isinstance(event, ev.CustomerNamed):
            profile |= {k: v for k, v in (("name", event.name), ("email", event.email), ("phone", event.phone)) if v}
        elif isinstance(event, ev.Claimed):
            claimed = {"agent": event.agent, "claimed_at": one.at, "ended_at": None}
            upsert(connection, t.handled, {"conversation": state.id, "case_number": state.case}, claimed)
        elif (
            isinstance(event, (ev.Resolved, ev.ReturnedToBot, ev.Transferred, ev.Requeued, ev.PutOnHold)) and state.case
        ):
            _end_handling(connection, state, one.at)
        elif isinstance(event, ev.LetterOrdered):
            wait = GATHER if event.letter == "answer" else 0
            letters.order(connection, state.id, one.seq, event.letter, one.at + wait)
        elif isinstance(event, ev.ActionDone) and event.ok:
            watches.keep(connection, state.id, event.order, event.reference, one.at)
        if isinstance(event, CARRIERS) and event.attachments:
            carried = [each["id"] for each in event.attachments]
            attachments.attach(connection, carried, one.seq, private=isinstance(event, ev.NoteAdded))
    if profile:
        upsert(connection, t.profiles, {"conversation": state.id}, profile)
    _move_outbox(connection, state, stored)


def _end_handling(connection: sa.Connection, state: Conversation, at: int) -> None:
    ended = t.handled.update().where(
        t.handled.c.conversation == state.id, t.handled.c.case_number == state.case, t.handled.c.ended_at.is_(None)
    )
    connection.execute(ended.values(ended_at=at))


def _move_outbox(connection: sa.Connection, state: Conversation, stored: Sequence[Stored]) -> None:
    last = max((one.seq for one in stored if isinstance(one.event, FOR_CUSTOMER)), default=None)
    if last is None:
        return
    fetched = state.channel in FETCHED
    if any(isinstance(one.event, ev.Opened) for one in stored):
        row = {"channel": state.channel, "sent_seq": 0, "delivered_seq": 0, "attempts": 0}
        connection.execute(
            t.outbox.insert().values(
                conversation=state.id, last_seq=last, due_at=None if fetched else stored[0].at, **row
            )
        )
        return
    values: dict[str, Any] = {"last_seq": last}
    if not fetched:  # a retry that is already set for later stays as it is
        values["due_at"] = sa.func.coalesce(t.outbox.c.due_at, stored[0].at)
    connection.execute(t.outbox.update().where(t.outbox.c.conversation == state.id).values(**values))


FETCHED = frozenset({"widget"})
"""Channels whose clients fetch by cursor; nothing is pushed to them through the outbox."""
