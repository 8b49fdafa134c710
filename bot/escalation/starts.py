"""With which letters a match of a regular expression can begin, so that most expressions need not be tried at all.

A hundred and seventy lists of phrases would each be tried at every word of a message. Nearly all of them fail at the
word's first letters, and a look into a table tells so.
"""

from __future__ import annotations

import re
import sre_constants as code
import sre_parse
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

LETTERS = 4
_REMEMBERED = 5_000
"""Beginnings whose expressions are kept at hand."""
_MANY = 4_000
"""An expression with more beginnings is tried everywhere."""

_AT_WORD = r"(?<!\w)(?=\w)"
_PLACE = re.compile(r"(?<!\w)\w|[^\w\s]")
"""Where words begin, and marks."""
_FIRST = ""
"""Stands for the beginning of the text."""
_DIGIT = "0"
"""Stands for any digit where a beginning is one."""

_NOTHING = (code.AT, code.ASSERT, code.ASSERT_NOT)


class AtWords:
    """Expressions, numbered in their order, that match from the beginning of a word, of the text, or from a mark on."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._by_start: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        self._wide: list[tuple[int, re.Pattern[str], frozenset[str]]] = []
        self._tried = lru_cache(maxsize=_REMEMBERED)(self._begun_by)
        for number, pattern in enumerate(patterns):
            known = starts(pattern) or Starts(frozenset(), _ANY)
            if known.needs:
                self._wide.append((number, pattern, known.needs))
            for letters in known.letters:
                self._by_start.setdefault(letters, []).append((number, pattern))

    def spans(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """What `finditer` of each expression finds, by its number, for those that find something."""
        found: dict[int, list[tuple[int, int]]] = {}
        for number, pattern, needs in self._wide:
            if any(need in text for need in needs) and (spans := [one.span() for one in pattern.finditer(text)]):
                found[number] = spans
        for number, pattern in self._by_start.get(_FIRST, ()):
            if match := pattern.match(text):
                found[number] = [match.span()]
        for place in _PLACE.finditer(text):
            at = place.start()
            for number, pattern in self._tried(text[at : at + LETTERS]):
                before = found.get(number)
                if (not before or before[-1][1] <= at) and (match := pattern.match(text, at)):
                    found.setdefault(number, []).append(match.span())
        return found

    def _begun_by(self, letters: str) -> list[tuple[int, re.Pattern[str]]]:
        """What can match where a text goes on with these letters."""
        firsts = [_DIGIT] if letters[0].isdecimal() else [letters[:size] for size in range(1, len(letters) + 1)]
        return [one for first in firsts for one in self._by_start.get(first, ())]


class Starts(NamedTuple):
    """Where matches of an expression can begin: at one of these `letters` (at most LETTERS; "" is the beginning of the
    text), or anywhere in a text that holds one of `needs`.
    """

    letters: frozenset[str]
    needs: frozenset[str]


_ANY = frozenset({""})
"""Held by every text."""


def starts(pattern: re.Pattern[str]) -> Starts | None:
    """None if it cannot be told, or if the expression can begin within a word or with a space."""
    tree: Any = sre_parse.parse(pattern.pattern, pattern.flags)  # its tree is nobody's typed interface
    if not tree.getwidth()[0]:
        return None
    whole: set[str] = set()
    needs: set[str] = set()
    for branch in tree[0][1][1] if len(tree) == 1 and tree[0][0] is code.BRANCH else [tree]:
        at_word = repr(branch[:2]) == _WORD_BEGINS
        if branch[0] == (code.AT, code.AT_BEGINNING):
            whole.add(_FIRST)
            continue
        for alternative in branch[2][1][1] if at_word and branch[2][0] is code.BRANCH else [branch]:
            begun = _of(alternative)
            if begun is None or not all(start for start, _ in begun):
                held = _held(alternative) if at_word else None
                if held is None:
                    return None
                needs |= held
                continue
            if not at_word and any(_IN_TEXT.match(start) for start, _ in begun):
                return None
            whole |= {_DIGIT if start[:1].isdecimal() else start for start, _ in begun}
    shortest = {one for one in whole if not any(one[:size] in whole for size in range(1, len(one)))}
    return Starts(frozenset(shortest), frozenset(needs))


def _held(parts: Any) -> set[str] | None:
    """Letters of which each match of a row of parsed parts holds some; None if that is unknown."""
    for at in range(1, len(parts)):
        begun = _of(parts[at:])
        if begun and all(len(start) == LETTERS and start.isalpha() for start, _ in begun):
            return {start for start, _ in begun}
    return None


_IN_TEXT = re.compile(r"[\w\s]")
_WORD_BEGINS = repr(sre_parse.parse(_AT_WORD))
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
