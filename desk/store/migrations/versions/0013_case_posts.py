"""How far another help desk has been told of each case."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "case_posts",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False, comment="told up to this event"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), comment="when to tell next; empty: nothing is new"),
        sa.PrimaryKeyConstraint("conversation"),
    )
    op.create_index("ix_case_posts_due", "case_posts", ["due_at"])
