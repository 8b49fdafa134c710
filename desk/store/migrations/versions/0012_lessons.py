"""Messages that the bot did not understand or answered wrongly, for learning."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "lessons",
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="the customer's message"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "cause", sa.String(length=16), nullable=False, comment="how it is known that the bot did not do well"
        ),
        sa.Column("intent", sa.String(length=64), nullable=False, comment="what the bot took it for"),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("article", sa.String(length=80), comment="the article that did not help"),
        sa.Column("reply", sa.Integer(), comment="what an agent answered: the event's number"),
        sa.Column("label", sa.JSON(), comment="what it is, as a supervisor says: kind and value"),
        sa.Column("labelled_by", sa.String(length=40)),
        sa.Column("labelled_at", sa.BigInteger()),
        sa.Column("run", sa.String(length=16), comment="the released run that took the label up"),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )
    op.create_index("ix_lessons_open", "lessons", ["labelled_at", "at"])
