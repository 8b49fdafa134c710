"""Names of customers, which look like any other word: those are hidden that this program has met."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3
_ENDING = 6
"""Finnish and Estonian endings add so many letters at most: Maija, Maijallekin."""


class Names:
    """At most `most` names, the latest. A name is hidden in its inflected forms, too, when it is capitalised."""

    def __init__(self, names: Iterable[str | None] = (), most: int = 5_000) -> None:
        self._most = most
        self._parts: OrderedDict[str, None] = OrderedDict()  # in small letters
        self._stems: dict[str, int] = {}  # stem → length of its part
        for name in names:
            self.add(name)

    def add(self, name: str | None) -> None:
        """A full name, a part of it, or nothing."""
        for part in _TOKEN.findall((name or "")[:200]):
            small = part.casefold()
            if len(small) >= _SHORTEST:
                self._parts[small] = None
                self._parts.move_to_end(small)
                self._stems[_stem(small)] = max(len(small), self._stems.get(_stem(small), 0))
        if len(self._parts) > self._most:
            while len(self._parts) > self._most:
                self._parts.popitem(last=False)
            self._stems = {_stem(part): len(part) for part in self._parts}

    def hide(self, text: str) -> str:
        """The text with "[name]" in their places."""
        if not self._parts:
            return text
        return _TOKEN.sub(lambda found: "[name]" if self._is_name(found[0]) else found[0], text)

    def _is_name(self, word: str) -> bool:
        small = word.casefold()
        if small in self._parts:
            return True
        if not word[0].isupper():
            return False
        lengths = (self._stems.get(small[:end], 0) for end in range(_SHORTEST, len(small) + 1))
        return any(len(small) <= length + _ENDING for length in lengths if length)


def _stem(name: str) -> str:
    """What stays when the name is inflected: Virta(nen, sen), Mat(ti, in), Maij(a, alle)."""
    if len(name) >= 7:
        return name[:-3]
    return name[:-2] if len(name) == 5 else name[:-1] if len(name) == 6 else name


EVERYBODY = Names()
"""Whom this program has met; in memory only."""


def remember(name: str | None) -> None:
    """From now on this customer's name is masked in what this program logs."""
    EVERYBODY.add(name)
