"""Text as the models see it: cleaned, shortened, folded. The customer's own words are kept elsewhere, whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

UNDERSTOOD = 1_000
"""Longer texts are shortened to this many characters for understanding."""

_HEAD, _TAIL = 600, 390
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_URL = re.compile(r"https?://\S+")
_DIGITS = re.compile(r"\d+")
_REPEATED = re.compile(r"(.)\1{2,}")
_OPAQUE = {"õ": "o", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "’": "'", "´": "'", "`": "'"}


class ByLetter(dict[int, str]):
    """A table for `str.translate` that is worked out as letters are seen, so that a text costs next to nothing."""

    _KEPT = 5_000
    """Letters that are remembered: more than people write in, fewer than a hostile text could show."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, point: int) -> str:
        changed = self._change(chr(point))
        if len(self) < self._KEPT:
            self[point] = changed
        return changed


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", _OPAQUE.get(letter, letter))
    return "".join(part for part in parts if not unicodedata.combining(part))


_PLAIN = ByLetter(_plain)


def clean(text: str) -> str:
    """The same text with the same letters, without what cannot be stored or seen (NUL, lone surrogates, zero width)."""
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def shorten(text: str) -> str:
    """At most UNDERSTOOD characters: the beginning, where people say who they are, and the end, where they ask."""
    if len(text) <= UNDERSTOOD:
        return text
    return f"{text[:_HEAD]} … {text[-_TAIL:]}"


@lru_cache(maxsize=16)  # asked several times of the same message
def fold(text: str) -> str:
    """Small letters without dots, digits as 0, addresses as words: what people type differently and mean alike.

    >>> fold("TILAUS 100233, äiti@example.fi!!!!")
    'tilaus 0, xmail'
    """
    text = _URL.sub(" xlink ", text)
    if "@" in text:  # looking for addresses takes longer the longer a word is
        text = _EMAIL.sub(" xmail ", text)
    text = without_dots(text.casefold())
    # Once more: letters like "𝑨" become capitals only when their style is taken away.
    text = without_dots(text.casefold())
    text = _REPEATED.sub(r"\1\1", _DIGITS.sub("0", text))
    return _SPACES.sub(" ", text).strip()


def without_dots(text: str) -> str:
    """Letters without their dots, rings, waves and strokes."""
    return text.translate(_PLAIN)
