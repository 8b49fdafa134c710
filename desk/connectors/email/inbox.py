"""Reads the shop's mailbox, mail after mail, and keeps how far.

It asks every few seconds. IMAP's way of being told (IDLE) is not used: programs and firewalls between drop such
connections silently, and a customer who writes a letter does not wait for seconds.
"""

from __future__ import annotations

import asyncio

import structlog

from desk.channel_settings import EmailSettings
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.email import reading
from desk.connectors.email.customers import Customers
from desk.connectors.email.mailbox import ERRORS, Mailbox
from desk.errors import DeskError

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0

log = structlog.get_logger()


class Inbox:
    """One folder of one mailbox."""

    def __init__(self, settings: EmailSettings, desk: CustomerDesk, customers: Customers) -> None:
        self._settings = settings
        self._desk = desk
        self._customers = customers
        self._mailbox = Mailbox(settings)
        self._source = f"email:{settings.user}@{settings.imap.host}/{settings.folder}"[:200]

    async def run(self) -> None:
        """Forever; what goes wrong is logged and tried again."""
        wait = FIRST_WAIT
        try:
            while True:
                try:
                    await self._once()
                    wait = FIRST_WAIT
                    await asyncio.sleep(self._settings.poll_seconds)
                except (*ERRORS, DeskError) as error:
                    log.warning("mailbox_waits", error=str(error)[:200], see="python -m desk channels check")
                    self._mailbox.abandon()
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, LONGEST_WAIT)
        finally:
            self._mailbox.abandon()

    async def _once(self) -> None:
        """Everything that is new, in order."""
        for uid in await self._new():
            fetched = await asyncio.to_thread(self._mailbox.fetch, uid, self._settings.most_bytes)
            if fetched and await self._take(fetched.raw, fetched.whole):
                await asyncio.to_thread(self._mailbox.mark_read, uid)
            await self._desk.ledger.keep_cursor(self._source, {"validity": self._validity, "uid": uid})

    async def _new(self) -> list[int]:
        """Numbers of the mails that were not looked at. What was there before the first time is left to people; in a
        folder that was made anew those of the last days are looked at again: what is known is known by its id."""
        folder = await asyncio.to_thread(self._mailbox.open)
        self._validity = folder.validity
        cursor = await self._desk.ledger.cursor(self._source)
        if cursor is None:
            await self._desk.ledger.keep_cursor(self._source, {"validity": folder.validity, "uid": folder.next - 1})
            return []
        if cursor["validity"] != folder.validity:
            log.warning("mailbox_made_anew", folder=self._settings.folder)
            return await asyncio.to_thread(self._mailbox.lately)
        return await asyncio.to_thread(self._mailbox.after, cursor["uid"]) if folder.next - 1 > cursor["uid"] else []

    async def _take(self, raw: bytes, whole: bool) -> bool:
        """True when it is stored; False when it is left for people. Raises DeskError: it is tried again."""
        try:
            mail = await asyncio.to_thread(reading.read, raw, self._settings.address)
            return await self._customers.take(mail, whole=whole)
        except DeskError:
            raise
        except Exception:  # a fault of ours in one mail must not keep all that follow from being read
            log.exception("mail_failed", bytes=len(raw))
            return False
