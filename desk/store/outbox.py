"""How far customers have been told (schema.outbox), and where they are reached (schema.addresses)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.store import schema as t
from desk.store.addresses import carried
from desk.store.log import FETCHED, upsert

_GONE = "_gone"
"""In an address's data: the channel has said that nothing reaches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A conversation with something to send: everything after `sent_seq`."""

    conversation: str
    channel: str
    sent_seq: int
    last_seq: int
    attempts: int


def delivered(connection: sa.Connection, conversation: str) -> int:
    """The customer's client has everything up to this event."""
    row = t.outbox.c
    query = sa.select(row.delivered_seq).where(row.conversation == conversation)
    return int(connection.execute(query).scalar_one_or_none() or 0)


def move_delivered(connection: sa.Connection, conversation: str, seq: int) -> bool:
    """The customer's client has everything up to `seq`, but not more than was written. True if that is news."""
    row = t.outbox.c
    reached = sa.case((row.last_seq < seq, row.last_seq), else_=seq)
    behind = (row.delivered_seq < seq) & (row.delivered_seq < row.last_seq)
    # A widget that stays open beside the channel that is sent to does not keep anything from being sent there.
    forward = t.outbox.update().where(row.conversation == conversation, row.channel.in_(FETCHED), behind)
    return connection.execute(forward.values(delivered_seq=reached, sent_seq=reached)).rowcount == 1


def due(connection: sa.Connection, now: int, too_far: int, limit: int = 200) -> list[Due]:
    """What is to be sent now, the longest due first. What is due after `too_far` was put off by a clock that has been
    set back since, and is sent as well."""
    row = t.outbox.c
    columns = (row.conversation, row.channel, row.sent_seq, row.last_seq, row.attempts)
    is_due = row.due_at.is_not(None) & ((row.due_at <= now) | (row.due_at > too_far))  # past all that wait for nothing
    query = sa.select(*columns).where(is_due).order_by(row.due_at).limit(limit)
    return [Due(**each._mapping) for each in connection.execute(query)]


def now_due(connection: sa.Connection, conversation: str) -> Due | None:
    """What is to be sent of this conversation, if anything is."""
    row = t.outbox.c
    columns = (row.conversation, row.channel, row.sent_seq, row.last_seq, row.attempts)
    query = sa.select(*columns).where(row.conversation == conversation, row.due_at.is_not(None))
    found = connection.execute(query).one_or_none()
    return Due(**found._mapping) if found else None


def next_due(connection: sa.Connection) -> int | None:
    """When something is to be sent next."""
    soonest: int | None = connection.execute(sa.select(sa.func.min(t.outbox.c.due_at))).scalar_one()
    return soonest


def move_to(
    connection: sa.Connection, conversation: str, channel: str, key: str, data: dict[str, Any], seq: int, at: int
) -> None:
    """From now on this conversation is sent to another address: what comes after `seq`. An address that had another
    conversation leaves it."""
    a, o = t.addresses.c, t.outbox.c
    connection.execute(t.addresses.delete().where((a.channel == channel) & (a.key == key)))
    values = {"channel": channel, "key": key, "conversation": conversation, **carried(data), "created_at": at}
    connection.execute(t.addresses.insert().values(**values))
    moved = t.outbox.update().where(o.conversation == conversation)
    connection.execute(moved.values(channel=channel, sent_seq=seq, attempts=0, due_at=at))


def mark_sent(connection: sa.Connection, conversation: str, seq: int, external_id: str, at: int) -> None:
    """The channel has taken the message `seq`."""
    upsert(connection, t.sent, {"conversation": conversation, "seq": seq}, {"external_id": external_id[:200], "at": at})
    move_sent(connection, conversation, seq)


def move_sent(connection: sa.Connection, conversation: str, seq: int) -> None:
    """Everything up to `seq` is dealt with; when nothing is left, nothing is due."""
    row = t.outbox.c
    rest = sa.case((row.last_seq > seq, row.due_at), else_=sa.null())
    moved = t.outbox.update().where(row.conversation == conversation, row.sent_seq < seq)
    connection.execute(moved.values(sent_seq=seq, delivered_seq=seq, attempts=0, error=None, due_at=rest))


