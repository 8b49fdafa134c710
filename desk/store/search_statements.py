"""The statements of search, by how many words there are; those that differ between the databases (search.py).

`word0`, `word1`, …: what a message holds that has a word beginning so (needles).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from desk.store import schema as t
from desk.store.prepared import Prepared

_said = t.search.c
_index = t.search_index.c
_many = sa.bindparam("many", type_=sa.Integer)


def needles(words: Sequence[str]) -> dict[str, str]:
    """The words as they are bound. A single letter is a word of its own."""
    return {f"word{number}": f" {word} " if len(word) == 1 else f" {word}" for number, word in enumerate(words)}


def match(dialect: str, words: Sequence[str]) -> str:
    """All these words in the index's own language. They are letters and digits only (search.fold)."""
    if dialect == "postgresql":
        return " & ".join(word + ":*" * (len(word) > 1) for word in words)
    return " AND ".join(f'"{word}"' + "*" * (len(word) > 1) for word in words)


@cache
def holding_any(dialect: str, words: int, first: int) -> Prepared:
    """Of the `many` newest messages those with any of the `first` words, the newest first: their conversation and, for
    each of all words, whether they have it."""
    has = [_holds(dialect, _said.words, number).label(f"has{number}") for number in range(words)]
    newest = sa.select(_said.position, _said.conversation, *has).order_by(_said.position.desc()).limit(_many).subquery()
    each = [newest.c[f"has{number}"] for number in range(words)]
    return Prepared(
        sa.select(newest.c.conversation, *each).where(sa.or_(*each[:first])).order_by(newest.c.position.desc())
    )


@cache
def holding_all(dialect: str, words: int) -> Prepared:
    """Of the `far` newest messages the conversations of the `many` newest with all the words."""
    far = sa.bindparam("far", type_=sa.Integer)
    newest = sa.select(_said.position, _said.conversation, _said.words).order_by(_said.position.desc()).limit(far)
    said = newest.subquery().c
    query = sa.select(said.conversation).where(*(_holds(dialect, said.words, number) for number in range(words)))
    return Prepared(query.order_by(said.position.desc()).limit(_many))


@cache
def indexed(dialect: str, words: int) -> Prepared:
    """The `many` newest messages `before` a position that the index finds by `sought` (match) and that hold the words:
    position and conversation. PostgreSQL is kept from going back through all messages instead: it takes that for
    quick, wherever it believes that many match."""
    if dialect == "postgresql":
        words_of, conversation, position = _said.words, _said.conversation, _said.position
        found = sa.text("to_tsvector('simple', search.words) @@ to_tsquery('simple', :sought)")
    else:
        words_of, conversation, position = _index.words, _index.conversation, _index.rowid
        found = sa.text("search_index MATCH :sought")
    holding = [_holds(dialect, words_of, number) for number in range(words)]
    matching = sa.select(position.label("position"), conversation).where(found, *holding).cte("matching")
    matching = matching.prefix_with("MATERIALIZED", dialect="postgresql")
    earlier = matching.c.position < sa.bindparam("before", type_=sa.BigInteger)
    return Prepared(sa.select(matching).where(earlier).order_by(matching.c.position.desc()).limit(_many))


def _holds(dialect: str, words: Any, number: int) -> sa.ColumnElement[bool]:
    said = sa.literal_column("' '") + words + sa.literal_column("' '")
    place = sa.func.strpos if dialect == "postgresql" else sa.func.instr
    return place(said, sa.bindparam(f"word{number}", type_=sa.Text), type_=sa.Integer) > 0
