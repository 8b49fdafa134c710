"""Real mail servers for the tests: Debian's Dovecot, where mails come in, and aiosmtpd, where they go out."""

from __future__ import annotations

import imaplib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER = "asiakaspalvelu@kaamos.example"
FOLDER = "INBOX"
_CONF = """
base_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{folder}/mail
first_valid_uid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}
}}
"""


class Dovecot:
    """An IMAP server with one mailbox, in a folder of its own."""

    def __init__(self) -> None:
        self.program = shutil.which("dovecot") or "/usr/sbin/dovecot"
        if not Path(self.program).is_file():
            pytest.fail("The e-mail tests need Dovecot. Debian: apt-get install dovecot-imapd")
        self.folder = Path(tempfile.mkdtemp(prefix="aspa-mail-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.password = secrets.token_hex(8)
        self._running: subprocess.Popen[bytes] | None = None
        self._configure()
        self.start()

    def start(self) -> None:
        """Up, and it takes connections."""
        command = [self.program, "-F", "-c", str(self.folder / "dovecot.conf")]
        self._running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                return self.connect().shutdown()
            except (OSError, imaplib.IMAP4.error) as error:
                assert time.monotonic() < deadline, f"{error}\n{self._log()}"
                time.sleep(0.05)

    def stop(self) -> None:
        """Down, with all connections."""
        if self._running:
            self._running.terminate()
            self._running.wait(10)
            self._running = None

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self) -> imaplib.IMAP4:
        """Signed in, the folder open."""
        connection = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        connection.login(USER, self.password)
        connection.select(FOLDER)
        return connection

    def deliver(self, raw: bytes, copies: int = 1) -> list[int]:
        """A mail arrives, so many times; its numbers."""
        connection = self.connect()
        try:
            numbers = []
            for _ in range(copies):
                status, answer = connection.append(FOLDER, "", None, raw)  # type: ignore[arg-type]
                assert status == "OK", answer
                numbers.append(int(answer[0].split(b"]")[0].split()[-1]))
            return numbers
        finally:
            connection.shutdown()

    def read(self) -> set[int]:
        """Numbers of the mails that are marked as read: the desk has stored them."""
        connection = self.connect()
        try:
            return {int(each) for each in connection.uid("SEARCH", "SEEN")[1][0].split()}
        finally:
            connection.shutdown()

    def _configure(self) -> None:
        """As root Dovecot wants users of its own; otherwise all is ours."""
        root = os.geteuid() == 0
        me = pwd.getpwuid(os.geteuid())
        owner = pwd.getpwnam("nobody") if root else me
        (self.folder / "mail").mkdir()
        if root:
            os.chown(self.folder / "mail", owner.pw_uid, owner.pw_gid)
        text = _CONF.format(
            folder=self.folder,
            port=self.port,
            password=self.password,
            internal="dovecot" if root else me.pw_name,
            group="dovecot" if root else _group_of(me),
            login="dovenull" if root else me.pw_name,
            owner=owner.pw_uid,
            owner_group=owner.pw_gid,
        )
        (self.folder / "dovecot.conf").write_text(text)

    def _log(self) -> str:
        path = self.folder / "dovecot.log"
        return path.read_text()[-2_000:] if path.is_file() else ""


class Postbox:
    """An SMTP server that keeps what it is handed; it can refuse and be down."""

    def __init__(self, password: str) -> None:
        self.mails: list[tuple[float, str, EmailMessage]] = []
        """When (seconds), to whom, what."""
        self.tries: list[tuple[float, str]] = []
        self.refusals: dict[str, list[str]] = {}
        """What the next attempts at an address are answered with."""
        self.gone: set[str] = set()
        self.password = password
        self._port = free_port()
        self._controller: Controller | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}"

    def start(self) -> None:
        options: Any = {"authenticator": self._let_in, "auth_require_tls": False, "auth_required": True}
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port, **options)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    def to(self, address: str) -> list[EmailMessage]:
        """What has come for this address, in order."""
        return [mail for _, to, mail in list(self.mails) if to == address]

    def _let_in(self, *asked: Any) -> AuthResult:
        data = asked[-1]
        known = (data.login, data.password) == (USER.encode(), self.password.encode())
        return AuthResult(success=known, handled=False)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.tries.append((time.monotonic(), address))
        if address in self.gone:
            return "550 5.1.1 No such user"
        if waiting := self.refusals.get(address):
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        mail: Any = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        assert mail["From"].addresses[0].addr_spec == USER == envelope.mail_from
        for address in envelope.rcpt_tos:
            self.mails.append((time.monotonic(), address, mail))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _group_of(user: pwd.struct_passwd) -> str:
    import grp

    return grp.getgrgid(user.pw_gid).gr_name
