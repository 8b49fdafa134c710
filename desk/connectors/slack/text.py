"""Slack's way of writing text, and back. Pure.

Only `&`, `<` and `>` are special: escaped, no text of a customer or an agent can become a mention or a disguised link.
https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re

_MARKUP = re.compile(r"<([^<>\n]*)>")
_NOTE_PREFIX = re.compile(r"^[\s*_~`>\u200b-\u200f\u2060\ufeff]+")


def escape(text: str) -> str:
    """Text that Slack shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The inverse of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read(text: str, bot: str = "") -> str:
    """What a person meant: links and mentions become readable, the mention of `bot` itself goes."""
    return unescape(_MARKUP.sub(lambda match: _readable(match[1], bot), text)).strip()


def mentions(text: str, user: str) -> bool:
    """Whether the text speaks to this user."""
    return bool(user) and (f"<@{user}>" in text or f"<@{user}|" in text)


def note(text: str, marker: str) -> str | None:
    """What a note says, if the text is one; None: it is meant for the customer.

    Formatting, quote signs and invisible characters before the marker do not make a note a message.
    """
    bare = _NOTE_PREFIX.sub("", text)
    return bare[len(marker) :].strip() if bare.startswith(marker) else None


def pieces(text: str, limit: int) -> list[str]:
    """The escaped text in pieces of at most `limit` characters, cut at line ends or spaces where there are some."""
    found = []
    while len(escaped := escape(text)) > limit:
        cut = _cut(text, _fitting(text, limit))
        found.append(escape(text[:cut]))
        text = text[cut:]
    return [*found, escaped]


def cut(text: str, limit: int) -> str:
    """The beginning of the text, escaped, at most `limit` characters."""
    return pieces(text, limit)[0]


def _readable(markup: str, bot: str) -> str:
    target, _, label = markup.partition("|")
    if target.startswith("@"):
        return "" if target[1:] == bot else f"@{label or target[1:]}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    if target.startswith(("mailto:", "tel:")):
        return label or target.partition(":")[2]
    return target if not label or label in target else f"{label} ({target})"


def _fitting(text: str, limit: int) -> int:
    """How many characters fit when escaped; at least one."""
    size = 0
    for index, character in enumerate(text):
        size += len(escape(character))
        if size > limit:
            return max(1, index)
    return len(text)


def _cut(text: str, fitting: int) -> int:
    for separator in ("\n", ". ", " "):
        at = text.rfind(separator, fitting // 2, fitting)
        if at > 0:
            return at + len(separator)
    return fitting
