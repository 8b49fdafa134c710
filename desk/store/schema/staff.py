"""Agents and teams, how they sign in, and what they have done."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store.schema.base import Position, metadata

agents = sa.Table(
    "agents",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True, comment="for signing in"),
    sa.Column("display_name", sa.String(64), nullable=False, comment="what customers see"),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("locale", sa.String(8), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("presence", sa.String(8), nullable=False, comment="online or away, as the agent says"),
    sa.Column("seen_at", sa.BigInteger, nullable=False, comment="last heartbeat of a console"),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("teams", sa.JSON, nullable=False, comment="ids; empty: all"),
    sa.Column("languages", sa.JSON, nullable=False, comment="empty: all"),
    sa.Column("skills", sa.JSON, nullable=False, comment="empty: all"),
    sa.Column("capacity", sa.Integer, nullable=False, comment="customers at a time"),
    sa.Column("acted_at", sa.BigInteger, nullable=False, comment="last sign of the person at a console"),
    sa.Column("worked_at", sa.BigInteger, nullable=False, comment="when a case was last taken or ended"),
)

teams = sa.Table(
    "teams",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("names", sa.JSON, nullable=False, comment="by language"),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("number", Position, primary_key=True, autoincrement=True),
    sa.Column("agent", sa.String(40), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("what", sa.String(16), nullable=False, comment="mention or assigned"),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("by_name", sa.String(64), comment="who asked"),
    sa.Column("seen_at", sa.BigInteger),
    sa.Index("ix_notices_agent", "agent", "seen_at"),
)
"""What an agent should look at, also one who was not there."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", Position, primary_key=True, autoincrement=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("agent", sa.String(40), nullable=False, comment="who did it"),
    sa.Column("what", sa.String(32), nullable=False, comment="an event's type, or an administrator's deed"),
    sa.Column("conversation", sa.String(40)),
    sa.Column("seq", sa.Integer),
    sa.Column("target", sa.String(40), comment="the agent or team that it was done to"),
    sa.Column("data", sa.JSON, nullable=False, comment="what was set; nothing personal of a customer"),
    sa.Index("ix_audit_agent", "agent", "number"),
)
"""Who did what, append-only. What was written stands in the conversation's log, not here."""

agent_sessions = sa.Table(
    "agent_sessions",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("agent", sa.String(40), nullable=False),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.Column("id", sa.String(40), nullable=False, comment="by which its owner ends it"),
    sa.Column("device", sa.String(40), nullable=False, comment="kind of browser and system, no more"),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    sa.Index("ix_agent_sessions_agent", "agent"),
)

second_steps = sa.Table(
    "second_steps",
    metadata,
    sa.Column("agent", sa.String(40), primary_key=True),
    sa.Column("secret", sa.Text, comment="encrypted; empty until it is confirmed"),
    sa.Column("pending", sa.Text, comment="encrypted; was shown and waits for its first code"),
    sa.Column("used", sa.BigInteger, nullable=False, comment="the last code's time step: no code counts twice"),
    sa.Column("recovery", sa.JSON, nullable=False, comment="hashes of the codes for a lost phone"),
)

sign_in_failures = sa.Table(
    "sign_in_failures",
    metadata,
    sa.Column("key", sa.String(100), primary_key=True, comment="account or address, hashed"),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("last_at", sa.BigInteger, nullable=False),
)
