"""How a mail leaves: over SMTP, or into the file that the demo's mailbox shows (the same as the actions')."""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from desk.service.channel import RetryLater, Undeliverable

SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail in plain text. `conversation`: whose matter it is about."""

    to: str
    subject: str
    text: str
    language: str
    conversation: str = ""


class Outbox(Protocol):
    """Where mails are put."""

    async def send(self, mail: Mail) -> None:
        """It has left when this returns. Raises RetryLater, Undeliverable."""


def open_outbox(smtp_url: str, sender: str, folder: Path) -> Outbox:
    """SMTP where it is set up, else the file."""
    return SmtpOutbox(smtp_url, sender) if smtp_url else FileOutbox(folder, sender)


class FileOutbox:
    """A line of JSON each in `outbox.jsonl`; only its owner may read it."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._file, self._sender = folder / "outbox.jsonl", sender

    async def send(self, mail: Mail) -> None:
        """Append it."""
        at = time.time_ns() // 1_000_000
        line = json.dumps({"id": make_msgid(domain="aspa"), "at": at, "from": self._sender, **_shown(mail)})
        try:
            await asyncio.to_thread(self._append, line)
        except OSError as error:
            raise RetryLater(f"{self._file}: {error}") from error

    def _append(self, line: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with open(self._file, "a", encoding="utf-8", opener=_private) as file:
            file.write(line + "\n")


def blank(file: Path, to: str) -> None:
    """Overwrite the mails to an address with blanks, in their places: others may be appending meanwhile."""
    if not file.is_file():
        return
    with file.open("r+b") as mails:
        at = 0
        for line in mails.readlines():
            if _is_to(line, to):
                mails.seek(at)
                mails.write(b" " * (len(line) - 1))
            at += len(line)


def _is_to(line: bytes, to: str) -> bool:
    try:
        return str(json.loads(line)["to"]).strip().lower() == to.strip().lower()
    except (ValueError, KeyError, TypeError):
        return False


class SmtpOutbox:
    """`url`: `smtp://user:password@host:587` (STARTTLS where the server has it) or `smtps://host:465`."""

    def __init__(self, url: str, sender: str) -> None:
        self._url, self._sender = urlsplit(url), sender

    async def send(self, mail: Mail) -> None:
        """Hand it to the server."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, mail.to, mail.subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="aspa")
        message["Auto-Submitted"], message["Content-Language"] = "auto-generated", mail.language
        message.set_content(mail.text)
        tls = self._url.scheme == "smtps"
        name, password = (unquote(each) if each else None for each in (self._url.username, self._url.password))
        try:
            await aiosmtplib.send(
                message,
                hostname=self._url.hostname,
                port=self._url.port or (465 if tls else 587),
                username=name,
                password=password,
                use_tls=tls,
                start_tls=False if tls else None,  # None: where the server offers it
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise Undeliverable(_plain(error.recipients[0]), gone=True) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise RetryLater(f"{self._url.hostname}: {type(error).__name__}") from error


def _plain(error: Exception) -> str:
    return " ".join(" ".join(map(str, error.args)).split())[:200]


def _shown(mail: Mail) -> dict[str, str]:
    return {name: value for name, value in asdict(mail).items() if name != "conversation"}


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
