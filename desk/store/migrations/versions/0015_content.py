"""What the shop says, edited in the console: drafts and editions."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "content_drafts",
        sa.Column("kind", sa.String(length=16), nullable=False, comment="banner, article, reply, text or hours"),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False, comment="by language and field"),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key"),
    )
    op.create_table(
        "content_editions",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("before", sa.JSON(), comment="empty: it was not there"),
        sa.Column("after", sa.JSON(), comment="empty: it was taken away"),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_content_editions_piece", "content_editions", ["kind", "key", "number"])
