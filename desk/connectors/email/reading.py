"""From a mail's bytes to what a customer did. Pure, and never fails: a mail may hold anything."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from desk.connectors.email import automatic
from desk.connectors.email.automatic import Bounce
from desk.connectors.email.headers import UNREADABLE, header, headers, message_ids, named_addresses
from desk.connectors.email.html_text import html_to_text
from desk.connectors.email.quotes import written_anew

LONGEST_TEXT = 200_000
"""Characters of a mail's text that are looked at."""
_MOST_PARTS = 100
_MOST_REFERENCES = 40
_LOGO_BYTES = 30_000
"""A picture within the text that is smaller is taken for a logo of the signature."""
_REPLY_PREFIX = re.compile(r"(?:(?:re|vs|vast|sv|aw|fw|fwd|vl|edasi|ed)(?:\[\d+\])?\s*[::]\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail, read. `sender` is empty when there is nobody to answer.

    `id`: its Message-ID, or one made of its content. `references`: the mails before it, the oldest first, then the one
    it answers. `text`: what was written anew. `automatic`: never to be answered. `ours`: it came from this desk.
    """

    id: str
    sender: str
    name: str
    subject: str
    references: tuple[str, ...]
    text: str
    enclosed: tuple[Enclosed, ...]
    automatic: bool
    ours: bool
    bounce: Bounce | None


def read(raw: bytes, own: str) -> Mail:
    """`own`: the shop's address, in lower case."""
    try:
        message = message_from_bytes(raw, policy=compat32)
        return _read(message, raw, own)
    except UNREADABLE:  # a fault of Python's parser: the mail stays in the mailbox for people
        return _unread(raw)


def bare_subject(subject: str) -> str:
    """Without "Re:", "VS:", "Vast:" and the like."""
    return _REPLY_PREFIX.sub("", subject.strip(), count=1).strip()


def _read(message: Message, raw: bytes, own: str) -> Mail:
    senders = named_addresses(message, "From")
    name, sender = senders[0] if len(senders) == 1 else ("", "")
    automatic_one = automatic.is_automatic(message)
    chain = [each for field in headers(message, "References") for each in message_ids(field)]
    answered = message_ids(header(message, "In-Reply-To"))[:1]
    return Mail(
        id=(message_ids(header(message, "Message-ID")) or [_made_id(raw)])[0],
        sender=sender,
        name=name if name.lower() != sender else "",
        subject=header(message, "Subject")[:300],
        references=tuple(dict.fromkeys([*chain[-_MOST_REFERENCES:], *answered])),
        text=_words(message),
        enclosed=tuple(_enclosed(message)),
        automatic=automatic_one,
        ours=automatic.is_ours(message, own),
        bounce=automatic.bounce(message) if automatic_one else None,
    )


def _unread(raw: bytes) -> Mail:
    return Mail(
        id=_made_id(raw), sender="", name="", subject="", references=(), text="", enclosed=(),
        automatic=True, ours=False, bounce=None,
    )  # fmt: skip


def _made_id(raw: bytes) -> str:
    return f"{hashlib.sha256(raw).hexdigest()[:32]}@no-id.invalid"


def _words(message: Message) -> str:
    """What was written anew; when nothing is left of it, all that there is."""
    text = _text(message, [_MOST_PARTS])[:LONGEST_TEXT]
    return written_anew(text) or text.strip()


def _text(part: Message, left: list[int]) -> str:
    """The part's text. `left`: how many parts may still be looked at."""
    left[0] -= 1
    if left[0] < 0 or _is_file(part):
        return ""
    children = part.get_payload() if part.is_multipart() else None
    if isinstance(children, list):
        if part.get_content_maintype() != "multipart":
            return ""
        texts = [_text(each, left) for each in children if isinstance(each, Message)]
        if part.get_content_subtype() == "alternative":  # the same in several forms, the plainest first
            return next((each for each in texts if each.strip()), "")
        return "\n\n".join(each for each in texts if each.strip())
    kind = part.get_content_type()
    if kind == "text/html":
        return html_to_text(_decoded(part))
    return _unflowed(part) if kind == "text/plain" else ""


def _decoded(part: Message) -> str:
    payload = _bytes(part)
    charset = str(part.get_content_charset("utf-8") or "utf-8")
    try:
        return payload.decode(charset, "replace")
    except (LookupError, ValueError):
        return payload.decode("utf-8", "replace")


def _unflowed(part: Message) -> str:
    """Plain text; lines that the program has broken are joined again (RFC 3676)."""
    text = _decoded(part).replace("\r\n", "\n")
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    deleted = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    return re.sub(r"(?<!\n--)(?<!^--) \n(?!>| ?\n|-- )", deleted, text)


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _file_name(part: Message) -> str:
    try:
        return str(part.get_filename() or "")
    except UNREADABLE:
        return ""


def _enclosed(message: Message) -> list[Enclosed]:
    """Files, and whole mails that came along. Pictures within the text, when they are larger than a logo."""
    found: list[Enclosed] = []
    inside: set[int] = set()
    for part in list(message.walk())[:_MOST_PARTS]:
        if id(part) in inside or (part is message and part.is_multipart()):
            continue
        kind, name = part.get_content_type(), _file_name(part)
        if kind == "message/rfc822" and part is not message:
            inside.update(id(each) for each in part.walk())
            found.append(Enclosed(name or "mail.eml", kind, _whole(part)))
        elif not part.is_multipart() and (_is_file(part) or part.get_content_maintype() not in ("text", "multipart")):
            content = _bytes(part)
            if not (part.get("Content-ID") and len(content) < _LOGO_BYTES and kind.startswith("image/")):
                found.append(Enclosed(name or kind.replace("/", "."), kind, content))
    return [_named(each) for each in found]


def _named(file: Enclosed) -> Enclosed:
    name = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff/\\]+", " ", file.name).strip()[:120]
    return Enclosed(name or "file", file.media_type[:100], file.content)


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except UNREADABLE:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _whole(part: Message) -> bytes:
    children = part.get_payload()
    try:
        return children[0].as_bytes() if isinstance(children, list) and isinstance(children[0], Message) else b""
    except (*UNREADABLE, IndexError):
        return b""
