"""The agents' lists: which conversations stand in which view, in which order, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.conversation.queue import grade, need_of
from desk.conversation.state import Conversation
from desk.conversation.teams import Worker, lacks
from desk.store import schema as t
from desk.store.accounts import AgentRow
from desk.store.among import among

PAGE = 50
EARLIER = 20
EVERYTHING = sa.true()
VIEWS = ("waiting", "mine", "team", "bot", "resolved")
"""What is real."""
PRACTICE = "practice"
"""One more view: the agent's own simulated customers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation with what lists show of its customer."""

    state: Conversation
    profile: dict[str, Any]


def page(
    connection: sa.Connection, view: str, agent: AgentRow, after: str | None, seen: sa.ColumnElement[bool] = EVERYTHING
) -> tuple[list[Row], str | None]:
    """The rows of a view after a cursor, and the next cursor. ValueError for a cursor that is none of ours."""
    c = t.conversations.c
    query = rows().where(_belongs(view, agent.id), seen)
    # Waiting cases stand in the queue's order, those that this agent is meant to take before the others; all other
    # views by the last event, newest first.
    if view == "waiting":
        place = (_foreign(agent), c.grade, c.queued_at, c.id)
        if after:
            query = query.where(sa.tuple_(*place) > sa.tuple_(*_cursor(after, 4)))
        query = query.order_by(*place)
    else:
        if after:
            query = query.where(sa.tuple_(c.last_at, c.id) < sa.tuple_(*_cursor(after, 2)))
        query = query.order_by(c.last_at.desc(), c.id.desc())
    found = [row_of(each) for each in connection.execute(query.limit(PAGE + 1))]
    if len(found) <= PAGE:
        return found, None
    last = found[PAGE - 1].state
    if view != "waiting":
        return found[:PAGE], f"{last.last_at}.{last.id}"
    foreign = int(lacks(worker(agent), need_of(last)) is not None)
    return found[:PAGE], f"{foreign}.{grade(last)}.{last.queued_at}.{last.id}"


def worker(agent: AgentRow, load: int = 0, worked_at: int = 0) -> Worker:
    """The account as the queue sees it."""
    return Worker(
        id=agent.id,
        name=agent.display_name,
        teams=frozenset(agent.teams),
        languages=frozenset(agent.languages),
        skills=frozenset(agent.skills),
        capacity=agent.capacity,
        load=load,
        worked_at=worked_at,
    )


def _foreign(agent: AgentRow) -> sa.ColumnElement[int]:
    """teams.lacks as SQL: 0 for what this agent is meant to take, 1 for the rest; a test compares the two."""
    c = t.conversations.c
    able = [
        c.locale.in_(agent.languages) if agent.languages else sa.true(),
        c.skill.is_(None) | c.skill.in_(agent.skills) if agent.skills else sa.true(),
        c.team.is_(None) | c.team.in_(agent.teams) if agent.teams else sa.true(),
    ]
    open_to_me = c.wanted_agent.is_(None) & ((c.for_everybody == sa.true()) | sa.and_(*able))
    return sa.case(((c.wanted_agent == agent.id) | open_to_me, 0), else_=1)


def one(connection: sa.Connection, conversation: str) -> Row | None:
    """One conversation's row."""
    found = connection.execute(rows().where(t.conversations.c.id == conversation)).one_or_none()
    return row_of(found) if found else None


def some(connection: sa.Connection, conversations: Sequence[str]) -> list[Row]:
    """The rows of these conversations that are there, the latest first."""
    c = t.conversations.c
    query = rows().where(among(c.id, conversations)).order_by(c.last_at.desc(), c.id.desc())
    return [row_of(each) for each in connection.execute(query)]


def profiles(connection: sa.Connection, conversations: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What lists show of the customers of those conversations that are there."""
    c, p = t.conversations.c, t.profiles.c
    query = sa.select(c.id, p.name, p.email, p.phone, p.preview).outerjoin(t.profiles, p.conversation == c.id)
    return {row.id: _profile(row) for row in connection.execute(query.where(among(c.id, conversations)))}


def earlier(connection: sa.Connection, row: Row) -> list[Row]:
    """Other conversations of the same customer, newest first: same e-mail address as told, or same person of a channel
    that knows its people."""
    c, p, a = t.conversations.c, t.profiles.c, t.addresses.c
    person = sa.select(a.person).where(a.conversation == row.state.id).scalar_subquery()
    ways = [sa.select(a.conversation).where(a.channel == row.state.channel, a.person == person)]
    if email := row.profile.get("email"):
        ways.append(sa.select(p.conversation).where(p.email == email))
    # A union, because with "or" both databases read every conversation that there is.
    theirs = sa.select(sa.union(*ways).subquery().c.conversation)
    query = rows().where(c.id.in_(theirs), c.id != row.state.id, c.practice.is_(None))
    query = query.order_by(c.last_at.desc()).limit(EARLIER)
    return [row_of(each) for each in connection.execute(query)]


def counts(connection: sa.Connection, agent: str, seen: sa.ColumnElement[bool] = EVERYTHING) -> dict[str, int]:
    """How many stand in each view that an agent works on."""
    columns = [
        sa.select(sa.func.count())
        .select_from(t.conversations)
        .where(_belongs(view, agent), seen)
        .scalar_subquery()
        .label(view)
        for view in VIEWS[:-1]
    ]
    row = connection.execute(sa.select(*columns)).one()
    return {view: int(row[index]) for index, view in enumerate(VIEWS[:-1])}


def rows() -> sa.Select[Any]:
    """All conversations with what lists show of their customers."""
    c, p = t.conversations.c, t.profiles.c
    return sa.select(c.state, p.name, p.email, p.phone, p.preview).outerjoin(t.profiles, p.conversation == c.id)


def _belongs(view: str, agent: str) -> sa.ColumnElement[bool]:
    c = t.conversations.c
    match view:
        case "waiting":
            return c.owner == "queue"
        case "mine":
            return (c.agent == agent) & c.owner.in_(("agent", "hold"))
        case "team":
            return c.owner.in_(("agent", "hold"))
        case "bot":
            return c.owner == "bot"
        case "practice":
            return c.practice == agent
        case _:
            return c.owner == "closed"


def row_of(row: Any) -> Row:
    """A row of `rows`."""
    return Row(Conversation.from_json(row.state), _profile(row))


def _profile(row: Any) -> dict[str, Any]:
    return {"name": row.name, "email": row.email, "phone": row.phone, "preview": row.preview}


def _cursor(text: str, parts: int) -> tuple[int | str, ...]:
    *numbers, key = text.split(".", parts - 1)
    if len(numbers) != parts - 1 or "." in key:
        raise ValueError(text)
    return (*map(int, numbers), key)
