"""The statements that every message needs, made once: SQLAlchemy takes longer to put such a statement together, and to
find the SQL that it has already made for it, than SQLite takes to run it (bench/, docs/benchmarks.md)."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desk.store import schema as t

_c = t.conversations.c
_this = _c.id == sa.bindparam("this")

STATE = sa.select(_c.state).where(_this)
STATE_LOCKED = STATE.with_for_update()
CHANGE_STATE = t.conversations.update().where(_this, _c.seq == sa.bindparam("version"))
ADD_STATE = t.conversations.insert()

PROFILE = sa.select(t.profiles.c.name, t.profiles.c.email, t.profiles.c.phone).where(
    t.profiles.c.conversation == sa.bindparam("this")
)

ADD_EVENTS = t.events.insert()
ADD_CONTENTS = t.contents.insert()
ADD_WORDS = t.search.insert()
_log = sa.select(t.events.c.seq, t.events.c.at, t.events.c.type, t.events.c.data, t.contents.c.content).outerjoin(
    t.contents, (t.contents.c.conversation == t.events.c.conversation) & (t.contents.c.seq == t.events.c.seq)
)
READ_EVENTS = (
    _log.where(t.events.c.conversation == sa.bindparam("this"), t.events.c.seq > sa.bindparam("after"))
    .order_by(t.events.c.seq)
    .limit(sa.bindparam("many", type_=sa.Integer))
)

READ_LOGS = (
    _log.add_columns(t.events.c.conversation)
    .where(t.events.c.conversation.in_(sa.bindparam("these", expanding=True)))
    .order_by(t.events.c.conversation, t.events.c.seq)
)
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

ACCEPTED = sa.select(t.inbox.c.conversation, t.inbox.c.seq).where(
    t.inbox.c.channel == sa.bindparam("channel"), t.inbox.c.message_id == sa.bindparam("message_id")
)
ACCEPT = t.inbox.insert()

_outbox = t.outbox.update().where(t.outbox.c.conversation == sa.bindparam("this"))
MOVE_LAST = _outbox.values(last_seq=sa.bindparam("last"))
"""A channel that fetches by itself has something new."""
MOVE_LAST_DUE = MOVE_LAST.values(due_at=sa.func.coalesce(t.outbox.c.due_at, sa.bindparam("due", type_=sa.BigInteger)))
"""The same for a channel that is sent to; a retry that is already set for later stays as it is."""
ADD_OUTBOX = t.outbox.insert()


ADD_DEEDS = t.audit.insert()
KEEP_REPLY = (
    t.lessons.update()
    .where(t.lessons.c.conversation == sa.bindparam("this"), t.lessons.c.reply.is_(None))
    .values(reply=sa.bindparam("answer"))
)
"""An agent's reply to what the bot could not answer."""


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
