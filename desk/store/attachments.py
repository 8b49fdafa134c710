"""Rows of attachments: what each is, and its content in pieces, so that none has to be read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from desk.attachments.kinds import Attachment
from desk.sealing import Seal
from desk.store import schema as t

PIECE = 256 * 1024


def insert(
    connection: sa.Connection,
    conversation: str,
    kept: Attachment,
    content: bytes,
    *,
    by: str,
    private: bool,
    at: int,
    seal: Seal,
) -> None:
    """Keep a file that no message carries yet. `private`: only agents may see it, until it is sent."""
    row = {"id": kept.id, "name": kept.name, "media_type": kept.media_type, "size": kept.size}
    connection.execute(t.attachments.insert().values(**row, conversation=conversation, by=by, private=private, at=at))
    pieces = [
        {"attachment": kept.id, "number": n, "content": seal.close(_place(kept.id, n), content[start : start + PIECE])}
        for n, start in enumerate(range(0, len(content), PIECE))
    ]
    connection.execute(t.attachment_pieces.insert(), pieces)


def find(connection: sa.Connection, attachment: str, only: Mapping[str, object]) -> Attachment | None:
    """A file by its id, if these columns have these values."""
    c = t.attachments.c
    conditions = [t.attachments.c[name] == value for name, value in only.items()]
    query = sa.select(c.id, c.name, c.media_type, c.size).where(c.id == attachment, *conditions)
    row = connection.execute(query).one_or_none()
    return Attachment(**row._mapping) if row else None


def conversation(connection: sa.Connection, attachment: str) -> str | None:
    """In which conversation a file lies."""
    c = t.attachments.c
    found: str | None = connection.execute(sa.select(c.conversation).where(c.id == attachment)).scalar_one_or_none()
    return found


def of(connection: sa.Connection, conversation: str, ids: Sequence[str], by: str) -> list[Attachment]:
    """Those of these files that `by` has put into this conversation, in the order of `ids`."""
    c = t.attachments.c
    columns = (c.id, c.name, c.media_type, c.size)
    query = sa.select(*columns).where(c.conversation == conversation, c.by == by, c.id.in_(ids))
    found = {row.id: Attachment(**row._mapping) for row in connection.execute(query)}
    return [found[each] for each in ids if each in found]


def attach(connection: sa.Connection, ids: Sequence[str], seq: int, *, private: bool) -> None:
    """The event `seq` carries these files. `private`: it is for agents only."""
    c = t.attachments.c
    mine = t.attachments.update().where(c.id.in_(ids), c.seq.is_(None))
    connection.execute(mine.values(seq=seq, private=private))


def piece(connection: sa.Connection, attachment: str, number: int, seal: Seal) -> bytes | None:
    """A piece of the content; None behind the last. Raises Unavailable where it cannot be opened."""
    c = t.attachment_pieces.c
    query = sa.select(c.content).where(c.attachment == attachment, c.number == number)
    found: bytes | None = connection.execute(query).scalar_one_or_none()
    return None if found is None else seal.open(_place(attachment, number), found)


def count(connection: sa.Connection, conversation: str) -> int:
    """How many files a conversation has."""
    query = sa.select(sa.func.count()).where(t.attachments.c.conversation == conversation)
    return int(connection.execute(query).scalar_one())


def forget_unsent(connection: sa.Connection, kept_before: int) -> None:
    """Files that were kept before then and are in no message."""
    c = t.attachments.c
    _forget(connection, (c.seq.is_(None)) & (c.at < kept_before))


def erase(connection: sa.Connection, conversation: str) -> None:
    """All files of a conversation, with their names: they go with what the customer wrote."""
    _forget(connection, t.attachments.c.conversation == conversation)


def _forget(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    ids = sa.select(t.attachments.c.id).where(which)
    connection.execute(t.attachment_pieces.delete().where(t.attachment_pieces.c.attachment.in_(ids)))
    connection.execute(t.attachments.delete().where(which))


def _place(attachment: str, number: int) -> str:
    return f"{attachment}/{number}"
