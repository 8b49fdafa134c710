"""The connector: reads the shop's mailbox, and sends one mail for all that answers one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from sanic import Sanic

from desk.attachments.keeping import Attachments
from desk.attachments.kinds import Attachment
from desk.channel_settings import EmailSettings
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.email.customers import CHANNEL, Customers
from desk.connectors.email.inbox import Inbox
from desk.connectors.email.outbound import Post
from desk.connectors.email.threads import Threads
from desk.connectors.email.writing import Letter, Sender, compose
from desk.errors import NotFound
from desk.service.channel import Address, Outgoing, Pace
from desk.settings import Settings
from desk.texts import Texts

NOT_SENT = frozenset({"moment", "agent_joined", "requeued"})
"""What is said while somebody looks on; by mail it would come too late to mean anything."""
SENT_ONCE = frozenset({"queued", "unavailable", "missed", "closed", "closed_for_long", "transferred"})
"""The place in the queue changes; one mail about it is enough until the customer writes again."""


class EmailConnector:
    """One mailbox. `words` are those of the channels (data/channels)."""

    channel = CHANNEL
    pace = Pace(per_address=0.5, overall=5.0)
    together = 15.0

    def __init__(
        self, shop: Settings, settings: EmailSettings, customers: CustomerDesk, attachments: Attachments, words: Texts
    ) -> None:
        self._sender = Sender(name=shop.shop_name, address=settings.address)
        self._attachments = attachments
        self._words = words
        self._threads = Threads(shop.secret_key, settings.address)
        self._post = Post(settings)
        taking = Customers(customers, settings, self._threads, attachments, words)
        self._inbox = Inbox(settings, customers, taking)
        self._reading: asyncio.Task[None] | None = None

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Nothing is delivered: mails are fetched."""

    async def start(self) -> None:
        """Read the mailbox from now on."""
        self._reading = asyncio.create_task(self._inbox.run())

    async def rest(self) -> None:
        """No more."""
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def close(self) -> None:
        """No more, for good."""
        await self.rest()

    async def send(self, address: Address, message: Outgoing) -> str:
        """One message as a mail of its own."""
        return await self.send_together(address, [message])

    async def send_together(self, address: Address, messages: Sequence[Outgoing]) -> str:
        """One mail; none for what need not be said by mail."""
        due = [each for each in messages if _is_due(each, quiet=bool(address.data.get("quiet")))]
        if not due:
            return ""
        message_id = self._threads.message_id(address.key, due[0].seq, due[-1].seq)
        files = [found for each in due for file in each.attachments if (found := await self._content(file))]
        letter = Letter(to=address.data, mark=address.key, message_id=message_id, messages=due, files=files)
        await self._post.send(compose(letter, self._sender, self._words), str(address.data["to"]))
        return message_id

    async def _content(self, file: Attachment) -> tuple[Attachment, bytes] | None:
        """None when it was erased meanwhile."""
        try:
            return await self._attachments.content(file.id)
        except NotFound:
            return None

    async def type(self, address: Address, on: bool) -> None:
        """Nobody sees it."""


def _is_due(message: Outgoing, *, quiet: bool) -> bool:
    if message.topic in NOT_SENT or (message.again and message.topic in SENT_ONCE):
        return False
    return not (quiet and message.survey is not None)
