"""Pictures and PDFs from Slack and to it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import structlog

from desk.attachments.keeping import CUSTOMER, Attachments
from desk.attachments.kinds import Attachment, UnfitFile
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.events import File
from desk.errors import NotFound

CHANNEL = "slack"
_SLACKS = re.compile(r"(?:[a-z0-9-]+\.)*slack\.com")
"""Nothing odd in it: what two libraries read differently leads elsewhere."""

log = structlog.get_logger()


class SlackFiles:
    """`take` brings a customer's file to the desk, `keep` fetches one for whoever sends it, `send` brings one out."""

    def __init__(self, api: SlackApi, customers: CustomerDesk, attachments: Attachments) -> None:
        self._api = api
        self._desk = customers
        self._attachments = attachments

    async def take(self, conversation: str, locale: str, message_id: str, file: File) -> None:
        """Its name stands in the conversation already; the file follows as soon as Slack has given it.
        Raises RetryLater, Undeliverable."""
        if kept := await self.keep(conversation, file, CUSTOMER):
            where = (conversation, CHANNEL, locale, message_id)
            await self._desk.send_unread(*where, "", answer=None, attachments=[kept.id])

    async def keep(self, conversation: str, file: File, by: str) -> Attachment | None:
        """Fetched from Slack and checked, to be sent by a message that names it; None for what the desk does not take.
        Raises RetryLater, Undeliverable, Unavailable."""
        if not is_slacks(file.url, self._api.web.base_url):
            log.warning("slack_file_elsewhere")
            return None
        try:
            self._attachments.check_size(file.size)
            content = await self._api.download(file.url, self._attachments.largest)
            return await self._attachments.keep(conversation, file.name, "", content, by=by)
        except UnfitFile as error:
            log.info("slack_file_refused", code=error.code)
            return None

    async def send(self, channel: str, thread: str, file: Attachment) -> str:
        """Upload it into the conversation; what Slack calls it. Raises RetryLater, Undeliverable."""
        try:
            found, content = await self._attachments.content(file.id)
        except NotFound:  # erased meanwhile
            return ""
        return await self._api.upload(channel, thread, found.name, content)


def is_slacks(url: str, api: str) -> bool:
    """The app's token goes with the request: to Slack and nowhere else, whatever the event says. Over TLS a name that
    was turned to another address on the way proves nothing; `api`: the Web API's own place is asked in any case."""
    try:
        parts, own = urlsplit(url), urlsplit(api)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.netloc == own.netloc and parts.scheme == own.scheme:
        return True
    return parts.scheme == "https" and _SLACKS.fullmatch(host) is not None
