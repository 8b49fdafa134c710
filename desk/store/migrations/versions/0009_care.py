"""Letters to customers; what customers wait to hear from the shop; earlier conversations by e-mail address."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="the event that asked for it"),
        sa.Column("letter", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.BigInteger(), comment="when to try next; empty: nothing to do any more"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("through", sa.Integer(), comment="says what happened up to this event"),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )
    op.create_index("ix_letters_due", "letters", ["due_at"])
    op.create_table(
        "watches",
        sa.Column("key", sa.String(length=120), nullable=False, comment="order:<number> or reference:<reference>"),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "conversation"),
    )
    op.create_index("ix_watches_conversation", "watches", ["conversation"])
    op.create_index("ix_profiles_email", "profiles", ["email"])
