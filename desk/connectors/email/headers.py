"""A mail's header fields as text, whatever stands in them. Pure.

Python's own reading fails in a dozen ways at what the world's programs, or its villains, write there.
"""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

LONGEST = 2_000
"""Characters of one field that are read; a chain of references takes the most."""
UNREADABLE = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_ID = re.compile(r"<([^<>\s]{1,500})>")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f-\x9f]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def header(message: Message, name: str) -> str:
    """The first field of this name, decoded, on one line; empty when there is none."""
    return next(iter(headers(message, name)), "")


def headers(message: Message, name: str) -> list[str]:
    """All fields of this name, decoded, each on one line."""
    try:
        return [_decoded(str(value)[: 4 * LONGEST]) for value in message.get_all(name, [])]
    except UNREADABLE:
        return []


def addresses(message: Message, name: str) -> list[str]:
    """The addresses in a field, in lower case; only what can be written to."""
    return [address for _, address in named_addresses(message, name)]


def named_addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """(name, address) of each."""
    raw = [str(value)[:LONGEST] for value in message.get_all(name, [])]
    try:
        pairs = getaddresses(raw)
    except UNREADABLE:
        return []
    return [(_decoded(shown), address.lower()) for shown, address in pairs if _ADDRESS.fullmatch(address.lower())]


def message_ids(text: str) -> list[str]:
    """The ids in such a field, in order, without their brackets."""
    return _ID.findall(text)


def _decoded(value: str) -> str:
    try:
        text = str(make_header(decode_header(value)))
    except UNREADABLE:
        text = value
    return _UNPRINTABLE.sub(" ", text).strip()[:LONGEST]
