"""Pictures and PDFs in conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(length=40), primary_key=True),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), comment="the event that carries it; empty: not sent yet"),
        sa.Column("by", sa.String(length=40), nullable=False, comment="customer, or the agent's id"),
        sa.Column("private", sa.Boolean(), nullable=False, comment="for agents only"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_attachments_conversation", "attachments", ["conversation"])
    op.create_index("ix_attachments_unsent", "attachments", ["seq", "at"])
    op.create_table(
        "attachment_pieces",
        sa.Column("attachment", sa.String(length=40), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
