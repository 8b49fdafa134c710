"""The tables. Changed only together with a migration in `migrations/versions/`; a test compares the two.

All times are milliseconds since 1970 UTC. JSON columns hold what the code beside them encodes.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

# BIGINT on PostgreSQL; on SQLite only INTEGER becomes the row's own number.
Position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

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

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("key", sa.String(120), primary_key=True, comment="order:<number> or reference:<reference>"),
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("ix_watches_conversation", "conversation"),
)
"""Which conversations have proved an order or had something done: who is told what happens to it in the shop."""

customer_sessions = sa.Table(
    "customer_sessions",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Index("ix_customer_sessions_conversation", "conversation"),
)

agents = sa.Table(
    "agents",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True, comment="for signing in"),
    sa.Column("display_name", sa.String(64), nullable=False, comment="what customers see"),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("locale", sa.String(8), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("presence", sa.String(8), nullable=False, comment="online or away, as the agent says"),
    sa.Column("seen_at", sa.BigInteger, nullable=False, comment="last heartbeat of a console"),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("teams", sa.JSON, nullable=False, comment="ids; empty: all"),
    sa.Column("languages", sa.JSON, nullable=False, comment="empty: all"),
    sa.Column("skills", sa.JSON, nullable=False, comment="empty: all"),
    sa.Column("capacity", sa.Integer, nullable=False, comment="customers at a time"),
    sa.Column("acted_at", sa.BigInteger, nullable=False, comment="last sign of the person at a console"),
    sa.Column("worked_at", sa.BigInteger, nullable=False, comment="when a case was last taken or ended"),
)

teams = sa.Table(
    "teams",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("names", sa.JSON, nullable=False, comment="by language"),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("number", Position, primary_key=True, autoincrement=True),
    sa.Column("agent", sa.String(40), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("what", sa.String(16), nullable=False, comment="mention or assigned"),
    sa.Column("conversation", sa.String(40), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("by_name", sa.String(64), comment="who asked"),
    sa.Column("seen_at", sa.BigInteger),
    sa.Index("ix_notices_agent", "agent", "seen_at"),
)
"""What an agent should look at, also one who was not there."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", Position, primary_key=True, autoincrement=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("agent", sa.String(40), nullable=False, comment="who did it"),
    sa.Column("what", sa.String(32), nullable=False, comment="an event's type, or an administrator's deed"),
    sa.Column("conversation", sa.String(40)),
    sa.Column("seq", sa.Integer),
    sa.Column("target", sa.String(40), comment="the agent or team that it was done to"),
    sa.Column("data", sa.JSON, nullable=False, comment="what was set; nothing personal of a customer"),
    sa.Index("ix_audit_agent", "agent", "number"),
)
"""Who did what, append-only. What was written stands in the conversation's log, not here."""

agent_sessions = sa.Table(
    "agent_sessions",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("agent", sa.String(40), nullable=False),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.Column("id", sa.String(40), nullable=False, comment="by which its owner ends it"),
    sa.Column("device", sa.String(40), nullable=False, comment="kind of browser and system, no more"),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    sa.Index("ix_agent_sessions_agent", "agent"),
)

second_steps = sa.Table(
    "second_steps",
    metadata,
    sa.Column("agent", sa.String(40), primary_key=True),
    sa.Column("secret", sa.Text, comment="encrypted; empty until it is confirmed"),
    sa.Column("pending", sa.Text, comment="encrypted; was shown and waits for its first code"),
    sa.Column("used", sa.BigInteger, nullable=False, comment="the last code's time step: no code counts twice"),
    sa.Column("recovery", sa.JSON, nullable=False, comment="hashes of the codes for a lost phone"),
)

sign_in_failures = sa.Table(
    "sign_in_failures",
    metadata,
    sa.Column("key", sa.String(100), primary_key=True, comment="account or address, hashed"),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("last_at", sa.BigInteger, nullable=False),
)

