"""Rows of agents' sessions and of their second step. Functions take a connection and belong into `Store.read` or
`write`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.store import schema as t
from desk.store.log import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStep:
    """`secret` and `pending` are encrypted; `recovery`: hashes of codes that work once each."""

    secret: str | None = None
    pending: str | None = None
    used: int = 0
    recovery: tuple[str, ...] = ()


def sessions(connection: sa.Connection, agent: str, now: int) -> list[dict[str, Any]]:
    """An agent's sessions, the one begun last first; with `token_hash`, which is nobody's to see."""
    c = t.agent_sessions.c
    query = sa.select(c.id, c.token_hash, c.device, c.created_at, c.seen_at)
    query = query.where(c.agent == agent, c.expires_at > now).order_by(c.created_at.desc(), c.id)
    return [dict(row._mapping) for row in connection.execute(query)]


def see_session(connection: sa.Connection, token_hash: str, at: int) -> None:
    """Its console lives."""
    connection.execute(t.agent_sessions.update().where(t.agent_sessions.c.token_hash == token_hash).values(seen_at=at))


def end(connection: sa.Connection, token_hashes: list[str]) -> None:
    """End these sessions."""
    connection.execute(t.agent_sessions.delete().where(t.agent_sessions.c.token_hash.in_(token_hashes)))


def second_step(connection: sa.Connection, agent: str) -> SecondStep:
    """As it is set; an empty one when it never was."""
    row = connection.execute(sa.select(t.second_steps).where(t.second_steps.c.agent == agent)).one_or_none()
    if row is None:
        return SecondStep()
    return SecondStep(secret=row.secret, pending=row.pending, used=row.used, recovery=tuple(row.recovery))


def with_second_step(connection: sa.Connection) -> set[str]:
    """Agents whose sign-in has one."""
    c = t.second_steps.c
    return set(connection.execute(sa.select(c.agent).where(c.secret.is_not(None))).scalars())


def set_second_step(connection: sa.Connection, agent: str, step: SecondStep) -> None:
    """Keep it."""
    values = {"secret": step.secret, "pending": step.pending, "used": step.used, "recovery": list(step.recovery)}
    upsert(connection, t.second_steps, {"agent": agent}, values)


def drop_second_step(connection: sa.Connection, agent: str) -> None:
    """From now on the password alone is asked for."""
    connection.execute(t.second_steps.delete().where(t.second_steps.c.agent == agent))
