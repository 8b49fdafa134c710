"""Who waits to hear what happens in the shop (schema.watches)."""

from __future__ import annotations

import sqlalchemy as sa

from desk.store import schema as t


def keep(connection: sa.Connection, conversation: str, order: str | None, reference: str | None, at: int) -> None:
    """Something was done here: with an order that was proved, under a reference of the shop's."""
    row = t.watches.c
    keys = [f"order:{order}"] if order else []
    keys += [f"reference:{reference}"] if reference else []
    for key in (each[:120] for each in keys):
        this = (row.key == key) & (row.conversation == conversation)
        if not connection.execute(t.watches.update().where(this).values(at=at)).rowcount:
            connection.execute(t.watches.insert().values(key=key, conversation=conversation, at=at))


def of_order(connection: sa.Connection, order: str, after: int) -> str | None:
    """The conversation that last had to do with an order, if it was later than `after`."""
    return _latest(connection, f"order:{order}", after)


def of_reference(connection: sa.Connection, reference: str, after: int = 0) -> str | None:
    """The conversation in which something was done under this reference."""
    return _latest(connection, f"reference:{reference}", after)


def _latest(connection: sa.Connection, key: str, after: int) -> str | None:
    row = t.watches.c
    query = sa.select(row.conversation).where(row.key == key[:120], row.at > after).order_by(row.at.desc()).limit(1)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found
