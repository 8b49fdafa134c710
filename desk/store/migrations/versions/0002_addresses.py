"""Addresses of channels that we send to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column(
            "key", sa.String(length=200), nullable=False, comment="what the channel calls this customer or thread"
        ),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False, comment="what the connector needs for sending"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "key"),
        sa.UniqueConstraint("conversation"),
    )
    op.create_table(
        "sent",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "external_id", sa.String(length=200), nullable=False, comment="what the channel calls the sent message"
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )
