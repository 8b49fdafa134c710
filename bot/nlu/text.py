"""Text as the models see it: cleaned, shortened, folded. The customer's own words are kept elsewhere, whole."""

from __future__ import annotations

import re
import unicodedata

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


def clean(text: str) -> str:
    """The same text with the same letters, without what cannot be stored or seen (NUL, lone surrogates, zero width)."""
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def shorten(text: str) -> str:
    """At most UNDERSTOOD characters: the beginning, where people say who they are, and the end, where they ask."""
    if len(text) <= UNDERSTOOD:
        return text
    return f"{text[:_HEAD]} … {text[-_TAIL:]}"


def fold(text: str) -> str:
    """Small letters without dots, digits as 0, addresses as words: what people type differently and mean alike.

    >>> fold("TILAUS 100233, äiti@example.fi!!!!")
    'tilaus 0, xmail'
    """
    text = without_dots(_EMAIL.sub(" xmail ", _URL.sub(" xlink ", text)).casefold())
    # Once more: letters like "𝑨" become capitals only when their style is taken away.
    text = without_dots(text.casefold())
    text = _REPEATED.sub(r"\1\1", _DIGITS.sub("0", text))
    return _SPACES.sub(" ", text).strip()


def without_dots(text: str) -> str:
    """Letters without their dots, rings, waves and strokes."""
    text = "".join(_OPAQUE.get(letter, letter) for letter in text)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
