"""Checks histories against the database by itself: it knows the tables and the wire, and none of the desk's code."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

type Event = tuple[int, str, dict[str, object], dict[str, object]]
"""(seq, kind, data, content)."""
QUERY = (
    "SELECT e.conversation, e.seq, e.type, e.data, c.content FROM events e LEFT JOIN contents c "
    "ON c.conversation = e.conversation AND c.seq = e.seq ORDER BY e.conversation, e.seq"
)
WANTS_ANSWER = re.compile(r"<([\w-]+)>")
"""A message's own name in its text; what answers it repeats the name."""
SPOKEN = ("BotReplied", "AgentWrote")
INTO_QUEUE = ("HandedOff", "Requeued", "Reopened", "PutOnHold", "Transferred")
OUT_OF_CASE = ("Resolved", "ReturnedToBot", "QueueLeft")


@dataclass
class History:
    """What one customer saw: messages that were acknowledged, in order, and every entry that arrived."""

    acknowledged: list[str] = field(default_factory=list)
    arrived: dict[int, tuple[str, str]] = field(default_factory=dict)
    """seq → (role, text)."""
    changed: list[str] = field(default_factory=list)
    """Entries that came again with another content, or out of order: must stay empty."""

    def saw(self, entry: dict[str, object]) -> None:
        """Note an entry; the same number must always bring the same, and numbers rise."""
        seq, author = int(str(entry["seq"])), dict(entry["author"])  # type: ignore[call-overload]
        seen = (str(author["role"]), str(entry["text"]))
        if seq not in self.arrived and seq < max(self.arrived, default=0):
            self.changed.append(f"{seq} came after {max(self.arrived)}")
        if self.arrived.setdefault(seq, seen) != seen:
            self.changed.append(f"{seq}: {self.arrived[seq]} became {seen}")


def faults(database: Path | str, histories: dict[str, History]) -> list[str]:
    """Everything that is wrong: lost, doubled, reordered, gaps in a log, cases lost or claimed twice. `database`: a
    SQLite file, or the address of a PostgreSQL. `histories` by the message ids' prefix."""
    found: list[str] = []
    stored: dict[str, list[Event]] = {}
    for conversation, seq, kind, data, content in _rows(database):
        stored.setdefault(conversation, []).append((seq, kind, json.loads(data), json.loads(content or "{}")))
    known = set()
    for conversation, events in stored.items():
        if [seq for seq, *_ in events] != list(range(1, len(events) + 1)):
            found.append(f"{conversation}: gaps in the log")
        written = [str(data["message_id"]) for _, kind, data, _ in events if kind == "CustomerWrote"]
        known |= {written[0].partition("-")[0]} if written else set()
        history = histories.get(written[0].partition("-")[0], History()) if written else History()
        found += _of_one(conversation, written, events, history)
        found += _of_cases(conversation, events)
    lost = (name for name, history in histories.items() if history.acknowledged and name not in known)
    return found + [f"{name}: the whole conversation is lost" for name in lost]


def unanswered(database: Path | str) -> list[str]:
    """Conversations in which the customer's last words are still before the bot or wait for a person. Words after the
    end that open nothing (thanks) want no answer."""
    open_: dict[str, int] = {}
    closed: set[str] = set()
    for conversation, seq, kind, data, _ in _rows(database):
        if kind == "CustomerWrote" and conversation not in closed:
            open_[conversation] = seq
        elif kind == "Resolved":
            closed.add(conversation)
            open_.pop(conversation, None)
        elif kind in ("ReturnedToBot", "Reopened", "HandedOff"):
            closed.discard(conversation)
        elif kind == "AgentWrote" or (
            kind == "BotAnswered" and json.loads(data)["through"] >= open_.get(conversation, 0)
        ):
            open_.pop(conversation, None)
    return list(open_)


def _rows(database: Path | str) -> Iterable[tuple[str, int, str, str, str | None]]:
    if isinstance(database, Path):
        with sqlite3.connect(database) as connection:
            return connection.execute(QUERY).fetchall()
    return asyncio.run(_from_postgres(database))


async def _from_postgres(address: str) -> list[tuple[str, int, str, str, str | None]]:
    import asyncpg

    connection = await asyncpg.connect(address)
    try:
        return [tuple(row) for row in await connection.fetch(QUERY)]
    finally:
        await connection.close()


def _of_one(conversation: str, written: list[str], events: list[Event], history: History) -> list[str]:
    found = [f"{conversation}: {each}" for each in history.changed]
    found += [f"{conversation}: {message} stored {n} times" for message, n in Counter(written).items() if n > 1]
    lost = [message for message in history.acknowledged if message not in written]
    found += [f"{conversation}: {message} acknowledged and lost" for message in lost]
    if [message for message in written if message in history.acknowledged] != history.acknowledged:
        found.append(f"{conversation}: order changed")
    replies = [(seq, str(content["text"])) for seq, kind, _, content in events if kind in SPOKEN]
    named = Counter(name for _, text in replies for name in WANTS_ANSWER.findall(text))
    found += [f"{conversation}: {name} answered {n} times" for name, n in named.items() if n > 1]
    turns = Counter(str(data["turn"]) for _, kind, data, _ in events if kind == "BotAnswered")
    found += [f"{conversation}: the bot answered {turn} {n} times" for turn, n in turns.items() if n > 1]
    texts = [str(content.get("text", "")) for _, kind, _, content in events if kind == "CustomerWrote"]
    wanting = [name for text in texts for name in WANTS_ANSWER.findall(text)]
    found += [f"{conversation}: {name} never answered" for name in wanting if name not in named]
    if history.arrived:
        found += [f"{conversation}: reply {seq} never arrived" for seq, _ in replies if seq not in history.arrived]
    return found


def _of_cases(conversation: str, events: list[Event]) -> list[str]:
    """Who has the case, event by event: nobody claims what somebody has, and nothing waits for nobody at the end."""
    found, owner = [], "bot"
    for seq, kind, data, _ in events:
        if kind == "Claimed":
            if owner.startswith("agent "):
                found.append(f"{conversation}: claimed twice, at {seq} while {owner} had it")
            owner = f"agent {data['agent']}"
        elif kind in INTO_QUEUE:
            owner = "queue"
        elif kind in OUT_OF_CASE:
            owner = "nobody"
    if owner == "queue":
        found.append(f"{conversation}: handed off and never taken")
    return found