# Made by its migration alone, because each database has its own kind: not in `metadata`, which the migrations mirror.
search = sa.table("search", sa.column("words"), sa.column("conversation"), sa.column("seq"))
"""What was said, as folded words; personal, and erased with the contents (search.py)."""

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

figure_contacts = sa.Table(
    "figure_contacts",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("day", sa.String(10), nullable=False, comment="of its first message, in the shop's time zone"),
    sa.Column("began_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger),
    sa.Column("matter", sa.String(100), comment="order and kind of problem; empty where either is unknown"),
    sa.Column("due_at", sa.BigInteger, comment="when time alone changes what is counted"),
    sa.Column("cells", sa.JSON, nullable=False, comment="what it is counted under: channel, language, intent, team"),
    sa.Column("tally", sa.JSON, nullable=False, comment="what it adds to its day"),
    sa.Column("facts", sa.JSON, nullable=False, comment="its row of the CSV file"),
    sa.Index("ix_figure_contacts_day", "day", "began_at", "conversation", "number"),
    sa.Index("ix_figure_contacts_matter", "matter", "began_at"),
    sa.Index("ix_figure_contacts_due", "due_at"),
)
"""What the figures count as a conversation, made from the log; can be made anew at any time."""

figure_days = sa.Table(
    "figure_days",
    metadata,
    sa.Column("dimension", sa.String(10), primary_key=True, comment="all, channel, language, intent, team or agent"),
    sa.Column("value", sa.String(60), primary_key=True),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("tally", sa.JSON, nullable=False),
    sa.Index("ix_figure_days_day", "day", "dimension"),
)
"""The sums of each day."""

figure_months = sa.Table(
    "figure_months",
    metadata,
    sa.Column("dimension", sa.String(10), primary_key=True, comment="all, channel, language, intent or team"),
    sa.Column("value", sa.String(60), primary_key=True),
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("tally", sa.JSON, nullable=False),
    sa.Index("ix_figure_months_month", "month", "dimension"),
)
"""The sums of each month's days, so that a year is read quickly."""

figure_spans = sa.Table(
    "figure_spans",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("agent", sa.String(40), nullable=False),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger, nullable=False),
    sa.Index("ix_figure_spans_agent", "agent", "ended_at", "started_at"),
)
"""When agents had cases: how many they had at a time is counted from it."""

lessons = sa.Table(
    "lessons",
    metadata,
    sa.Column("conversation", sa.String(40), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, comment="the customer's message"),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("cause", sa.String(16), nullable=False, comment="how it is known that the bot did not do well"),
    sa.Column("intent", sa.String(64), nullable=False, comment="what the bot took it for"),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("article", sa.String(80), comment="the article that did not help"),
    sa.Column("reply", sa.Integer, comment="what an agent answered: the event's number"),
    sa.Column("label", sa.JSON(none_as_null=True), comment="what it is, as a supervisor says: kind and value"),
    sa.Column("labelled_by", sa.String(40)),
    sa.Column("labelled_at", sa.BigInteger),
    sa.Column("run", sa.String(16), comment="the released run that took the label up"),
    sa.Index("ix_lessons_open", "labelled_at", "at"),
)
"""Messages that the bot did not understand or answered wrongly, for learning; holds no word of them."""

content_drafts = sa.Table(
    "content_drafts",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True, comment="banner, article, reply, text or hours"),
    sa.Column("key", sa.String(60), primary_key=True),
    sa.Column("fields", sa.JSON, nullable=False, comment="by language and field"),
    sa.Column("by", sa.String(40), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
)
"""What the shop may come to say."""

content_editions = sa.Table(
    "content_editions",
    metadata,
    sa.Column("number", Position, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("key", sa.String(60), nullable=False),
    sa.Column("before", sa.JSON(none_as_null=True), comment="empty: it was not there"),
    sa.Column("after", sa.JSON(none_as_null=True), comment="empty: it was taken away"),
    sa.Column("by", sa.String(40), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("ix_content_editions_piece", "kind", "key", "number"),
)
"""What the shop said when, and who published it. The files under data/ are what counts."""
