"""The text of an HTML mail, for people and the bot to read. Pure; nothing of the HTML itself is ever shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

QUOTED = "> "
"""Stands before each line of a quotation, as in mails that are plain text."""
LONGEST = 400_000
"""Characters of HTML that are read: some programs send megabytes of styles, the words come first."""
_HIDDEN = frozenset({"head", "script", "style", "template", "title", "noscript", "object", "svg"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"})
_LINES = frozenset({"div", "li", "tr", "section", "article", "header", "footer", "address", "dt", "dd"})
_QUOTE_CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
_QUOTE_IDS = ("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container")
_SIGNATURE_MARKS = ("gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "x_signature")
_SPACES = re.compile(r"[ \t\r\f\v\xa0\u200b\ufeff]+")


def html_to_text(html: str) -> str:
    """Words and line ends. Quotations begin with "> ", signatures come after the usual line "-- "."""
    reader = _Reader()
    reader.feed(html[:LONGEST])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects lines. Never fails: the parser takes any text for HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._hidden = 0
        self._quoted = 0
        self._open: list[tuple[str, bool]] = []
        """The elements that are open, and whether each began a quotation."""

    def text(self) -> str:
        """What was read; at most one empty line at a time."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").lower() for name, value in attrs}
        if tag == "br":
            return self._end_line(keep_empty=True)
        if tag in _VOID:
            return None if tag != "hr" else self._end_line()
        self._break(tag)
        if _is_hidden(tag, given):
            self._hidden += 1
        if _marks(given, _SIGNATURE_MARKS):
            self._lines.append("-- ")
        begins = tag == "blockquote" or _begins_quotation(given)
        if begins and not self._hidden:
            self._quoted += 1
        elif tag == "li":
            self._line = "- "
        self._open.append((f"!{tag}" if _is_hidden(tag, given) else tag, begins and not self._hidden))
        return None

    def handle_endtag(self, tag: str) -> None:
        names = [name.removeprefix("!") for name, _ in self._open]
        if tag not in names:
            return
        while self._open:  # what was never closed ends with what it stands in
            name, quoting = self._open.pop()
            plain = name.removeprefix("!")
            self._break(plain)
            self._hidden -= name != plain
            self._quoted -= quoting
            if plain == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if any(name == "pre" for name, _ in self._open):
            *whole, rest = data.split("\n")
            for each in whole:
                self._line += each
                self._end_line(keep_empty=True)
            self._line += rest
            return
        words = _SPACES.sub(" ", data.replace("\n", " "))
        self._line += words.lstrip() if not self._line or self._line.endswith(" ") else words

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._end_line()
            if self._lines and self._lines[-1]:
                self._lines.append("")
        elif tag in _LINES:
            self._end_line()

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = self._line.rstrip()
        self._line = ""
        if line or (keep_empty and not self._hidden):
            self._lines.append((QUOTED if self._quoted else "") + line)


def _is_hidden(tag: str, given: dict[str, str]) -> bool:
    style = given.get("style", "").replace(" ", "")
    return tag in _HIDDEN or "hidden" in given or "display:none" in style


def _begins_quotation(given: dict[str, str]) -> bool:
    return _marks(given, _QUOTE_CLASSES) or given.get("id", "").removeprefix("x_") in _QUOTE_IDS


def _marks(given: dict[str, str], names: tuple[str, ...]) -> bool:
    found = f"{given.get('class', '')} {given.get('id', '')} {given.get('data-smartmail', '')}"
    return any(name in found for name in names)
