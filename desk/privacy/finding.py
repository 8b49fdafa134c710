"""Which conversations are one customer's. An e-mail address that somebody typed proves nothing: what goes out, or goes
for good, is only what was proved in the conversation itself, or what a person of the shop has chosen."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.store import log as event_log
from desk.store import schema as t

PROVING = frozenset(
    {
        "order_looked_up", "refund_made", "compensation_granted", "item_resent", "order_cancelled", "address_changed",
        "order_changed", "return_opened", "exchange_opened", "privacy_request_opened",
    }
)  # fmt: skip
"""Effects for which the bot has seen an order's number with its e-mail, or a one-time code sent there."""


@dataclass(frozen=True, slots=True)
class Found:
    """`theirs`: proved; `unproved`: conversations in which the address was only told."""

    theirs: tuple[str, ...]
    unproved: tuple[str, ...]


def of_email(connection: sa.Connection, email: str) -> Found:
    """The conversations of an e-mail address, in any spelling of its case, oldest first."""
    c, p = t.conversations.c, t.profiles.c
    wanted = email.strip().lower()
    named = sa.select(p.conversation).where(sa.func.lower(p.email) == wanted)
    query = sa.select(c.id, c.channel).where(c.id.in_(named), c.practice.is_(None))
    theirs: list[str] = []
    unproved: list[str] = []
    for row in connection.execute(query.order_by(c.last_at)).all():
        (theirs if _is_proved(connection, row.id, wanted) else unproved).append(row.id)
    return Found(tuple(theirs), tuple(unproved))


def email_of(connection: sa.Connection, conversation: str) -> str | None:
    """The address that is known in a conversation."""
    p = t.profiles.c
    query = sa.select(p.email).where(p.conversation == conversation)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def _is_proved(connection: sa.Connection, conversation: str, email: str) -> bool:
    """An order was found with it, a code that was sent there was right, the shop's token named it, or it is an e-mail
    conversation: the answers go nowhere else."""
    after = 0
    while page := event_log.read(connection, conversation, after=after):
        for stored in page:
            event = stored.event
            if isinstance(event, ev.Opened) and event.channel == "email":
                return True
            if isinstance(event, ev.ActionDone) and event.ok and event.kind in PROVING:
                return True
            if isinstance(event, ev.CustomerWrote) and str((event.proof or {}).get("email", "")).lower() == email:
                return True
        after = page[-1].seq
    return False
