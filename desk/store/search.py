"""Finding conversations by what was said in them, by name, e-mail or order; without dots, by beginnings of words.

SQLite has its own index (FTS5), PostgreSQL another (tsvector); both hold the same folded words, made here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.state import Conversation, Stored
from desk.store import schema as t
from desk.store.statements import ADD_WORDS

MOST_WORDS = 8
LIMIT = 50
NEWEST = 2_000
"""Messages that are looked at, in the order of their writing: a word that a seventh of a million messages have costs
hardly more than another."""
_NEWEST_FIRST: dict[str, sa.ColumnElement[int]] = {
    "sqlite": sa.literal_column("rowid"),
    "postgresql": sa.literal_column("position"),
}
_WORD = re.compile(r"\w+")
_FOLDED = str.maketrans({"ä": "a", "ö": "o", "õ": "o", "ü": "u", "å": "a", "š": "s", "ž": "z", "ß": "ss"})


def fold(text: str) -> list[str]:
    """Words as they are compared: small letters without dots and accents. An address is several words."""
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def index(connection: sa.Connection, state: Conversation, stored: Sequence[Stored]) -> None:
    """Make new events findable, in the transaction that appends them."""
    rows = [
        {"conversation": state.id, "seq": each.seq, "words": " ".join(fold(words))}
        for each in stored
        if (words := _words(each, state))
    ]
    if rows:
        ADD_WORDS.run_many(connection, rows)


def find(connection: sa.Connection, query: str) -> list[str]:
    """Conversations in which every word of the query begins some word, the latest first; at most LIMIT."""
    words = fold(query)[:MOST_WORDS]
    if not words:
        return []
    # A single letter (the A of an order's number) stands in millions of messages: beside longer words it is looked for
    # in what these have found, and alone as it stands.
    sought = [word for word in words if len(word) > 1] or words
    letters = [word for word in words if word not in sought]
    if connection.dialect.name == "postgresql":
        condition = sa.text("to_tsvector('simple', search.words) @@ to_tsquery('simple', :query)")
        bound = " & ".join(word + ":*" * (len(word) > 1) for word in sought)
    else:
        condition = sa.text("search MATCH :query")
        bound = " AND ".join(f'words:"{word}"' + "*" * (len(word) > 1) for word in sought)
    c = t.conversations.c
    with_letters = [(" " + t.search.c.words + " ").contains(f" {letter} ", autoescape=True) for letter in letters]
    matching = sa.select(t.search.c.conversation).where(condition.bindparams(query=bound), *with_letters)
    matching = matching.order_by(_NEWEST_FIRST[connection.dialect.name].desc()).limit(NEWEST)
    found = sa.select(c.id).where(c.id.in_(matching)).order_by(c.last_at.desc()).limit(LIMIT)
    return list(connection.execute(found).scalars())


def _words(stored: Stored, state: Conversation) -> str:
    match stored.event:
        case ev.CustomerWrote() | ev.AgentWrote() | ev.NoteAdded() as written:
            return written.text
        case ev.Tagged() as tagged:
            return " ".join(tagged.tags)
        case ev.CustomerNamed() as named:
            return " ".join(each for each in (named.name, named.email, named.phone) if each)
        case ev.BotAnswered() | ev.HandedOff() | ev.PacketCompleted():
            return state.order or ""
        case _:
            return ""
