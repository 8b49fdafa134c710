"""Cases in a team's channel."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "team_threads",
        sa.Column("place", sa.String(length=40), nullable=False, comment="the team's channel, as its service calls it"),
        sa.Column("thread", sa.String(length=40), nullable=False, comment="the case's message there"),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False, comment="shown up to this event"),
        sa.Column("live", sa.Boolean(), nullable=False, comment="people have the case: what is said belongs there"),
        sa.Column(
            "shown", sa.String(length=64), nullable=False, comment="hash of the case's message as it stands there"
        ),
        sa.Column("agent", sa.String(length=40), comment="who acted last from there"),
        sa.Column("acted_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("place", "thread"),
    )
    op.create_index("ix_team_threads_conversation", "team_threads", ["conversation", "case_number"])
    op.create_index("ix_team_threads_live", "team_threads", ["place", "live"])
