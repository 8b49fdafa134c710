"""The way to customers and back: what came in, what goes out, and where everybody is reached."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store.schema.base import metadata

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("message_id", sa.String(200), primary_key=True),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("ix_inbox_at", "at"),
)
"""What was accepted, by the sender's own id: a repeated delivery finds itself here."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False, comment="last event that is for the customer"),
    sa.Column("sent_seq", sa.Integer, nullable=False, comment="handed to the channel up to here, in order"),
    sa.Column("delivered_seq", sa.Integer, nullable=False, comment="known to have reached the customer up to here"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column(
        "due_at", sa.BigInteger, comment="when to try next; empty: nothing to send, or the channel fetches by itself"
    ),
    sa.Column("error", sa.Text),
    sa.Index("ix_outbox_due", "due_at"),
)
"""How far each customer has been told. A cursor a conversation keeps the order by itself."""

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
)
"""Messages that a channel refused for good; the agent sees them with Retry."""

addresses = sa.Table(
    "addresses",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("key", sa.String(200), primary_key=True, comment="what the channel calls this customer or thread"),
    sa.Column("conversation", sa.String(40), nullable=False, unique=True),
    sa.Column("data", sa.JSON, nullable=False, comment="what the connector needs for sending"),
    sa.Column("person", sa.String(320), comment="whom the data name as `person`, where the channel knows its people"),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Index("ix_addresses_person", "channel", "person"),
)
"""Where customers of channels that we send to are reached."""

sent = sa.Table(
    "sent",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("external_id", sa.String(200), nullable=False, comment="what the channel calls the sent message"),
    sa.Column("at", sa.BigInteger, nullable=False),
)
"""What the channels call what we sent, for replies, edits and buttons."""

letters = sa.Table(
    "letters",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, comment="the event that asked for it"),
    sa.Column("letter", sa.String(16), nullable=False),
    sa.Column("due_at", sa.BigInteger, comment="when to try next; empty: nothing to do any more"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sent_at", sa.BigInteger),
    sa.Column("through", sa.Integer, comment="says what happened up to this event"),
    sa.Index("ix_letters_due", "due_at"),
)
"""E-mails that the desk itself writes to customers, whatever their channel."""

case_posts = sa.Table(
    "case_posts",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("through", sa.Integer, nullable=False, comment="told up to this event"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", sa.BigInteger, comment="when to tell next; empty: nothing is new"),
    sa.Index("ix_case_posts_due", "due_at"),
)
"""How far another help desk has been told of each case; empty without one (ASPA_CASES_URL)."""

team_threads = sa.Table(
    "team_threads",
    metadata,
    sa.Column("place", sa.String(40), primary_key=True, comment="the team's channel, as its service calls it"),
    sa.Column("thread", sa.String(40), primary_key=True, comment="the case's message there"),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("case_number", sa.Integer, nullable=False),
    sa.Column("through", sa.Integer, nullable=False, comment="shown up to this event"),
    sa.Column("live", sa.Boolean, nullable=False, comment="people have the case: what is said belongs there"),
    sa.Column("shown", sa.String(64), nullable=False, comment="hash of the case's message as it stands there"),
    sa.Column("agent", sa.String(40), comment="who acted last from there"),
    sa.Column("acted_at", sa.BigInteger),
    sa.Index("ix_team_threads_conversation", "conversation", "case_number"),
    sa.Index("ix_team_threads_live", "place", "live"),
)
"""Cases that also stand in a team's channel, where agents can work on them."""

cursors = sa.Table(
    "cursors",
    metadata,
    sa.Column("source", sa.String(200), primary_key=True),
    sa.Column("place", sa.JSON, nullable=False, comment="as the source counts"),
)
"""How far sources that keep no account of us (a mailbox) have been read."""

customer_sessions = sa.Table(
    "customer_sessions",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Index("ix_customer_sessions_conversation", "conversation"),
)
