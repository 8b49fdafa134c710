"""Figures: what is counted of each conversation, the sums of each day, when agents had cases."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column(
        "conversations",
        sa.Column(
            "uncounted",
            sa.Boolean(),
            nullable=False,
            server_default=sa.true(),
            comment="the figures do not know its latest events yet",
        ),
    )
    op.create_index(
        "ix_conversations_uncounted",
        "conversations",
        ["uncounted"],
        sqlite_where=sa.text("uncounted"),
        postgresql_where=sa.text("uncounted"),
    )
    op.create_table(
        "figure_contacts",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False, comment="of its first message, in the shop's time zone"),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("matter", sa.String(length=100), comment="order and kind of problem; empty where either is unknown"),
        sa.Column("due_at", sa.BigInteger(), comment="when time alone changes what is counted"),
        sa.Column(
            "cells", sa.JSON(), nullable=False, comment="what it is counted under: channel, language, intent, team"
        ),
        sa.Column("tally", sa.JSON(), nullable=False, comment="what it adds to its day"),
        sa.Column("facts", sa.JSON(), nullable=False, comment="its row of the CSV file"),
        sa.PrimaryKeyConstraint("conversation", "number"),
    )
    op.create_index("ix_figure_contacts_day", "figure_contacts", ["day", "began_at", "conversation", "number"])
    op.create_index("ix_figure_contacts_matter", "figure_contacts", ["matter", "began_at"])
    op.create_index("ix_figure_contacts_due", "figure_contacts", ["due_at"])
    op.create_table(
        "figure_days",
        sa.Column(
            "dimension",
            sa.String(length=10),
            nullable=False,
            comment="all, channel, language, intent, team or agent",
        ),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("dimension", "value", "day"),
    )
    op.create_index("ix_figure_days_day", "figure_days", ["day", "dimension"])
    op.create_table(
        "figure_spans",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "position"),
    )
    op.create_index("ix_figure_spans_agent", "figure_spans", ["agent", "ended_at", "started_at"])
