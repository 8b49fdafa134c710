"""What is counted, learnt and published."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store.schema.base import Position, metadata

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