def put_off(connection: sa.Connection, conversation: str, until: int, error: str) -> None:
    """Try again at `until`."""
    row = t.outbox.c
    later = t.outbox.update().where(row.conversation == conversation)
    connection.execute(later.values(due_at=until, attempts=row.attempts + 1, error=error[:500]))


def mark_failed(connection: sa.Connection, conversation: str, seq: int, error: str, at: int) -> None:
    """The channel will never take the message `seq`: the agent sees it, the next ones go on."""
    upsert(connection, t.failures, {"conversation": conversation, "seq": seq}, {"at": at, "error": error[:500]})
    move_sent(connection, conversation, seq)


def mark_returned(connection: sa.Connection, conversation: str, first: int, last: int, why: str, at: int) -> list[int]:
    """What was sent, from `first` to `last`, has come back, as if the channel had refused it: which messages."""
    row = t.sent.c
    these = (row.conversation == conversation) & (row.seq >= first) & (row.seq <= last)
    found = list(connection.execute(sa.select(row.seq).where(these).order_by(row.seq)).scalars())
    connection.execute(t.sent.delete().where(these))
    for seq in found:
        upsert(connection, t.failures, {"conversation": conversation, "seq": seq}, {"at": at, "error": why[:500]})
    return found


def failures(connection: sa.Connection, conversation: str) -> dict[int, str]:
    """Messages that failed for good, with the reason."""
    row = t.failures.c
    query = sa.select(row.seq, row.error).where(row.conversation == conversation)
    return {each.seq: each.error for each in connection.execute(query)}


def retry(connection: sa.Connection, conversation: str, seq: int, at: int) -> bool:
    """An agent wants a failed message sent again. True: it will be; what came after it is not sent twice."""
    row = t.failures.c
    forgotten = connection.execute(t.failures.delete().where(row.conversation == conversation, row.seq == seq))
    if not forgotten.rowcount:
        return False
    again = t.outbox.update().where(t.outbox.c.conversation == conversation)
    connection.execute(again.values(sent_seq=seq - 1, due_at=at, attempts=0, error=None))
    return True


def already_sent(connection: sa.Connection, conversation: str, after: int) -> set[int]:
    """Messages after `after` that the channel has taken (before a retry moved the cursor back)."""
    row = t.sent.c
    return set(
        connection.execute(sa.select(row.seq).where(row.conversation == conversation, row.seq > after)).scalars()
    )


def address(connection: sa.Connection, conversation: str) -> tuple[str, dict[str, Any], bool] | None:
    """(key, data, gone) of where this conversation's customer is reached."""
    row = t.addresses.c
    found = connection.execute(sa.select(row.key, row.data).where(row.conversation == conversation)).one_or_none()
    if found is None:
        return None
    data = dict(found.data)
    gone = bool(data.pop(_GONE, False))
    return found.key, data, gone


def mark_gone(connection: sa.Connection, channel: str, key: str, gone: bool) -> None:
    """Nothing reaches this address any more, or something does again. An unknown address is left unknown."""
    row = t.addresses.c
    this = (row.channel == channel) & (row.key == key)
    data = connection.execute(sa.select(row.data).where(this)).scalar_one_or_none()
    if data is not None:
        kept = {name: value for name, value in data.items() if name != _GONE}
        connection.execute(t.addresses.update().where(this).values(data=kept | ({_GONE: True} if gone else {})))


def conversation_at(
    connection: sa.Connection, channel: str, key: str, data: dict[str, Any], fresh: str, at: int
) -> str:
    """The conversation of this address; a new one gets the id `fresh`. Keeps the newest `data`: who writes is here."""
    row = t.addresses.c
    found: str | None = connection.execute(
        sa.select(row.conversation).where(row.channel == channel, row.key == key)
    ).scalar_one_or_none()
    if found is None:
        values = {"channel": channel, "key": key, "conversation": fresh, **carried(data), "created_at": at}
        connection.execute(t.addresses.insert().values(**values))
        return fresh
    connection.execute(t.addresses.update().where(row.conversation == found).values(**carried(data)))
    return found
