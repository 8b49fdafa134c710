"""Which conversation a mail belongs to: known by marks of ours that only its customer can have. Pure.

A conversation's mark is made with the desk's secret from the customer's address and the Message-ID of the mail that
opened it. It stands in the Message-IDs of our mails, which programs cite when they answer, and in the subject for those
that do not; and as it is made anew from a customer's own first mail, an answer to that one is known as well.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from desk.connectors.email.reading import Mail
from desk.connectors.tickets import LENGTH, Tickets

LETTER_SECONDS = 400 * 24 * 3600
"""How long an answer to a letter finds its conversation."""
_MARK = r"[a-z2-7]{16}"
_SHOWN = re.compile(r"\s*\[([a-z2-7]{4}(?:-[a-z2-7]{4}){3})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnMail:
    """A mail of ours: its conversation's mark, and which events it brought."""

    mark: str
    first: int
    last: int


class Threads:
    """`address`: the shop's own, in lower case."""

    def __init__(self, secret: str, address: str) -> None:
        self._secret = f"email thread {secret}".encode()
        self._domain = address.rpartition("@")[2]
        self._letters = Tickets(secret, "answer to a letter", LETTER_SECONDS)
        self._letter = re.compile(rf"aspa-letter\.([\w-]{{{LENGTH}}})\.[\w-]+@{re.escape(self._domain)}", re.ASCII)
        self._own = re.compile(rf"aspa\.({_MARK})\.(\d{{1,9}})-(\d{{1,9}})\.[\w-]+@{re.escape(self._domain)}")

    def mark(self, sender: str, message_id: str) -> str:
        """Of the conversation that this mail opens, or has opened: 80 bits that nobody can guess."""
        digest = hmac.digest(self._secret, f"{sender}\n{message_id}".encode("utf-8", "replace"), hashlib.sha256)
        return base64.b32encode(digest[:10]).decode().lower()

    def candidates(self, mail: Mail) -> list[str]:
        """Marks of conversations that the mail may go on with, the likeliest first."""
        cited = list(reversed(mail.references))
        shown = [each.replace("-", "").lower() for each in _SHOWN.findall(mail.subject)]
        ours = [own.mark for each in cited if (own := self.own(each))]
        theirs = [self.mark(mail.sender, each) for each in cited if not self.own(each)]
        return list(dict.fromkeys([*ours, *shown, *theirs]))

    def message_id(self, mark: str, first: int, last: int) -> str:
        """A new one, for a mail that brings the events from `first` to `last`; without brackets."""
        return f"aspa.{mark}.{first}-{last}.{secrets.token_urlsafe(6)}@{self._domain}"

    def letter_id(self, conversation: str, now: int) -> str:
        """A Message-ID for a letter about a conversation of any channel; an answer to it belongs there."""
        return f"aspa-letter.{self._letters.issue(conversation, now)}.{secrets.token_urlsafe(6)}@{self._domain}"

    def of_letter(self, mail: Mail, now: int) -> str | None:
        """The conversation of the letter that this mail answers."""
        for cited in reversed(mail.references):
            match = self._letter.fullmatch(cited)
            if match and (conversation := self._letters.read(match[1], now)):
                return conversation
        return None

    def own(self, message_id: str) -> OwnMail | None:
        """What a Message-ID of ours says; None for those of others."""
        match = self._own.fullmatch(message_id)
        return OwnMail(match[1], int(match[2]), int(match[3])) if match else None


def shown(mark: str) -> str:
    """As it stands in a subject: "[k7m3-9qxa-…]"."""
    return f"[{'-'.join(mark[at : at + 4] for at in range(0, len(mark), 4))}]"


def without_mark(subject: str) -> str:
    """The subject as the customer wrote it."""
    return _SHOWN.sub("", subject).strip()
