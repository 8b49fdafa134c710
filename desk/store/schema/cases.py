"""What was said and done: the log, its folded state, and what is found by it."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store.schema.base import Position, metadata

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False, comment="version: the number of its last event"),
    sa.Column("owner", sa.String(8), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("practice", sa.String(40), comment="the agent who practises with a simulated customer; empty: real"),
    sa.Column("agent", sa.String(40)),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("queued_at", sa.BigInteger),
    sa.Column("last_at", sa.BigInteger, nullable=False),
    sa.Column("due_at", sa.BigInteger, comment="when time alone brings something about"),
    sa.Column("bot_work", sa.Boolean, nullable=False, comment="the bot has something to do here"),
    sa.Column(
        "shop_work",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="something is to be done in the shop",
    ),
    sa.Column("state", sa.JSON, nullable=False, comment="the folded state; nothing personal"),
    sa.Column("locale", sa.String(8), nullable=False),
    sa.Column("team", sa.String(40)),
    sa.Column("skill", sa.String(40)),
    sa.Column("wanted_agent", sa.String(40)),
    sa.Column("for_everybody", sa.Boolean, nullable=False),
    sa.Column("grade", sa.SmallInteger, nullable=False, comment="the queue's class"),
    sa.Column("escalated", sa.Boolean, nullable=False),
    sa.Column(
        "uncounted",
        sa.Boolean,
        nullable=False,
        server_default=sa.true(),
        comment="the figures do not know its latest events yet",
    ),
    sa.Index("ix_conversations_queue", "owner", "grade", "queued_at", "id"),
    sa.Index("ix_conversations_recent", "owner", "last_at", "id"),
    sa.Index("ix_conversations_agent", "agent", "owner"),
    sa.Index("ix_conversations_due", "due_at"),
    sa.Index("ix_conversations_practice", "practice", "last_at"),
    sa.Index(
        "ix_conversations_bot_work", "bot_work", sqlite_where=sa.text("bot_work"), postgresql_where=sa.text("bot_work")
    ),
    sa.Index(
        "ix_conversations_shop_work",
        "shop_work",
        sqlite_where=sa.text("shop_work"),
        postgresql_where=sa.text("shop_work"),
    ),
    sa.Index(
        "ix_conversations_uncounted",
        "uncounted",
        sqlite_where=sa.text("uncounted"),
        postgresql_where=sa.text("uncounted"),
    ),
)
"""One row a conversation: its folded state, and the columns that lists and timers search by."""

events = sa.Table(
    "events",
    metadata,
    sa.Column("position", Position, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("type", sa.String(32), nullable=False),
    sa.Column("data", sa.JSON, nullable=False),
    sa.UniqueConstraint("conversation", "seq"),
)
"""The log, append-only."""

contents = sa.Table(
    "contents",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("content", sa.JSON, nullable=False),
)
"""What is personal in an event; may be erased."""

profiles = sa.Table(
    "profiles",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("email", sa.Text),
    sa.Column("phone", sa.Text),
    sa.Column("preview", sa.JSON, comment="role and beginning of the last message"),
    sa.Index("ix_profiles_email", "email"),
)
"""Who the customer is, as far as known, and what lists show of the text; may be erased."""

# Made by its migration alone, because each database has its own kind: not in `metadata`, which the migrations mirror.
search = sa.table(
    "search", *(sa.column(name, sa.Text) for name in ("words", "conversation")), sa.column("seq"), sa.column("position")
)
"""What was said, as folded words, by `position` in the order of its writing; personal, and erased with the contents
(search.py)."""

search_index = sa.table("search_index", *(sa.column(name, sa.Text) for name in ("words", "conversation", "rowid")))
"""SQLite's index of it, which reads the columns there. Deleting in `search` deletes here; inserting does not."""

handled = sa.Table(
    "handled",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("case_number", sa.Integer, primary_key=True),
    sa.Column("agent", sa.String(40), nullable=False),
    sa.Column("claimed_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger),
    sa.Index("ix_handled_ended", "ended_at"),
)
"""How long people worked on each case: what the time window is made from."""

attachments = sa.Table(
    "attachments",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("seq", sa.Integer, comment="the event that carries it; empty: not sent yet"),
    sa.Column("by", sa.String(40), nullable=False, comment="customer, or the agent's id"),
    sa.Column("private", sa.Boolean, nullable=False, comment="for agents only"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.String(40), nullable=False),
    sa.Column("size", sa.Integer, nullable=False, comment="bytes"),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("ix_attachments_conversation", "conversation"),
    sa.Index("ix_attachments_unsent", "seq", "at"),
)
"""Files in conversations; personal, and erased with the contents."""

attachment_pieces = sa.Table(
    "attachment_pieces",
    metadata,
    sa.Column("attachment", sa.String(40), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("key", sa.String(120), primary_key=True, comment="order:<number> or reference:<reference>"),
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("ix_watches_conversation", "conversation"),
)
"""Which conversations have proved an order or had something done: who is told what happens to it in the shop."""
