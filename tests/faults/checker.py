"""Checks a history against the database by itself: it knows the tables and the wire, and none of the desk's code."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class History:
    """What one customer saw: messages that were acknowledged, in order, and every entry that arrived."""

    acknowledged: list[str] = field(default_factory=list)
    arrived: dict[int, tuple[str, str]] = field(default_factory=dict)
    """seq → (role, text)."""
    changed: list[str] = field(default_factory=list)
    """Entries that came again with another content: must stay empty."""

    def saw(self, entry: dict[str, object]) -> None:
        """Note an entry; the same number must always bring the same."""
        seq, author = int(str(entry["seq"])), dict(entry["author"])  # type: ignore[call-overload]
        seen = (str(author["role"]), str(entry["text"]))
        if self.arrived.setdefault(seq, seen) != seen:
            self.changed.append(f"{seq}: {self.arrived[seq]} became {seen}")


def faults(database: Path, histories: dict[str, History]) -> list[str]:
    """Everything that is wrong: lost, doubled, reordered, gaps in a log. `histories` by the message ids' prefix."""
    found: list[str] = []
    stored: dict[str, list[tuple[int, str, dict[str, object], dict[str, object]]]] = {}
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "SELECT e.conversation, e.seq, e.type, e.data, c.content FROM events e LEFT JOIN contents c "
            "ON c.conversation = e.conversation AND c.seq = e.seq ORDER BY e.conversation, e.seq"
        )
        for conversation, seq, kind, data, content in rows:
            stored.setdefault(conversation, []).append((seq, kind, json.loads(data), json.loads(content or "{}")))
    for conversation, events in stored.items():
        if [seq for seq, *_ in events] != list(range(1, len(events) + 1)):
            found.append(f"{conversation}: gaps in the log")
        written = [str(data["message_id"]) for _, kind, data, _ in events if kind == "CustomerWrote"]
        history = histories[written[0].partition("-")[0]]
        found += _of_one(conversation, written, events, history)
    return found


def _of_one(
    conversation: str,
    written: list[str],
    events: list[tuple[int, str, dict[str, object], dict[str, object]]],
    history: History,
) -> list[str]:
    found = [*history.changed]
    found += [f"{conversation}: {message} stored {n} times" for message, n in Counter(written).items() if n > 1]
    lost = [message for message in history.acknowledged if message not in written]
    found += [f"{conversation}: {message} acknowledged and lost" for message in lost]
    if [message for message in written if message in history.acknowledged] != history.acknowledged:
        found.append(f"{conversation}: order changed")
    replies = [(seq, str(content["text"])) for seq, kind, _, content in events if kind == "BotReplied"]
    times = Counter(text for _, text in replies)
    found += [f"{conversation}: answered {n} times: {text}" for text, n in times.items() if n > 1]
    answered = " ".join(text for _, text in replies)
    found += [f"{conversation}: {message} never answered" for message in written if f"<{message}>" not in answered]
    found += [f"{conversation}: reply {seq} never arrived" for seq, _ in replies if seq not in history.arrived]
    return found
