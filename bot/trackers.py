"""Conversations of the bot, durable in one SQLite file and live in memory.

Rasa's own SQL store reads a conversation back and replays it several times a message. Here a live conversation stays
in memory, and saving appends what is new in one transaction, so that a turn is stored whole or not at all.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
  conversation TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (conversation, seq)
) WITHOUT ROWID
"""


@dataclass
class _Live:
    tracker: DialogueStateTracker
    first: int  # seq of the tracker's first event
    saved: int  # how many of its events are stored


class SqliteTrackers(TrackerStore):
    """The store. One process, one event loop; whoever calls holds the conversation's lock."""

    def __init__(
        self, file: Path | str = "var/bot.sqlite", domain: Domain | None = None, kept: int = 500, **_: Any
    ) -> None:
        super().__init__(domain, None)
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.execute("PRAGMA secure_delete=ON")
        self._base.execute("PRAGMA busy_timeout=5000")
        self._base.execute(_SCHEMA)
        self._live: OrderedDict[str, _Live] = OrderedDict()
        self._kept = kept

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation since its last session began; None if there is none."""
        live = self._live.get(sender_id)
        if live:
            self._live.move_to_end(sender_id)
            return live.tracker
        rows = self._base.execute(
            "SELECT seq, data FROM events WHERE conversation = ? AND seq >= coalesce("
            "(SELECT max(seq) FROM events WHERE conversation = ? AND kind = ?), 0) ORDER BY seq",
            (sender_id, sender_id, SessionStarted.type_name),
        ).fetchall()
        if not rows:
            return None
        events = deserialise_events([json.loads(data) for _, data in rows])
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        self._remember(sender_id, _Live(tracker, rows[0][0], len(rows)))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet, all or none."""
        live = self._live.get(tracker.sender_id)
        if live is None or live.tracker is not tracker:
            live = _Live(tracker, self._next_seq(tracker.sender_id), 0)
        fresh = list(tracker.events)[live.saved :]
        at = live.first + live.saved
        rows = [(tracker.sender_id, at + i, e.type_name, json.dumps(e.as_dict())) for i, e in enumerate(fresh)]
        self._write("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
        live.saved += len(fresh)
        if live.saved > len(fresh) and any(isinstance(event, SessionStarted) for event in fresh):
            self.forget(tracker.sender_id)  # a new session began: the next message needs only what came after
        else:
            self._remember(tracker.sender_id, live)

    def forget(self, conversation: str) -> None:
        """Drop what is in memory and not stored: a turn that failed leaves nothing behind."""
        self._live.pop(conversation, None)

    def erase(self, conversation: str) -> None:
        """Delete a conversation for good."""
        self.forget(conversation)
        self._write("DELETE FROM events WHERE conversation = ?", [(conversation,)])
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def keys(self) -> Iterable[str]:
        """All conversations."""
        return [row[0] for row in self._base.execute("SELECT DISTINCT conversation FROM events")]

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _next_seq(self, conversation: str) -> int:
        row = self._base.execute("SELECT max(seq) FROM events WHERE conversation = ?", (conversation,)).fetchone()
        return 0 if row[0] is None else row[0] + 1

    def _write(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            self._base.executemany(statement, rows)
            self._base.execute("COMMIT")
        except BaseException:
            self._base.execute("ROLLBACK")
            raise

    def _remember(self, conversation: str, live: _Live) -> None:
        self._live[conversation] = live
        self._live.move_to_end(conversation)
        while len(self._live) > self._kept:
            self._live.popitem(last=False)
