"""Where a conversation leaves: it goes on at another channel's address, or its personal part is erased."""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa

from desk.conversation.decisions import customer
from desk.conversation.refusal import Refused
from desk.conversation.state import Owner
from desk.service.channel import Address
from desk.service.desk import Delivery, Desk, Done
from desk.store import addresses, outbox
from desk.store import log as event_log
from desk.store.log import FETCHED
from desk.store.tidying import leave_nothing


class Moves:
    """`CustomerDesk.moves`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def go_on_in(
        self, conversation: str, channel: str, key: str, data: dict[str, Any], message_id: str, shown: str | None
    ) -> Done:
        """The customer at this address, having shown a ticket and confirmed, goes on with a conversation of the widget.
        `shown`: the channel's name, told to the customer; None: it need not be told.
        Raises Refused: not_possible, busy (people are at work on what they wrote at this address)."""
        to = Address(conversation=conversation, key=key, data=data)
        return await self._desk.change(
            conversation,
            lambda state, _: customer.go_on_in(state, channel, shown),
            delivery=Delivery(channel, message_id),
            check=partial(move_address, to=to, channel=channel, at=self._desk.clock()),
        )

    async def erase(self, conversation: str) -> Done:
        """All that is personal of it, once the customer has proved who they are, and confirmed.
        Raises NotFound; Refused: not_possible, busy."""
        done = await self._desk.change(conversation, lambda state, _: customer.erase(state))
        await leave_nothing(self._desk.store)
        return done


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
