"""Search finds what a plain reading of every message finds, whichever way it takes, and nothing that was erased."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

import anyio
import pytest
import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation
from desk.privacy.retention import Retention
from desk.service.desk import Desk
from desk.store import erasing, log, search, tidying
from desk.store.engine import Store

pytestmark = pytest.mark.anyio
COMMON = ("tilaus", "Tellimus", "order", "paketti", "PAKETTINI", "pakk", "missä", "on", "a", "päev")
SELDOM = ("Öljykannu", "õmblusmasin", "jäätelö", "kärbes", "šaali", "žanr", "straße", "naïve", "teekannu", "kadonnut")
CONVERSATIONS = 71
NEVER = ("ufo", "öö", "999", "z")

type Said = list[tuple[str, list[str]]]
"""Conversation and folded words of each message, in the order of their writing."""


def _messages(chance: random.Random, many: int) -> list[tuple[str, str]]:
    """Common words everywhere, seldom ones mostly long ago; order numbers of one length."""
    made = []
    for number in range(many):
        words = chance.choices(COMMON, k=4) + [chance.choice(SELDOM)] * (chance.random() < (0.02, 0.3)[number < 60])
        words += [f"A-{100_000 + number}"] * (number % 3 == 0)
        made.append((f"c_{number * number % CONVERSATIONS}", " ".join(chance.sample(words, len(words)))))
    return made


async def _write(store: Store, messages: Sequence[tuple[str, str]]) -> Said:
    """One after the other, each in its conversation."""
    said: Said = []

    def write(connection: sa.Connection) -> None:
        for number, (conversation, text) in enumerate(messages):
            state = log.load(connection, conversation) or Conversation(id=conversation)
            first = [] if state.seq else [ev.Opened(channel="widget", locale="fi")]
            written = ev.CustomerWrote(message_id=f"m{number}", text=text, for_bot=False)
            log.append(connection, state, [*first, written], 1_000 + number, Rules())
            said.append((conversation, search.fold(text)))

    await store.write(write)
    return said


def _plainly(said: Said, query: str) -> list[str]:
    """All conversations with a message in which every word begins some word, the one in which it was said last first;
    a single letter is a word of its own."""
    words = search.fold(query)
    found = [
        conversation
        for conversation, message in reversed(said)
        if words and all(word in message or (len(word) > 1 and _begins(word, message)) for word in words)
    ]
    return list(dict.fromkeys(found))


def _begins(word: str, message: Sequence[str]) -> bool:
    return any(each.startswith(word) for each in message)


def _queries(chance: random.Random) -> list[str]:
    words = [*COMMON, *SELDOM, *NEVER, "A-100003", "A-1000", "100", "1000", "100042"]
    cut = [word[: chance.randint(1, len(word))] for word in words]
    pairs = [" ".join(chance.choices([*words, *cut], k=chance.choice((2, 2, 3)))) for _ in range(60)]
    return [*words, *cut, *pairs, "öljy_kannu", "_", "oljykan a", "order -order", "paketti*"]


async def _agree(store: Store, said: Said, queries: Sequence[str]) -> None:
    for query in queries:
        found = await store.read(partial(search.find, query=query))
        assert len(found) == len(set(found))
        assert set(found) == set(_plainly(said, query)[: search.LIMIT]), query


@pytest.mark.parametrize(("sample", "limit"), [(10, 5), (40, 50)])
async def test_search_finds_what_reading_every_message_finds(
    store: Store, monkeypatch: pytest.MonkeyPatch, sample: int, limit: int
) -> None:
    """By the sample, by reading far, by one and by several pages of the index."""
    for name, value in {"SAMPLE": sample, "FREQUENT": 2, "FAR": 40, "COMMONER": 2, "PAGE": 7, "LIMIT": limit}.items():
        monkeypatch.setattr(search, name, value)
    chance = random.Random(sample + limit)
    said = await _write(store, _messages(chance, 200))
    queries = _queries(chance)
    await _agree(store, said, queries)

    gone = {f"c_{number}" for number in range(0, CONVERSATIONS, 3)}
    for conversation in gone:
        await store.write(partial(erasing.erase, conversation=conversation))
    await _agree(store, [each for each in said if each[0] not in gone], queries)


async def test_one_long_conversation_does_not_hide_the_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said a thousand times in one place is found in the others, too."""
    monkeypatch.setattr(search, "SAMPLE", 10)
    monkeypatch.setattr(search, "PAGE", 4)
    await _write(store, [("c_0", "teekannu")] * 3 + [("c_1", "teekannu")] * 200)
    assert await store.read(partial(search.find, query="teek")) == ["c_1", "c_0"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_erased_words_leave_the_index_and_the_file(desk: Desk, database: str) -> None:
    """Deleting alone only notes in SQLite's index that they count no more: the hourly round takes them out."""
    others = [(f"c_{number}", "Missä tilaus on?") for number in range(1, 51)]
    await _write(desk.store, [("c_0", "Salaisuuteni on teekannu"), *others])
    await desk.store.write(partial(erasing.erase, conversation="c_0"))
    await _write(desk.store, [("c_51", "Missä paketti on?")] * 3)
    await Retention(desk, None).once()
    await desk.store.scrub()
    kept = await anyio.Path(database.removeprefix("sqlite:///")).read_bytes()
    assert b"tilaus" in kept
    assert b"alaisuut" not in kept
    assert await desk.store.read(tidying.mark_of) is None, "there is nothing left to do"
