"""How a mail leaves: into a file, which the demo's mailbox shows, or over SMTP."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import threading
import time
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from actions import waiting

SMTP_LIMIT_S = 4.0
"""The desk waits 8 s for an answer, and the shop may have been asked before."""


class MailUnavailable(Exception):
    """The mail has not left, or nobody knows whether it has."""


@dataclass(frozen=True)
class Mail:
    """One mail in plain text. `language` is fi, et or en."""

    to: str
    subject: str
    text: str
    language: str


class Outbox(Protocol):
    """Where mails are put."""

    def send(self, mail: Mail) -> None:
        """Send it now. Blocks for some seconds at most. Raises MailUnavailable."""


class FileOutbox:
    """A line of JSON each in `outbox.jsonl`: `{"id", "at", "from", "to", "subject", "text", "language"}`.

    `at` is in milliseconds.
    """

    def __init__(self, folder: Path, sender: str) -> None:
        self._file, self._sender = folder / "outbox.jsonl", sender
        self._lock = threading.Lock()

    def send(self, mail: Mail) -> None:
        """Append it."""
        waiting.begins()
        at = time.time_ns() // 1_000_000
        line = json.dumps({"id": make_msgid(domain="aspa"), "at": at, "from": self._sender, **asdict(mail)})
        try:
            with self._lock:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                # Codes stand in it: nobody else on the machine reads it.
                with open(self._file, "a", encoding="utf-8", opener=_private) as file:
                    file.write(line + "\n")
        except OSError as error:
            raise MailUnavailable(f"{self._file}: {error}") from error


class SmtpOutbox:
    """`url`: `smtp://user:password@host:587` (STARTTLS where the server has it) or `smtps://host:465`."""

    def __init__(self, url: str, sender: str) -> None:
        self._url, self._sender = urlsplit(url), sender

    def send(self, mail: Mail) -> None:
        """Hand it to the server."""
        waiting.begins()
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, mail.to, mail.subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="aspa")
        message["Auto-Submitted"], message["Content-Language"] = "auto-generated", mail.language
        message.set_content(mail.text)
        try:
            with self._connected() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailUnavailable(f"{self._url.hostname}: {type(error).__name__}") from error

    def _connected(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "", self._url.port
        context = ssl.create_default_context()
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=SMTP_LIMIT_S, context=context)
        else:
            server = smtplib.SMTP(host, port or 587, timeout=SMTP_LIMIT_S)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
