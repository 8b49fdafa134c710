"""The statements that every message needs, made once (prepared.py), and those that only go through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desk.store import schema as t
from desk.store.among import among
from desk.store.prepared import Prepared

_c = t.conversations.c
_this = _c.id == sa.bindparam("this")

_state = sa.select(_c.state).where(_this)
STATE = Prepared(_state)
STATE_LOCKED = Prepared(_state.with_for_update())
_change = t.conversations.update().where(_this, _c.seq == sa.bindparam("version"))
ADD_STATE = Prepared(t.conversations.insert(), *_c.keys())

PROFILE = Prepared(
    sa.select(t.profiles.c.name, t.profiles.c.email, t.profiles.c.phone).where(
        t.profiles.c.conversation == sa.bindparam("this")
    )
)

ADD_EVENTS = Prepared(t.events.insert(), "conversation", "seq", "at", "type", "data")
ADD_CONTENTS = Prepared(t.contents.insert(), "conversation", "seq", "content")
ADD_WORDS = Prepared(t.search.insert(), "words", "conversation", "seq")
INDEX_WORDS = Prepared(
    t.search_index.insert().values(rowid=sa.func.last_insert_rowid(), words=sa.bindparam("words", type_=sa.Text))
)
"""Those of the row that was added last, for SQLite. A trigger would have the index write for each message by itself."""
_log = sa.select(t.events.c.seq, t.events.c.at, t.events.c.type, t.events.c.data, t.contents.c.content).outerjoin(
    t.contents, (t.contents.c.conversation == t.events.c.conversation) & (t.contents.c.seq == t.events.c.seq)
)
READ_EVENTS = Prepared(
    _log.where(t.events.c.conversation == sa.bindparam("this"), t.events.c.seq > sa.bindparam("after"))
    .order_by(t.events.c.seq)
    .limit(sa.bindparam("many", type_=sa.Integer))
)


def logs_of(conversations: Sequence[str]) -> sa.Select[Any]:
    """The events of these conversations, one log after the other."""
    events = t.events.c
    wanted = _log.add_columns(events.conversation).where(among(events.conversation, conversations))
    return wanted.order_by(events.conversation, events.seq)


BOT_WORK, SHOP_WORK, UNCOUNTED = (sa.text(f"conversations.{name}") for name in ("bot_work", "shop_work", "uncounted"))
"""As the partial indexes are made: written as `= 1`, SQLite does not know them again and reads every conversation."""
COUNTED = t.conversations.update().where(_this, _c.seq == sa.bindparam("read")).values(uncounted=sa.false())
"""The figures know it up to the event that was read."""
FORGET_CONTACT = t.figure_contacts.delete().where(
    t.figure_contacts.c.conversation == sa.bindparam("this"), t.figure_contacts.c.number == sa.bindparam("which")
)
SPANS_OF = sa.select(t.figure_spans.c.started_at, t.figure_spans.c.ended_at).where(
    t.figure_spans.c.agent == sa.bindparam("this"),
    t.figure_spans.c.ended_at > sa.bindparam("start"),
    t.figure_spans.c.started_at < sa.bindparam("finish"),
)

ACCEPTED = Prepared(
    sa.select(t.inbox.c.conversation, t.inbox.c.seq).where(
        t.inbox.c.channel == sa.bindparam("channel"), t.inbox.c.message_id == sa.bindparam("message_id")
    )
)
ACCEPT = Prepared(t.inbox.insert(), "channel", "message_id", "conversation", "seq", "at")

_moved = t.outbox.update().where(t.outbox.c.conversation == sa.bindparam("this")).values(last_seq=sa.bindparam("last"))
MOVE_LAST = Prepared(_moved)
"""A channel that fetches by itself has something new."""
MOVE_LAST_DUE = Prepared(
    _moved.values(due_at=sa.func.coalesce(t.outbox.c.due_at, sa.bindparam("due", type_=sa.BigInteger)))
)
"""The same for a channel that is sent to; a retry that is already set for later stays as it is."""
ADD_OUTBOX = Prepared(
    t.outbox.insert(), "conversation", "channel", "last_seq", "sent_seq", "delivered_seq", "attempts", "due_at"
)


ADD_DEEDS = Prepared(t.audit.insert(), "agent", "what", "at", "target", "conversation", "seq", "data")
KEEP_REPLY = Prepared(
    t.lessons.update()
    .where(t.lessons.c.conversation == sa.bindparam("this"), t.lessons.c.reply.is_(None))
    .values(reply=sa.bindparam("answer"))
)
"""An agent's reply to what the bot could not answer."""


@cache
def change_state(*columns: str) -> Prepared:
    """Of `this` conversation in this `version`. SQLite writes each index anew whose columns are named, changed or not;
    so only those are named that have changed."""
    return Prepared(_change, *columns)


@cache
def prepared_upsert(dialect: str, table: sa.Table, key: tuple[str, ...], changed: tuple[str, ...]) -> Prepared:
    """`upsert`, for what runs with every message."""
    return Prepared(upsert(dialect, table, key, changed), *key, *changed)


@cache
def upsert(dialect: str, table: sa.Table, key: tuple[str, ...], changed: tuple[str, ...]) -> Any:
    """Insert a row or change the `changed` columns of the one with this key."""
    made: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return made.on_conflict_do_update(index_elements=list(key), set_={name: made.excluded[name] for name in changed})


def forget_sums(table: sa.Table) -> sa.Delete:
    """Delete `this` dimension's `which` value `when` it is, of the sums of days or of months."""
    dimension, value, period = table.primary_key
    return table.delete().where(
        dimension == sa.bindparam("this"), value == sa.bindparam("which"), period == sa.bindparam("when")
    )
