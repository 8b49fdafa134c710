"""Finding conversations by what was said in them, by name, e-mail or order; without dots, by beginnings of words.

SQLite has its own index (FTS5), PostgreSQL another (tsvector); both hold the same folded words, made here. Neither
gives the newest first without gathering all that begins with a word: a common word is looked for in the newest messages
themselves, a rare one in the index, and common words beside it in what the index has found. So a search costs much the
same in a large store, unless words that are common each are hardly ever said together (docs/benchmarks.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.state import Conversation, Stored
from desk.store import schema as t
from desk.store import search_statements as sql
from desk.store.among import among
from desk.store.prepared import Values
from desk.store.statements import ADD_WORDS, INDEX_WORDS

MOST_WORDS = 8
LIMIT = 50
SAMPLE = 500
"""The newest messages, in which is seen how common words are."""
FAR, FREQUENT = 10_000, 5
"""Messages that are read without the index, when so many of the sample hold all the words."""
COMMONER = 20
"""A word that is so many times as common as the rarest is read in what the others have found."""
PAGE = 200
"""Messages that are taken from the index at first; each further page is ten times as long."""
_END = 2**62
"""Past every message."""
_WORD = re.compile(r"[^\W_]+")
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
    add(connection, rows)


def add(connection: sa.Connection, rows: Sequence[Values]) -> None:
    """`conversation`, `seq` and folded `words` of each message."""
    if connection.dialect.name == "sqlite":
        for row in rows:
            ADD_WORDS.run(connection, row)
            INDEX_WORDS.run(connection, row)
    elif rows:
        ADD_WORDS.run_many(connection, rows)


def find(connection: sa.Connection, query: str) -> list[str]:
    """Conversations in which every word of the query begins some word of one message, the latest first. At most LIMIT:
    those in which it was said last. A single letter (the A of an order's number) is a word of its own, not a beginning.
    """
    # A single letter stands in millions of messages: beside longer words it is read in what these have found.
    words = sorted(fold(query)[:MOST_WORDS], key=lambda word: len(word) == 1)
    if not words:
        return []
    found, shares = _newest(connection, words)
    if FREQUENT <= len(found) < LIMIT:
        found = _read_far(connection, words)
    if len(found) < LIMIT:
        found = _by_index(connection, words, shares)
    return _latest(connection, found[:LIMIT]) if found else []


def _latest(connection: sa.Connection, conversations: Sequence[str]) -> list[str]:
    """The same, the latest first."""
    c = t.conversations.c
    query = sa.select(c.id).where(among(c.id, conversations)).order_by(c.last_at.desc())
    return list(connection.execute(query).scalars())


def _newest(connection: sa.Connection, words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The conversations of the sample in which all the words are, and how many of its messages hold each of the
    longer words, or of the letters if there are no others."""
    statement = sql.holding_any(connection.dialect.name, len(words), _longer(words))
    rows = statement.all(connection, {**sql.needles(words), "many": SAMPLE})
    shares = [sum(bool(row[number]) for row in rows) for number in range(1, _longer(words) + 1)]
    return _unlike(row for row in rows if all(row[1:])), shares


def _read_far(connection: sa.Connection, words: Sequence[str]) -> list[str]:
    """Conversations of the FAR newest messages."""
    values = {**sql.needles(words), "far": FAR, "many": PAGE}
    return _unlike(sql.holding_all(connection.dialect.name, len(words)).all(connection, values))


def _by_index(connection: sa.Connection, words: Sequence[str], shares: Sequence[int]) -> list[str]:
    """Of all messages, in pages."""
    rarest = min(shares)
    sought = [word for word, share in zip(words, shares, strict=False) if share <= COMMONER * (rarest + 1)]
    read = [word for word in words if word not in sought]
    statement = sql.indexed(connection.dialect.name, len(read))
    values: dict[str, Any] = {
        **sql.needles(read),
        "sought": sql.match(connection.dialect.name, sought),
        "before": _END,
        "many": PAGE,
    }
    found: list[str] = []
    while True:
        rows = statement.all(connection, values)
        found = list(dict.fromkeys([*found, *_unlike(rows)]))
        if len(found) >= LIMIT or len(rows) < values["many"]:
            return found
        values |= {"before": rows[-1].position, "many": 10 * values["many"]}


def _longer(words: Sequence[str]) -> int:
    """How many words the index is asked for: they stand first."""
    return sum(len(word) > 1 for word in words) or len(words)


def _unlike(rows: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(row.conversation for row in rows))


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
