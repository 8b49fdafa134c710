"""Who works here: agents at work with what they can take, and the teams.

Functions take a connection and belong into `Store.read` or `write`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.conversation.teams import Worker
from desk.store import schema as t
from desk.store.accounts import LISTS, AgentRow, agent_of
from desk.store.lists import worker
from desk.store.log import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An agent with what is known of the moment. `presence`: online, away or offline."""

    agent: AgentRow
    presence: str
    load: int
    worked_at: int

    @property
    def worker(self) -> Worker:
        """As the queue sees it."""
        return worker(self.agent, self.load, self.worked_at)


def seats(connection: sa.Connection, seen_after: int, *, inactive: bool = False) -> list[Seat]:
    """All agents by name. Offline: no console was heard of since `seen_after`."""
    c = t.conversations.c
    counted = sa.select(c.agent, sa.func.count()).where(c.owner == "agent").group_by(c.agent)
    loads: dict[str, int] = dict(connection.execute(counted).all())
    query = sa.select(t.agents).order_by(t.agents.c.display_name)
    if not inactive:
        query = query.where(t.agents.c.active == sa.true())
    return [_seat(row, loads.get(row.id, 0), seen_after) for row in connection.execute(query)]


def at_work(connection: sa.Connection, seen_after: int) -> list[Worker]:
    """Agents who are online and whose console was heard of since then."""
    return [each.worker for each in seats(connection, seen_after) if each.presence == "online"]


def teams(connection: sa.Connection) -> list[dict[str, Any]]:
    """All teams: id, names by language, active."""
    rows = connection.execute(sa.select(t.teams).order_by(t.teams.c.created_at, t.teams.c.id))
    return [{"id": row.id, "names": row.names, "active": row.active} for row in rows]


def save_team(connection: sa.Connection, team: str, names: dict[str, str], active: bool, at: int) -> None:
    """A new team, or other names for it."""
    found = connection.execute(sa.select(t.teams.c.created_at).where(t.teams.c.id == team)).scalar_one_or_none()
    values = {"names": names, "active": active, "created_at": at if found is None else found}
    upsert(connection, t.teams, {"id": team}, values)


def change_agent(connection: sa.Connection, agent: str, changes: dict[str, Any]) -> bool:
    """Set columns of an account; False: there is none."""
    values = {key: list(value) if key in LISTS else value for key, value in changes.items()}
    return connection.execute(t.agents.update().where(t.agents.c.id == agent).values(**values)).rowcount == 1


def end_sessions(connection: sa.Connection, agent: str) -> None:
    """Sign an agent out everywhere."""
    connection.execute(t.agent_sessions.delete().where(t.agent_sessions.c.agent == agent))


def _seat(row: Any, load: int, seen_after: int) -> Seat:
    here = "online" if row.presence == "online" else "away"
    presence = here if row.active and row.seen_at > seen_after else "offline"
    return Seat(agent=agent_of(row), presence=presence, load=load, worked_at=row.worked_at)
