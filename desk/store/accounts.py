"""Rows of agents, their sessions, customers' sessions and failed sign-ins."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.store import schema as t
from desk.store.log import upsert
from desk.store.prepared import Prepared

LISTS = ("teams", "languages", "skills")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRow:
    """An agent's account, without the password."""

    id: str
    name: str
    display_name: str
    role: str
    locale: str
    presence: str
    """online or away as the agent says; idle: away by itself."""
    active: bool
    teams: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    capacity: int = 4

    def to_json(self) -> dict[str, Any]:
        """As the console sees it."""
        shown = ("id", "name", "display_name", "locale", "role", "capacity")
        lists = {field: list(getattr(self, field)) for field in LISTS}
        presence = "online" if self.presence == "online" else "away"
        return {field: getattr(self, field) for field in shown} | lists | {"presence": presence}


def hashed(token: str) -> str:
    """What is kept of a token: who reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def agent_by(connection: sa.Connection, **key: str) -> tuple[AgentRow, str] | None:
    """(account, password hash) by `id` or `name`."""
    ((column, value),) = key.items()
    row = connection.execute(sa.select(t.agents).where(t.agents.c[column] == value)).one_or_none()
    return (agent_of(row), row.password_hash) if row else None


def active_agents(connection: sa.Connection) -> list[AgentRow]:
    """All who may sign in, by name."""
    rows = connection.execute(
        sa.select(t.agents).where(t.agents.c.active == sa.true()).order_by(t.agents.c.display_name)
    )
    return [agent_of(row) for row in rows]


def add_agent(connection: sa.Connection, row: AgentRow, password_hash: str, at: int) -> None:
    """A new account. Raises IntegrityError when the name is taken."""
    values = {field: getattr(row, field) for field in AgentRow.__dataclass_fields__}
    values |= {field: list(values[field]) for field in LISTS}
    never = {"seen_at": 0, "acted_at": 0, "worked_at": 0}
    connection.execute(t.agents.insert().values(**values, **never, password_hash=password_hash, created_at=at))


def see_agent(connection: sa.Connection, agent: str, at: int) -> None:
    """A console of this agent is alive."""
    connection.execute(t.agents.update().where(t.agents.c.id == agent).values(seen_at=at))


def touch_agent(connection: sa.Connection, agent: str, at: int) -> bool:
    """The person did something at a console; who was away only by itself is back. True: so it was."""
    c = t.agents.c
    connection.execute(t.agents.update().where(c.id == agent).values(acted_at=at, seen_at=at))
    back = t.agents.update().where(c.id == agent, c.presence == "idle").values(presence="online")
    return connection.execute(back).rowcount == 1


def untouched_agents(connection: sa.Connection, acted_before: int) -> list[str]:
    """Who is online by word only: nobody has touched their consoles since then."""
    c = t.agents.c
    query = sa.select(c.id).where(c.presence == "online", c.acted_at > 0, c.acted_at < acted_before)
    return list(connection.execute(query).scalars())


def rest_agents(connection: sa.Connection, agents: list[str], acted_before: int) -> None:
    """These are away from now on, until somebody touches their consoles."""
    c = t.agents.c
    still = (c.id.in_(agents)) & (c.presence == "online") & (c.acted_at < acted_before)
    connection.execute(t.agents.update().where(still).values(presence="idle"))


def set_presence(connection: sa.Connection, agent: str, presence: str) -> None:
    """Online or away."""
    connection.execute(t.agents.update().where(t.agents.c.id == agent).values(presence=presence))


def add_agent_session(
    connection: sa.Connection, token: str, agent: str, csrf: str, at: int, expires_at: int, *, device: str = ""
) -> None:
    """A signed-in browser."""
    values = {"token_hash": hashed(token), "agent": agent, "csrf": csrf, "created_at": at, "expires_at": expires_at}
    shown = {"id": "s_" + secrets.token_urlsafe(12), "device": device, "seen_at": at}
    connection.execute(t.agent_sessions.insert().values(**values, **shown))


def agent_session(connection: sa.Connection, token: str, now: int) -> tuple[AgentRow, str] | None:
    """(account, csrf token) of a session that has not ended, of an account that is active."""
    row = _SESSION.first(connection, {"token": hashed(token), "now": now})
    return (agent_of(row), row.csrf) if row else None


_SESSION = Prepared(  # asked for with each command of a console, so made once
    sa.select(t.agents, t.agent_sessions.c.csrf)
    .join(t.agents, t.agents.c.id == t.agent_sessions.c.agent)
    .where(
        t.agent_sessions.c.token_hash == sa.bindparam("token"),
        t.agent_sessions.c.expires_at > sa.bindparam("now"),
        t.agents.c.active == sa.true(),
    )
)


def end_agent_session(connection: sa.Connection, token: str) -> None:
    """Sign out."""
    connection.execute(t.agent_sessions.delete().where(t.agent_sessions.c.token_hash == hashed(token)))


def add_customer_session(connection: sa.Connection, token: str, conversation: str, at: int) -> None:
    """A customer's key to one conversation."""
    values = {"token_hash": hashed(token), "conversation": conversation, "created_at": at}
    connection.execute(t.customer_sessions.insert().values(**values))


def customer_conversation(connection: sa.Connection, token: str) -> str | None:
    """The conversation that a customer's token opens."""
    query = sa.select(t.customer_sessions.c.conversation).where(t.customer_sessions.c.token_hash == hashed(token))
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def failures(connection: sa.Connection, key: str) -> tuple[int, int]:
    """(failed sign-ins in a row, time of the last) by account or address."""
    query = sa.select(t.sign_in_failures.c.count, t.sign_in_failures.c.last_at).where(t.sign_in_failures.c.key == key)
    row = connection.execute(query).one_or_none()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def count_failure(connection: sa.Connection, key: str, at: int) -> None:
    """One more."""
    count, _ = failures(connection, key)
    upsert(connection, t.sign_in_failures, {"key": key}, {"count": count + 1, "last_at": at})


def forget_failures(connection: sa.Connection, key: str) -> None:
    """A sign-in succeeded."""
    connection.execute(t.sign_in_failures.delete().where(t.sign_in_failures.c.key == key))


def agent_of(row: Any) -> AgentRow:
    """The account of a row of the table."""
    values = {field: getattr(row, field) for field in AgentRow.__dataclass_fields__}
    return AgentRow(**values | {field: tuple(values[field] or ()) for field in LISTS})
