"""Conversations with simulated customers, apart from the real ones."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column(
        "conversations",
        sa.Column(
            "practice",
            sa.String(length=40),
            nullable=True,
            comment="the agent who practises with a simulated customer; empty: real",
        ),
    )
    op.create_index("ix_conversations_practice", "conversations", ["practice", "last_at"])
