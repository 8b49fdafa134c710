"""Who did what: the audit log, and the notices to agents that follow from events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Stored
from desk.store import schema as t
from desk.store.statements import ADD_DEEDS

AGENT = "a_"
"""How the ids of agents begin, and no others."""
PAGE = 100
_MOVES = (ev.Claimed, ev.Resolved, ev.ReturnedToBot, ev.Requeued, ev.Transferred, ev.PutOnHold)
_TOLD = ("why", "outcome", "cause", "until", "due", "to_team", "source", "assigned", "kind", "amount", "reference")
"""Fields of events that the audit log repeats: never what somebody wrote."""


def record(connection: sa.Connection, before: Conversation, state: Conversation, stored: Sequence[Stored]) -> None:
    """The rows that follow from new events, in the transaction that appends them."""
    deeds, notices = [], []
    owner = before.agent
    for one in stored:
        if agent := _doer(one.event):
            deeds.append(_deed(agent, one, state.id))
        if isinstance(one.event, ev.Requeued) and one.event.why == "unanswered" and owner:
            _rest(connection, owner)
        notices += _notices(connection, one, state.id)
        if isinstance(one.event, _MOVES):
            _mark_work(connection, getattr(one.event, "agent", None) or owner, one.at)
            owner = getattr(one.event, "agent", None)
    if deeds:
        ADD_DEEDS.run_many(connection, deeds)
    if notices:
        connection.execute(t.notices.insert(), notices)


def note(
    connection: sa.Connection,
    agent: str,
    what: str,
    at: int,
    *,
    target: str | None = None,
    conversation: str | None = None,
    **data: Any,
) -> None:
    """Something that was done outside conversations, or with one and not in it."""
    row: dict[str, Any] = {"agent": agent, "what": what, "at": at, "target": target, "seq": None, "data": data}
    row["conversation"] = conversation
    connection.execute(t.audit.insert(), [row])


def page(connection: sa.Connection, agent: str | None, before: int | None) -> list[dict[str, Any]]:
    """The latest deeds, of one agent or of all, older than `before` (a number of a row)."""
    c = t.audit.c
    query = sa.select(t.audit).order_by(c.number.desc()).limit(PAGE)
    if agent:
        query = query.where(c.agent == agent)
    if before is not None:
        query = query.where(c.number < before)
    return [dict(row._mapping) for row in connection.execute(query)]


def unseen(connection: sa.Connection, agent: str) -> list[dict[str, Any]]:
    """The notices that this agent has not looked at, the latest first."""
    c = t.notices.c
    query = sa.select(t.notices).where(c.agent == agent, c.seen_at.is_(None)).order_by(c.number.desc()).limit(PAGE)
    shown = ("number", "at", "what", "conversation", "seq", "by_name")
    return [{key: row._mapping[key] for key in shown} for row in connection.execute(query)]


def see(connection: sa.Connection, agent: str, conversation: str, at: int) -> int:
    """The agent has opened the conversation; how many notices that settles."""
    c = t.notices.c
    seen = t.notices.update().where(c.agent == agent, c.conversation == conversation, c.seen_at.is_(None))
    return connection.execute(seen.values(seen_at=at)).rowcount


def _doer(event: Event) -> str | None:
    who = getattr(event, "by", None) or getattr(event, "agent", None)
    given = isinstance(event, ev.Claimed) and event.assigned
    return who if isinstance(who, str) and who.startswith(AGENT) and not given else None


def _deed(agent: str, one: Stored, conversation: str) -> dict[str, Any]:
    told = {key: value for key in _TOLD if (value := getattr(one.event, key, None)) not in (None, "", False)}
    target = getattr(one.event, "to_agent", None)
    return {
        "agent": agent,
        "what": one.event.type,
        "at": one.at,
        "target": target,
        "conversation": conversation,
        "seq": one.seq,
        "data": told,
    }


def _notices(connection: sa.Connection, one: Stored, conversation: str) -> list[dict[str, Any]]:
    event = one.event
    row = {"at": one.at, "conversation": conversation, "seq": one.seq, "seen_at": None}
    if isinstance(event, ev.NoteAdded) and event.mentions:
        asked = _members(connection, event.mentions) - {event.agent}
        return [{**row, "agent": agent, "what": "mention", "by_name": event.agent_name} for agent in sorted(asked)]
    if isinstance(event, ev.Claimed) and event.assigned:
        return [{**row, "agent": event.agent, "what": "assigned", "by_name": None}]
    return []


def _members(connection: sa.Connection, mentions: Sequence[str]) -> set[str]:
    """The agents who are meant, those of a team too."""
    c = t.agents.c
    teams = {each for each in mentions if not each.startswith(AGENT)}
    rows = connection.execute(sa.select(c.id, c.teams).where(c.active == sa.true()))
    return {row.id for row in rows if row.id in mentions or teams & set(row.teams)}


def _rest(connection: sa.Connection, agent: str) -> None:
    """Who does not take up what was given is not there: away until the person does something."""
    c = t.agents.c
    connection.execute(t.agents.update().where(c.id == agent, c.presence == "online").values(presence="idle"))


def _mark_work(connection: sa.Connection, agent: str | None, at: int) -> None:
    if agent:
        connection.execute(t.agents.update().where(t.agents.c.id == agent).values(worked_at=at))
