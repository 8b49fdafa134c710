"""Reading and appending a conversation's log. Functions take a connection and belong into `Store.write` or `read`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.decisions.clock import due
from desk.conversation.event import Event, join, split
from desk.conversation.fold import evolve
from desk.conversation.queue import grade
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Stored
from desk.privacy.kinds import Kind
from desk.store import attachments, case_posts, deeds, erasing, lessons, letters, search, watches
from desk.store import schema as t
from desk.store import statements as sql
from desk.store.writer import MEMORY

FOR_CUSTOMER = (ev.BotReplied, ev.SystemWrote, ev.AgentWrote)
"""Events that a channel brings to the customer."""
SHOWN = (ev.CustomerWrote, ev.BotReplied, ev.AgentWrote)
CARRIERS = (ev.CustomerWrote, ev.AgentWrote, ev.NoteAdded)
"""Events that can carry files."""
PREVIEW = 120
PRACTICE = "practice"
"""Owner, in the lists' column, of what is not real: no query for the queue, an agent's load or a list finds it."""
REMEMBERED = 500
"""Conversations, those that were changed last; a state takes some kilobytes."""
GATHER = 20_000
"""Several messages that an agent writes in so many milliseconds are one e-mail."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What a transaction has brought: the new state and the events with their places."""

    state: Conversation
    stored: tuple[Stored, ...]


def load(connection: sa.Connection, conversation: str, *, lock: bool = False) -> Conversation | None:
    """The folded state, or None. With `lock` nobody else changes it until the transaction ends."""
    if lock and (known := connection.info.get(MEMORY, {}).get(conversation)):
        return cast(Conversation, known)
    query = sql.STATE_LOCKED if lock and connection.dialect.name == "postgresql" else sql.STATE
    row = query.first(connection, {"this": conversation})
    return Conversation.from_json(row.state) if row else None


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
    sql.ADD_EVENTS.run_many(connection, rows)
    if contents:
        sql.ADD_CONTENTS.run_many(connection, contents)
    _save_state(connection, before, state, rules)
    _save_beside(connection, state, stored)
    if state.practice is None:
        _act_beside(connection, state, stored)
        if rules.cases_told:
            case_posts.order(connection, before, state, at)
        deeds.record(connection, before, state, stored)
        search.index(connection, state, stored)
        lessons.record(connection, state, stored)
    _erase(connection, state, stored)
    _remember(connection, state)
    return Appended(state, tuple(stored))


def read(connection: sa.Connection, conversation: str, after: int = 0, limit: int = 500) -> list[Stored]:
    """Events after `after`, in order, at most `limit`."""
    rows = sql.READ_EVENTS.all(connection, {"this": conversation, "after": after, "many": limit})
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
    row = sql.ACCEPTED.first(connection, {"channel": channel, "message_id": message_id})
    return (row.conversation, row.seq) if row else None


def accept(connection: sa.Connection, channel: str, message_id: str, conversation: str, seq: int, at: int) -> None:
    """Remember that this message was accepted. Raises IntegrityError when it was before."""
    row = {"channel": channel, "message_id": message_id, "conversation": conversation, "seq": seq, "at": at}
    sql.ACCEPT.run(connection, row)


def upsert(connection: sa.Connection, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row or change the one with this key."""
    statement = sql.prepared_upsert(connection.dialect.name, table, tuple(key), tuple(values))
    statement.run(connection, {**key, **values})


def _remember(connection: sa.Connection, state: Conversation) -> None:
    """For the next message of the same conversation."""
    known = connection.info.get(MEMORY)
    if known is None:
        return
    known.pop(state.id, None)
    known[state.id] = state
    if len(known) > REMEMBERED:
        del known[next(iter(known))]


def _save_state(connection: sa.Connection, before: Conversation, state: Conversation, rules: Rules) -> None:
    # Others set the first two as well, so that they are written whether the state has changed in them or not.
    always = {"due_at": due(state, rules), "uncounted": True, "state": state.to_json()}
    columns = _columns(state)
    if before.seq == 0:
        sql.ADD_STATE.run(connection, {"id": state.id, **columns, **always})
        return
    were = _columns(before)
    changes = {name: value for name, value in columns.items() if value != were[name]} | always
    this = {"this": state.id, "version": before.seq}
    if sql.change_state(*changes).run(connection, {**this, **changes}) != 1:
        raise sa.exc.IntegrityError("the conversation has gone on", None, Exception(state.id))


def _columns(state: Conversation) -> dict[str, Any]:
    """What the folded row shows of a state, for lists and for those who look for work."""
    return {
        "seq": state.seq,
        "owner": PRACTICE if state.practice else str(state.owner),
        "channel": state.channel,
        "practice": state.practice,
        "agent": state.agent or state.held_by,
        "urgent": state.urgent,
        "queued_at": state.queued_at,
        "last_at": state.last_at,
        "bot_work": state.bot_work,
        "shop_work": bool(state.ready_deeds),
        "locale": state.locale,
        "team": state.team,
        "skill": state.skill,
        "wanted_agent": state.wanted_agent,
        "for_everybody": state.for_everybody,
        "grade": grade(state),
        "escalated": state.escalated,
    }


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
        if isinstance(event, CARRIERS) and event.attachments:
            carried = [each["id"] for each in event.attachments]
            attachments.attach(connection, carried, one.seq, private=isinstance(event, ev.NoteAdded))
    if profile:
        upsert(connection, t.profiles, {"conversation": state.id}, profile)
    _move_outbox(connection, state, stored)


def _act_beside(connection: sa.Connection, state: Conversation, stored: Sequence[Stored]) -> None:
    """The rows by which something real follows: figures of the work, letters, news from the shop."""
    for one in stored:
        event = one.event
        if isinstance(event, ev.Claimed):
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


def _erase(connection: sa.Connection, state: Conversation, stored: Sequence[Stored]) -> None:
    """What the log says to be gone goes with it."""
    for one in stored:
        if isinstance(one.event, ev.Erased):
            erasing.erase(connection, state.id)
        elif isinstance(one.event, ev.Expired):
            erasing.erase(connection, state.id, [Kind(each) for each in one.event.kinds])


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
        due_at = None if fetched else stored[0].at
        row = {"channel": state.channel, "sent_seq": 0, "delivered_seq": 0, "attempts": 0, "due_at": due_at}
        sql.ADD_OUTBOX.run(connection, {"conversation": state.id, "last_seq": last, **row})
        return
    if fetched:
        sql.MOVE_LAST.run(connection, {"this": state.id, "last": last})
    else:
        sql.MOVE_LAST_DUE.run(connection, {"this": state.id, "last": last, "due": stored[0].at})


FETCHED = frozenset({"widget", PRACTICE})
"""Channels whose clients fetch by cursor; nothing is pushed to them through the outbox."""
