"""Mails that no person wrote: answers of absence, newsletters, notices that a mail could not be delivered. Pure.

They are never answered: two programs that answer each other would never end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from desk.connectors.email.headers import addresses, header, headers, message_ids

LOOP_HEADER = "X-Loop"
_BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_MACHINES = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|ei-?vastata|bounces?|autoreply|auto-reply)(?:[+.=-].*)?@.*",
    re.IGNORECASE,
)
_MARKS = (
    "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Autoresponse", "X-Auto-Reply-From", "X-Mail-Autoreply",
    "X-FC-MachineGenerated", "List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID",
)  # fmt: skip
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_ADDRESS_GONE = re.compile(r"\b5\.1\.\d+\b|\b55[01]\b|user unknown|no such user|does not exist", re.IGNORECASE)
_REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours did not arrive. `ids`: what may be its Message-ID. `gone`: nothing will reach that address.

    `final`: False for "still trying".
    """

    ids: tuple[str, ...]
    why: str
    gone: bool
    final: bool


def is_automatic(message: Message) -> bool:
    """No person wrote it, or a person is not to be bothered with an answer."""
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if header(message, "Precedence").strip().lower() in _BULK or any(message.get(mark) for mark in _MARKS):
        return True
    if any(each.strip() == "<>" for each in headers(message, "Return-Path")):
        return True
    if message.get_content_type() in ("multipart/report", "message/delivery-status"):
        return True
    suppressed = header(message, "X-Auto-Response-Suppress").lower()
    return "all" in suppressed or "oof" in suppressed or any(map(is_machine, addresses(message, "From")))


def is_machine(address: str) -> bool:
    """Nobody reads what is sent there."""
    return bool(_MACHINES.fullmatch(address))


def is_ours(message: Message, own: str) -> bool:
    """It comes from this desk: a forward or a copy that found its way back."""
    looped = {each.strip().lower() for each in headers(message, LOOP_HEADER)}
    return own in looped or own in addresses(message, "From")


def bounce(message: Message) -> Bounce | None:
    """What a notice of delivery says (RFC 3464); None when it is no such notice."""
    if message.get_content_type() != "multipart/report" and not _from_daemon(message):
        return None
    if str(message.get_param("report-type") or "").lower() == "disposition-notification":
        return None
    ids: list[str] = []
    said: list[str] = []
    action = ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in _blocks(part):
                action = header(block, "Action").strip().lower() or action
                said += [header(block, "Diagnostic-Code"), header(block, "Status")]
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            ids += message_ids(_payload(part))
        elif part is not message and part.get("Message-ID"):  # the mail itself, inside message/rfc822
            ids += message_ids(header(part, "Message-ID"))
    ids += [each for name in ("In-Reply-To", "References") for each in message_ids(header(message, name))]
    why = " ".join(each.split("\n")[0].strip() for each in said if each.strip())[:_REASON_LENGTH]
    status = _STATUS.search(why)
    final = action != "delayed" and not (status and status[1] in "24" and action != "failed")
    return Bounce(tuple(dict.fromkeys(ids)), why or "returned", bool(_ADDRESS_GONE.search(why)), final)


def _from_daemon(message: Message) -> bool:
    return any(re.match(r"(?:mailer-daemon|postmaster)@", each) for each in addresses(message, "From"))


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _payload(part: Message) -> str:
    payload = part.get_payload()
    return payload if isinstance(payload, str) else str(payload[0]) if isinstance(payload, list) and payload else ""
