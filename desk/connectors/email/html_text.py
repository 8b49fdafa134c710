"""The text of an HTML mail, for people and the bot to read. Pure; nothing of the HTML itself is ever shown.

Python's own parser takes seconds for 20 kB of "<a <a <a", and minutes for more; here each character is looked at once.
"""

from __future__ import annotations

import re
from html import unescape

QUOTED = "> "
"""Stands before each line of a quotation, as in mails that are plain text."""
LONGEST = 400_000
"""Characters of HTML that are read: some programs send megabytes of styles, the words come first."""
_HIDDEN = frozenset({"head", "script", "style", "template", "title", "noscript", "object", "svg"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"})
_LINES = frozenset({"div", "li", "tr", "section", "article", "header", "footer", "address", "dt", "dd"})
_QUOTE_CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
_QUOTED_FROM_HERE = ("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container")
_SIGNATURE_MARKS = ("gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "x_signature")
_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9:-]{0,40})(?P<rest>[^<>]{0,4000})>|<[!?/][^<>]{0,4000}>|(?P<text>[^<]+|<)"
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,30})(?:\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_DEEPEST = 200
_SPACES = re.compile(r"[ \t\r\f\v\xa0\u200b\ufeff]+")


def html_to_text(html: str) -> str:
    """Words and line ends. Quotations begin with "> ", signatures come after the usual line "-- "."""
    reader = _Reader()
    for token in _TOKEN.finditer(_without_comments(html[:LONGEST])):
        if tag := token["tag"]:
            reader.end(tag.lower()) if token["end"] else reader.begin(tag.lower(), _attributes(token["rest"]))
        elif text := token["text"]:
            reader.read(unescape(text))
    return reader.text()


def _without_comments(html: str) -> str:
    kept, at = [], 0
    while (begin := html.find("<!--", at)) >= 0:
        kept.append(html[at:begin])
        end = html.find("-->", begin)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, html[at:]])


def _attributes(rest: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(rest)
    return {name.lower(): unescape(double or single or bare).lower() for name, double, single, bare in found}


class _Reader:
    """Collects lines."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._hidden = 0
        self._quoted = 0
        self._open: list[tuple[str, bool, bool]] = []
        """The elements that are open, and whether each hides what is in it, or began a quotation."""

    def text(self) -> str:
        """What was read; at most one empty line at a time."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def begin(self, tag: str, given: dict[str, str]) -> None:
        """An element opens."""
        if tag == "br":
            return self._end_line(keep_empty=True)
        if tag in _VOID or len(self._open) >= _DEEPEST:
            return self._end_line() if tag == "hr" else None
        self._break(tag)
        if any(given.get("id", "").removeprefix("x_") == each for each in _QUOTED_FROM_HERE):
            self._quoted += 1  # all that follows, inside the element and after it
        if _marks(given, _SIGNATURE_MARKS):
            self._lines.append("-- ")
        hides = _is_hidden(tag, given)
        quotes = tag == "blockquote" or _marks(given, _QUOTE_CLASSES)
        self._hidden += hides
        self._quoted += quotes
        if tag == "li":
            self._line = ["- "]
        self._open.append((tag, hides, quotes))
        return None

    def end(self, tag: str) -> None:
        """An element closes, and what was never closed within it."""
        if tag not in [name for name, _, _ in self._open]:
            return
        while True:
            name, hides, quotes = self._open.pop()
            self._break(name)
            self._hidden -= hides
            self._quoted -= quotes
            if name == tag:
                return

    def read(self, data: str) -> None:
        """Text between the elements."""
        if self._hidden:
            return
        if any(name == "pre" for name, _, _ in self._open):
            *whole, rest = data.split("\n")
            for each in whole:
                self._line.append(each)
                self._end_line(keep_empty=True)
            self._line.append(rest)
            return
        words = _SPACES.sub(" ", data.replace("\n", " "))
        if words := words.lstrip() if not self._line or self._line[-1].endswith(" ") else words:
            self._line.append(words)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._end_line()
            if self._lines and self._lines[-1]:
                self._lines.append("")
        elif tag in _LINES:
            self._end_line()

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = "".join(self._line).rstrip()
        self._line = []
        if line or (keep_empty and not self._hidden):
            self._lines.append((QUOTED if self._quoted else "") + line)


def _is_hidden(tag: str, given: dict[str, str]) -> bool:
    style = given.get("style", "").replace(" ", "")
    return tag in _HIDDEN or "hidden" in given or "display:none" in style


def _marks(given: dict[str, str], names: tuple[str, ...]) -> bool:
    found = f"{given.get('class', '')} {given.get('id', '')} {given.get('data-smartmail', '')}"
    return any(name in found for name in names)
