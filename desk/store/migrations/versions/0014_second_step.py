"""Agents' second step at the sign-in; sessions that can be told apart. Who is signed in signs in once more."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.drop_table("agent_sessions")
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=40), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False, comment="by which its owner ends it"),
        sa.Column("device", sa.String(length=40), nullable=False, comment="kind of browser and system, no more"),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_agent_sessions_agent", "agent_sessions", ["agent"])
    op.create_table(
        "second_steps",
        sa.Column("agent", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.Text(), comment="encrypted; empty until it is confirmed"),
        sa.Column("pending", sa.Text(), comment="encrypted; was shown and waits for its first code"),
        sa.Column("used", sa.BigInteger(), nullable=False, comment="the last code's time step: no code counts twice"),
        sa.Column("recovery", sa.JSON(), nullable=False, comment="hashes of the codes for a lost phone"),
        sa.PrimaryKeyConstraint("agent"),
    )
