"""The desk's letters (desk/mail), sent from the mailbox that is read: so an answer to one finds its conversation."""

from __future__ import annotations

from collections.abc import Callable
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from desk.channel_settings import EmailSettings
from desk.connectors.email.automatic import LOOP_HEADER
from desk.connectors.email.outbound import Post
from desk.connectors.email.threads import Threads
from desk.mail.outbox import Mail


class MailboxOutbox:
    """An `Outbox`. `now` in milliseconds since 1970."""

    def __init__(self, settings: EmailSettings, secret: str, shop: str, now: Callable[[], int]) -> None:
        self._from = MailAddress(shop, addr_spec=settings.address)
        self._threads = Threads(secret, settings.address)
        self._post = Post(settings)
        self._now = now

    async def send(self, mail: Mail) -> None:
        """It has left when this returns. Raises RetryLater, Undeliverable."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self._from, mail.to, mail.subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{self._threads.letter_id(mail.conversation, self._now())}>"
        message["Auto-Submitted"], message["Content-Language"] = "auto-generated", mail.language
        message[LOOP_HEADER] = self._from.addr_spec
        message.set_content(mail.text, cte="quoted-printable")
        await self._post.send(message, mail.to)
