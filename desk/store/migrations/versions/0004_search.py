"""Search: what was said, findable by its words."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5("
            "words, conversation UNINDEXED, seq UNINDEXED, tokenize='unicode61', prefix='2 3')"
        )
        return
    op.create_table(
        "search",
        sa.Column("conversation", sa.String(40), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.execute("CREATE INDEX ix_search_words ON search USING gin (to_tsvector('simple', words))")
