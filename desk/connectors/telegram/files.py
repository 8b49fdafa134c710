"""Pictures and PDFs from Telegram and to it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from desk.attachments.keeping import Attachments
from desk.attachments.kinds import Attachment, UnfitFile
from desk.errors import NotFound

FETCH_SECONDS = 20.0
"""Telegram waits a minute for the answer to a delivery, which is stored with the file or without it."""

log = structlog.get_logger()


class Files:
    """`fetch` and `send` with what the desk keeps."""

    def __init__(self, bot: Bot, attachments: Attachments) -> None:
        self._bot = bot
        self._attachments = attachments

    async def fetch(self, conversation: str, file: str, name: str, size: int) -> Sequence[str]:
        """The id of what a customer has sent, once it is kept; none for what is not let in or does not come."""
        try:
            self._attachments.check_size(size)
            async with asyncio.timeout(FETCH_SECONDS):
                there = await self._bot.get_file(file)
                content = await there.download_as_bytearray()
            return [(await self._attachments.keep(conversation, name, "", bytes(content))).id]
        except UnfitFile as error:
            log.info("telegram_file_refused", code=error.code)
        except (TelegramError, TimeoutError, OSError) as error:
            log.warning("telegram_file_lost", error=type(error).__name__)
        return []

    async def send(self, chat: int, file: Attachment) -> int | None:
        """A picture as a picture, a PDF as a file; its message. None when it was erased. Raises TelegramError."""
        try:
            found, content = await self._attachments.content(file.id)
        except NotFound:
            return None
        if found.is_image and found.media_type != "image/gif":
            try:
                return (await self._bot.send_photo(chat, content, filename=found.name)).message_id
            except BadRequest as error:  # too long and thin for a picture, by Telegram's own rules
                log.info("telegram_no_photo", error=error.message[:100])
        return (await self._bot.send_document(chat, content, filename=found.name)).message_id
