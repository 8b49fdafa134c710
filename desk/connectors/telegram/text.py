"""Text as Telegram takes it: plain, in pieces of limited length. Pure."""

from __future__ import annotations

import re

LIMIT = 4096
"""Of one message, in UTF-16 units, as Telegram counts."""
_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))
"""Where a text may be cut, best first: paragraphs, lines, sentences, words."""


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Pieces of at most `limit` units, cut where it disturbs least; nothing but white space at the cuts is lost."""
    pieces = []
    rest = text.strip()
    while _fitting(rest, limit) < len(rest):
        end, following = _cut(rest, _fitting(rest, limit))
        pieces.append(rest[:end].rstrip())
        rest = rest[following:].lstrip()
    return [*pieces, rest] if rest else pieces


def _cut(text: str, room: int) -> tuple[int, int]:
    """(end of this piece, start of the next): the last good place in the second half of the room, else its end."""
    for place in _ENDS:
        found = [match for match in place.finditer(text, room // 2, room + 1) if match.start() <= room]
        if found:
            return found[-1].start(), found[-1].end()
    return room, room


def _fitting(text: str, limit: int) -> int:
    """How many characters fit into so many units; those beyond the basic plane take two."""
    if len(text) <= limit // 2:
        return len(text)
    units = 0
    for index, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > limit:
            return index
    return len(text)
