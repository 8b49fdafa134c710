"""Keeping files and giving them out again: the one door to them for connectors and for the HTTP API."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from functools import partial

import sqlalchemy as sa

from desk.attachments.kinds import Attachment, UnfitFile, media_type_of, safe_name
from desk.conversation.rules import DAY
from desk.errors import NotFound
from desk.sealing import Seal
from desk.service.desk import Desk
from desk.store import attachments as rows

MEGABYTE = 1024 * 1024
CUSTOMER = "customer"
MOST_FILES = 100
"""In one conversation: nobody fills the database through the widget."""
UNSENT_FOR = DAY
"""A file that was kept and stands in no message after this long is forgotten."""


class Attachments:
    """`largest`: the size limit of one file, in bytes. `seal`: how files are kept."""

    def __init__(self, desk: Desk, largest: int, seal: Seal | None = None) -> None:
        self.largest = largest
        self._seal = seal or Seal()
        self._desk = desk

    async def keep(
        self, conversation: str, name: str, media_type: str, content: bytes, *, by: str = CUSTOMER
    ) -> Attachment:
        """Check and keep a file; it is sent by a message that names its id. `media_type` is what the sender calls it
        and decides nothing; `by`: "customer", or the agent's id. Raises UnfitFile, Unavailable."""
        self.check_size(len(content))
        true_type = media_type_of(content)
        # 128 random bits: knowing one id says nothing about another.
        kept = Attachment(
            id="f_" + secrets.token_urlsafe(16),
            name=safe_name(name, true_type),
            media_type=true_type,
            size=len(content),
        )
        work = partial(self._insert, conversation=conversation, by=by, kept=kept, content=content)
        await self._desk.store.write(work)
        return kept

    def check_size(self, size: int) -> None:
        """Raises UnfitFile: file_too_large."""
        if size > self.largest:
            raise UnfitFile("file_too_large", f"A file has at most {self.largest // MEGABYTE} MB.")

    async def for_customer(self, conversation: str, attachment: str) -> Attachment:
        """A file of the customer's own conversation that is not among agents only. Raises NotFound."""
        return await self._find(attachment, conversation=conversation, private=False)

    async def for_agent(self, attachment: str) -> Attachment:
        """Any file. Raises NotFound."""
        return await self._find(attachment)

    async def conversation(self, attachment: str) -> str:
        """Whose it is. Raises NotFound."""
        found = await self._desk.store.read(partial(rows.conversation, attachment=attachment))
        if found is None:
            raise NotFound("not_found", "There is no such file.")
        return found

    async def pieces(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """The content, a piece at a time; ends early if it is erased meanwhile."""
        number = 0
        read = partial(rows.piece, attachment=attachment.id, seal=self._seal)
        while piece := await self._desk.store.read(partial(read, number=number)):
            yield piece
            number += 1

    async def content(self, attachment: str) -> tuple[Attachment, bytes]:
        """All of it at once, for a channel that sends it on. Raises NotFound."""
        found = await self.for_agent(attachment)
        return found, b"".join([piece async for piece in self.pieces(found)])

    async def _find(self, attachment: str, **only: object) -> Attachment:
        found = await self._desk.store.read(partial(rows.find, attachment=attachment, only=only))
        if found is None:
            raise NotFound("not_found", "There is no such file.")
        return found

    def _insert(self, connection: sa.Connection, conversation: str, by: str, kept: Attachment, content: bytes) -> None:
        now = self._desk.clock()
        rows.forget_unsent(connection, kept_before=now - UNSENT_FOR)
        if rows.count(connection, conversation) >= MOST_FILES:
            raise UnfitFile("file_too_many", f"A conversation has at most {MOST_FILES} files.")
        private = by != CUSTOMER
        rows.insert(connection, conversation, kept, content, by=by, private=private, at=now, seal=self._seal)
