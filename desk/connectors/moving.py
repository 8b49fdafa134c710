"""A conversation of the widget goes on at another channel's address."""

from __future__ import annotations

import sqlalchemy as sa

from desk.conversation.refusal import Refused
from desk.conversation.state import Owner
from desk.service.channel import Address
from desk.store import addresses, outbox
from desk.store import log as event_log
from desk.store.log import FETCHED


def move_address(connection: sa.Connection, to: Address, channel: str, at: int) -> bool:
    """What is said from now on is sent there. False: it is so already. Raises Refused: busy, not_possible."""
    state = event_log.load(connection, to.conversation)
    if state is None or state.channel not in (*FETCHED, channel):
        raise Refused("not_possible", "Only a conversation of the widget goes on elsewhere.")
    found = addresses.find(connection, channel, to.key)
    if found and found[0] == to.conversation:
        return False
    if state.channel == channel:
        raise Refused("not_possible", "The conversation goes on at another address already.")
    here = event_log.load(connection, found[0]) if found else None
    if here and here.owner in (Owner.QUEUE, Owner.AGENT, Owner.HOLD):
        raise Refused("busy", "People are at work on another matter at this address.")
    outbox.move_to(connection, to.conversation, channel, to.key, to.data, state.seq, at)
    return True
