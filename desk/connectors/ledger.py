"""What a connector keeps of its dealings with the channel: how far it has read, what was taken, what came back."""

from __future__ import annotations

from functools import partial
from typing import Any

from desk.service.desk import Desk
from desk.service.hub import Delivered
from desk.store import addresses, cursors, outbox, profiles
from desk.store import log as event_log


class Ledger:
    """`CustomerDesk.ledger`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def change_addresses(self, channel: str, person: str, **changes: Any) -> None:
        """Keep this in the data of all addresses of a person."""
        await self._desk.store.write(partial(addresses.change_data, channel=channel, person=person, changes=changes))

    async def mail_of(self, conversation: str) -> str:
        """The address that letters about this conversation go to, in lower case; empty where none is known."""
        profile = await self._desk.store.read(partial(profiles.load, conversation=conversation))
        return (profile.email or "").lower()

    async def has_taken(self, conversation: str, channel: str, message_id: str) -> bool:
        """A delivery was stored before: a connector need not do again what comes before storing."""
        work = partial(event_log.accepted, channel=channel, message_id=f"{conversation}/{message_id}")
        return await self._desk.store.read(work) is not None

    async def returned(self, conversation: str, first: int, last: int, why: str) -> None:
        """The channel has brought back what it had taken: the messages from `first` to `last`."""
        mark = partial(outbox.mark_returned, conversation=conversation, first=first, last=last, why=why)
        for seq in await self._desk.store.write(partial(mark, at=self._desk.clock())):
            self._desk.hub.tell(Delivered(conversation, seq, "failed"))

    async def cursor(self, source: str) -> dict[str, Any] | None:
        """How far this source was read."""
        return await self._desk.store.read(partial(cursors.read, source=source))

    async def keep_cursor(self, source: str, place: dict[str, Any]) -> None:
        """It is read up to here."""
        await self._desk.store.write(partial(cursors.keep, source=source, place=place))
