"""Where a channel reaches its customers: the conversation of an address, and whether anything arrives there."""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa

from desk.conversation.state import Conversation
from desk.errors import Unavailable
from desk.service.channel import Address
from desk.service.desk import ATTEMPTS, Desk, new_conversation_id
from desk.store import addresses, outbox


class Addresses:
    """`CustomerDesk.addresses`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def set_reachable(self, channel: str, key: str, reachable: bool) -> None:
        """The channel says that nothing reaches this address any more (the customer blocked us), or does again."""
        await self._desk.store.write(partial(outbox.mark_gone, channel=channel, key=key, gone=not reachable))

    async def conversation_at(self, channel: str, key: str, data: dict[str, Any]) -> str:
        """The conversation of a channel's address, a new one for a new address; keeps the newest `data`."""
        work = partial(outbox.conversation_at, channel=channel, key=key, data=data, at=self._desk.clock())
        with self._desk.admission.one():
            for _ in range(ATTEMPTS):
                try:
                    return await self._desk.store.write(partial(work, fresh=new_conversation_id()))
                except sa.exc.IntegrityError:
                    continue  # another process met this address at the same moment
        raise Unavailable("Too many changes at once; try again.")

    async def known_at(self, channel: str, key: str) -> str | None:
        """The conversation of a channel's address, if there is one."""
        return await self._desk.store.read(partial(addresses.known_at, channel=channel, key=key))

    async def address_at(self, channel: str, key: str) -> Address | None:
        """The same with its data."""
        found = await self._desk.store.read(partial(addresses.find, channel=channel, key=key))
        return Address(conversation=found[0], key=key, data=found[1]) if found else None

    async def person_of(self, channel: str, conversation: str) -> str | None:
        """Whom the address of a conversation names as `person`."""
        work = partial(addresses.person_of, channel=channel, conversation=conversation)
        return await self._desk.store.read(work)

    async def of_person(self, channel: str, person: str, limit: int = 10) -> list[Conversation]:
        """The conversations of the person that the addresses' data name as `person`, the latest first."""
        work = partial(addresses.of_person, channel=channel, person=person, limit=limit)
        return await self._desk.store.read(work)
