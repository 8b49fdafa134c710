"""E-mail for the tests: customers with mail programs, and a desk that reads a real mailbox."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from channel import LIMIT, Channel, Customer, Got
from desk_house import House, open_house
from mail_servers import USER, Dovecot, Postbox

_people = itertools.count(1)
_mails = itertools.count(1)
SIGNED = "Ystävällisin terveisin"
SCORE = "numerolla 1–5"


class MailCustomer(Customer):
    """Somebody with a mail program, who answers the newest mail of the shop if there is one."""

    def __init__(self, mailbox: Dovecot, postbox: Postbox, address: str | None = None) -> None:
        self.address = address or f"maija{next(_people)}@asiakas.example"
        self.sent: list[str] = []
        """Message-IDs of all that was written."""
        self._mailbox, self._postbox = mailbox, postbox

    async def write(self, text: str, *, copies: int = 1, at_once: bool = False) -> list[int]:
        return await self.post(self.mail(text), copies=copies)

    def mail(self, text: str, subject: str = "", answers: EmailMessage | None = None) -> EmailMessage:
        """A mail as plain as can be, in the thread of what came last."""
        mail = EmailMessage()
        mail["From"] = f"Maija Meikäläinen <{self.address}>"
        mail["To"] = USER
        mail["Date"] = formatdate()
        mail["Message-ID"] = f"<m{next(_mails)}@asiakas.example>"
        mail["Subject"] = subject
        answered = answers or next(iter(self.mails()[::-1]), None)
        if answered or self.sent:
            last = str(answered["Message-ID"]) if answered else self.sent[-1]
            chain = [*str(answered["References"] if answered else "").split(), last]
            mail["In-Reply-To"], mail["References"] = last, " ".join([self.sent[0], *chain] if self.sent else chain)
        mail.set_content(text)
        return mail

    async def post(self, mail: EmailMessage | bytes, *, copies: int = 1) -> list[int]:
        """It arrives so many times; returns when the desk has stored it."""
        if isinstance(mail, EmailMessage):
            self.sent.append(str(mail["Message-ID"]))
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        numbers = set(await asyncio.to_thread(self._mailbox.deliver, raw, copies))
        async with asyncio.timeout(LIMIT):
            while not numbers <= await asyncio.to_thread(self._mailbox.read):  # noqa: ASYNC110 - another process reads
                await asyncio.sleep(0.1)
        return [200] * copies

    async def ask_for_person(self) -> None:
        await self.write("Ihminen!")

    async def press(self, title: str) -> None:
        """By its number; a score is a number itself."""
        buttons = next(each.buttons for each in reversed(self.received()) if title in each.buttons)
        await self.write(f"{buttons.index(title) + 1}.")

    def mails(self) -> list[EmailMessage]:
        return self._postbox.to(self.address)

    def received(self) -> list[Got]:
        return [got for mail in self.mails() for got in _parts(mail)]


class MailChannel(Channel):
    """A desk with a mailbox of its own."""

    name = "email"
    per_address = 0.5
    tells_who_joins = False

    def __init__(self, house: House, mailbox: Dovecot, postbox: Postbox) -> None:
        self.house, self.mailbox, self.postbox = house, mailbox, postbox

    def customer(self) -> MailCustomer:
        return MailCustomer(self.mailbox, self.postbox)

    def stop_service(self) -> None:
        self.postbox.stop()

    def start_service(self) -> None:
        self.postbox.start()

    def refuse(self, customer: Customer, times: int, after: float) -> None:
        self.postbox.refusals[_address(customer)] = ["451 4.7.1 Greylisted, try again later"] * times

    def lose(self, customer: Customer) -> None:
        self.postbox.gone.add(_address(customer))

    def find(self, customer: Customer) -> None:
        self.postbox.gone.discard(_address(customer))

    def tries(self, customer: Customer) -> list[float]:
        return [at for at, address in list(self.postbox.tries) if address == _address(customer)]


@contextmanager
def open_mail(var: Path, **changes: str) -> Iterator[MailChannel]:
    """The servers, and a desk at them. `changes`: settings."""
    mailbox = Dovecot()
    postbox = Postbox(mailbox.password)
    try:
        with open_house(var, settings_of(mailbox, postbox) | changes) as house:
            _wait_until_it_reads(mailbox, house)
            yield MailChannel(house, mailbox, postbox)
    finally:
        postbox.stop()
        mailbox.close()


def settings_of(mailbox: Dovecot, postbox: Postbox) -> dict[str, str]:
    """Those of a desk at these servers."""
    return {
        "ASPA_EMAIL_ADDRESS": USER,
        "ASPA_EMAIL_IMAP": f"imap://127.0.0.1:{mailbox.port}",
        "ASPA_EMAIL_SMTP": postbox.url,
        "ASPA_EMAIL_PASSWORD": mailbox.password,
        "ASPA_EMAIL_POLL_S": "0.1",
    }


def _wait_until_it_reads(mailbox: Dovecot, house: House) -> None:
    """A mail that came before the desk first looked is left to people."""
    import sqlite3
    import time

    deadline = time.monotonic() + LIMIT
    while True:
        with sqlite3.connect(house.stack.var / "desk.sqlite3") as database:
            if database.execute("select count(*) from cursors").fetchone()[0]:
                return
        assert time.monotonic() < deadline
        time.sleep(0.05)


def plain(mail: EmailMessage) -> str:
    """The plain part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def _parts(mail: EmailMessage) -> list[Got]:
    """What the desk said in it, one by one: between empty lines, above the foot."""
    body = plain(mail).rpartition("\n-- \n")[0].strip()
    blocks: list[str] = []
    for each in body.split("\n\n"):
        if each.startswith(SIGNED) and blocks:
            blocks[-1] += f"\n{each}"
        else:
            blocks.append(each)
    return [Got(each, _buttons(each)) for each in blocks]


def _buttons(block: str) -> tuple[str, ...]:
    if SCORE in block:
        return tuple("12345")
    return tuple(re.findall(r"^\d+\) (.*)$", block, re.MULTILINE))


def _address(customer: Customer) -> str:
    assert isinstance(customer, MailCustomer)
    return customer.address
