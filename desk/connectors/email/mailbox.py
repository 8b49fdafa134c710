"""The shop's mailbox over IMAP. Python's own client, which waits: so all of this runs in a thread (docs/decisions/)."""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desk.channel_settings import EmailSettings, MailServer

SECONDS = 20.0
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_BEGINNING = 512 * 1024
"""Of a mail that is too large, so much is read: its head and, as programs write them, its words."""
_LOOK_BACK = timedelta(days=7)
LOGIN = "Check ASPA_EMAIL_USER and ASPA_EMAIL_PASSWORD; with two-step sign-in the provider gives a password for apps."
ERRORS = (OSError, imaplib.IMAP4.error)
"""What calls raise when the mailbox cannot be reached or does not do as it is told."""


class Misused(OSError):
    """The mailbox can be reached, but not so. `fix`: what to mend."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Folder:
    """`validity`: while it stays the same, a number means the same mail. `next`: the number of the next mail."""

    validity: int
    next: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail. `whole`: False when it is larger than is taken, and `raw` is only its beginning."""

    raw: bytes
    whole: bool
    size: int


class Mailbox:
    """One connection, used by one thread at a time; `abandon` by any. Methods raise one of ERRORS."""

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings
        self._connection: imaplib.IMAP4 | None = None

    def open(self) -> Folder:
        """Connect if need be, and look into the folder anew."""
        connection = self._connection or self._connect()
        self._connection = connection
        name = '"' + self._settings.folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
        status, answer = connection.select(name)
        if status != "OK":
            raise Misused(
                f"The folder {self._settings.folder!r} cannot be opened: {_words(answer)}", "Check ASPA_EMAIL_FOLDER."
            )
        return Folder(_number(connection, "UIDVALIDITY"), _number(connection, "UIDNEXT"))

    def after(self, uid: int) -> list[int]:
        """Numbers of the mails after this one, in order."""
        return [each for each in self._search(f"UID {uid + 1}:*") if each > uid]

    def lately(self) -> list[int]:
        """Those of the last days."""
        since = (datetime.now(UTC) - _LOOK_BACK).strftime("%d-%b-%Y")
        return self._search(f"SINCE {since}")

    def fetch(self, uid: int, most: int) -> Fetched | None:
        """The mail, or its beginning if it has more than `most` bytes; None when it is gone. It stays unread."""
        found = self._uid("FETCH", str(uid), "(RFC822.SIZE)")
        size = next((int(match[1]) for each in found if (match := _SIZE.search(_raw(each)))), None)
        if size is None:
            return None
        what = "BODY.PEEK[]" if size <= most else f"BODY.PEEK[]<0.{_BEGINNING}>"
        parts = [each for each in self._uid("FETCH", str(uid), f"({what})") if isinstance(each, tuple)]
        return Fetched(parts[0][1], size <= most, size) if parts else None

    def mark_read(self, uid: int) -> None:
        """So that people who look into the mailbox see what was taken."""
        self._uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")

    def close(self) -> None:
        """Politely, if it is still there."""
        connection, self._connection = self._connection, None
        if connection:
            with contextlib.suppress(*ERRORS):
                connection.logout()

    def abandon(self) -> None:
        """From another thread: a call that waits ends at once."""
        connection, self._connection = self._connection, None
        if connection:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _connect(self) -> imaplib.IMAP4:
        server = self._settings.imap
        context = ssl.create_default_context()
        connection: imaplib.IMAP4
        if server.tls:
            connection = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=SECONDS)
        else:
            connection = imaplib.IMAP4(server.host, server.port, timeout=SECONDS)
            if "STARTTLS" in connection.capabilities:
                connection.starttls(context)
            elif not server.near:
                connection.shutdown()
                raise Misused(plain_text_refused("IMAP", server))
        try:
            connection.login(self._settings.user, self._settings.password)
        except imaplib.IMAP4.error as error:
            connection.shutdown()
            raise Misused(
                f"The mailbox does not let {self._settings.user!r} in: {_words(list(error.args))}", LOGIN
            ) from error
        return connection

    def _search(self, what: str) -> list[int]:
        found = self._uid("SEARCH", what)
        return sorted(int(each) for each in b" ".join(_raw(each) for each in found).split() if each.isdigit())

    def _uid(self, command: str, *arguments: str) -> list[bytes | tuple[bytes, bytes] | None]:
        if self._connection is None:
            raise ConnectionError("The connection was closed.")
        status, found = self._connection.uid(command, *arguments)
        if status != "OK":
            raise Misused(f"The mailbox refuses {command}: {_words(found)}")
        return list(found)


def plain_text_refused(what: str, server: MailServer) -> str:
    """A password never goes over the network unencrypted."""
    return (
        f"{server.host} offers {what} without encryption only, and a password is not sent so. Use {what.lower()}s://."
    )


def _number(connection: imaplib.IMAP4, name: str) -> int:
    _, found = connection.response(name)
    value = _raw(found[-1]) if found else b""
    if not value.isdigit():
        raise Misused(f"The mailbox does not tell {name}: it cannot be said which mails are new.")
    return int(value)


def _raw(found: object) -> bytes:
    first = found[0] if isinstance(found, tuple) else found
    return first if isinstance(first, bytes) else b""


def _words(answer: object) -> str:
    parts = answer if isinstance(answer, list) else [answer]
    shown = [each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in parts]
    return " ".join(shown)[:200]
