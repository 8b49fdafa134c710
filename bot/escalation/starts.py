"""With which letters a match of a regular expression can begin, so that most expressions need not be tried at all.

A hundred and seventy lists of phrases would each be tried at every word of a message. Nearly all of them fail at the
word's first letters, and a look into a table tells so.
"""

from __future__ import annotations

import re
import sre_constants as code
import sre_parse
from collections.abc import Iterable, Sequence
from typing import Any, cast

LETTERS = 3
_MANY = 4_000
"""An expression with more beginnings is tried everywhere."""

_AT_WORD = r"(?<!\w)(?=\w)"
_WORD = re.compile(r"(?<!\w)\w")
_DIGIT = "0"
"""Stands for any digit where a beginning is one."""

_NOTHING = (code.AT, code.ASSERT, code.ASSERT_NOT)


class AtWords:
    """Expressions, numbered in their order, that match from the beginning of a word on."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._by_start: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        self._anywhere: list[tuple[int, re.Pattern[str]]] = []
        for number, pattern in enumerate(patterns):
            known = starts(pattern)
            if known is None:
                self._anywhere.append((number, pattern))
            for start in known or ():
                self._by_start.setdefault(start, []).append((number, pattern))

    def spans(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """What `finditer` of each expression finds, by its number, for those that find something."""
        found = {number: spans for number, one in self._anywhere if (spans := [m.span() for m in one.finditer(text)])}
        for word in _WORD.finditer(text):
            at = word.start()
            firsts = {text[at : at + size] for size in range(1, LETTERS + 1)}
            for start in {_DIGIT} if text[at].isdecimal() else firsts:
                for number, pattern in self._by_start.get(start, ()):
                    before = found.get(number)
                    if (not before or before[-1][1] <= at) and (match := pattern.match(text, at)):
                        found.setdefault(number, []).append(match.span())
        return found


def starts(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Beginnings of one to LETTERS letters of which each match has exactly one; None if they cannot be told, or if
    the expression also matches elsewhere than at the beginning of a word.
    """
    tree = sre_parse.parse(pattern.pattern, pattern.flags)
    if not pattern.pattern.startswith(_AT_WORD) or tree[0][0] is not code.ASSERT_NOT:
        return None
    whole = _of(cast("Iterable[tuple[Any, Any]]", tree))
    if whole is None or any(not start for start, _ in whole):
        return None
    found = {_DIGIT if start[0].isdecimal() else start for start, _ in whole}
    return frozenset(one for one in found if not any(one[:size] in found for size in range(1, len(one))))


_Start = tuple[str, bool]
"""Letters, and whether what follows them can be anything."""


def _of(parts: Iterable[tuple[Any, Any]]) -> set[_Start] | None:
    """The beginnings of what a row of parsed parts matches; None for too many."""
    found: set[_Start] = {("", False)}
    for operation, value in parts:
        if all(done or len(start) >= LETTERS for start, done in found):
            break
        more = _one(operation, value)
        if more is None:
            found = {(start, True) for start, _ in found}
            break
        found = {
            (start, True) if done or (start and next_ == _DIGIT) else ((start + next_)[:LETTERS], over)
            for start, done in found
            for next_, over in (more if not done else [("", True)])
        }
        if len(found) > _MANY:
            return None
    return found


def _one(operation: Any, value: Any) -> set[_Start] | None:
    """The beginnings of what one part matches; None if it can be anything."""
    if operation in _NOTHING:
        return {("", False)}
    if operation is code.LITERAL:
        return {(chr(value), False)}
    if operation is code.IN and all(kind is code.LITERAL for kind, _ in value):
        return {(chr(letter), False) for _, letter in value}
    if operation is code.IN and value == [(code.CATEGORY, code.CATEGORY_DIGIT)]:
        return {(_DIGIT, True)}
    if operation is code.SUBPATTERN:
        return _of(value[-1])
    if operation is code.BRANCH:
        branches = [_of(branch) for branch in value[1]]
        return None if None in branches else set().union(*(branch or () for branch in branches))
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT):
        fewest, most, inner = value
        once = _of(inner)
        if once is None:
            return None
        again = {(start, done or most > 1) for start, done in once}
        return again if fewest else again | {("", False)}
    return None
