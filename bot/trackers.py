"""Conversations of the bot, durable in one SQLite file and live in memory.

Rasa's own SQL store reads a conversation back and replays it several times a message. Here a live conversation stays
in memory, and saving appends what is new in one transaction, so that a turn is stored whole or not at all.

Rasa replays its tracker several times a turn, so that a turn costs as much as the session is long. The tracker
therefore holds one session, kept short by `bot.sessions`; what the judge and the packet look back on is the story, the
conversation's newest events across sessions.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ujson
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, UserUttered, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.writer import Writer

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
  conversation TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (conversation, seq)
) WITHOUT ROWID
"""

_ADD = """
INSERT INTO events SELECT ?1, ?2 + key, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?3)
"""
"""One statement for the events of a turn: the writer's thread lets go of the interpreter at each, and has to wait for
its next turn while the bot thinks."""


STORY_EVENTS = 600
"""How far the story goes back: some forty turns, and always to where the session began."""


@dataclass
class _Live:
    tracker: DialogueStateTracker
    first: int  # seq of the tracker's first event
    saved: int  # how many of its events are stored
    earlier: list[Event] = field(default_factory=list)  # of sessions before


class SqliteTrackers(TrackerStore):
    """The store. One process, one event loop; whoever calls holds the conversation's lock."""

    def __init__(
        self, file: Path | str = "var/bot.sqlite", domain: Domain | None = None, kept: int = 500, **_: Any
    ) -> None:
        super().__init__(domain, None)
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        self._writer = Writer(file, _SCHEMA)
        self._base = sqlite3.connect(file, isolation_level=None)
        self._base.execute("PRAGMA busy_timeout=5000")
        self._live: OrderedDict[str, _Live] = OrderedDict()
        self._kept = kept

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation since its last session began; None if there is none."""
        live = self._live.get(sender_id)
        if live:
            self._live.move_to_end(sender_id)
            return live.tracker
        rows = self._newest(sender_id)
        if not rows:
            return None
        began = max((at for at, (_, kind, _) in enumerate(rows) if kind == SessionStarted.type_name), default=0)
        events = deserialise_events([json.loads(data) for _, _, data in rows])
        tracker = DialogueStateTracker.from_events(sender_id, events[began:], self.domain.slots)
        self._remember(sender_id, _Live(tracker, rows[began][0], len(rows) - began, events[:began]))
        return tracker

    def story(self, tracker: DialogueStateTracker) -> list[Event]:
        """The newest events of a tracker's conversation, those that are not stored yet among them."""
        live = self._live.get(tracker.sender_id)
        earlier = live.earlier if live and live.tracker is tracker else []
        return [*earlier, *tracker.events]

    def hold(self, tracker: DialogueStateTracker) -> None:
        """Keep a tracker's changes in memory until the turn is saved."""
        if tracker.sender_id not in self._live:
            self._remember(tracker.sender_id, _Live(tracker, self._next_seq(tracker.sender_id), 0))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet, all or none."""
        live = self._live.get(tracker.sender_id)
        if live is None or live.tracker is not tracker:
            live = _Live(tracker, self._next_seq(tracker.sender_id), 0)
        fresh = list(tracker.events)[live.saved :]
        at = live.first + live.saved
        rows = [(tracker.sender_id, at + i, e.type_name, ujson.dumps(e.as_dict())) for i, e in enumerate(fresh)]
        await self._append(rows)
        live.saved += len(fresh)
        self._remember(tracker.sender_id, self._latest_session(live))

    def forget(self, conversation: str) -> None:
        """Drop what is in memory and not stored: a turn that failed leaves nothing behind."""
        self._live.pop(conversation, None)

    def forget_idle(self, busy: Container[str]) -> None:
        """Drop from memory all but the conversations that are worked on: the next turn reads them with the slots of
        the domain that stands then."""
        for conversation in [one for one in self._live if one not in busy]:
            self.forget(conversation)

    def erase(self, conversation: str) -> None:
        """Delete a conversation for good."""
        self.forget(conversation)
        self._delete(conversation)

    async def keys(self) -> Iterable[str]:
        """All conversations."""
        return [row[0] for row in self._base.execute("SELECT DISTINCT conversation FROM events")]

    def close(self) -> None:
        """Close the file."""
        self._writer.close()
        self._base.close()

    def _latest_session(self, live: _Live) -> _Live:
        """The same conversation with a tracker of its latest session only."""
        events = list(live.tracker.events)
        began = max((at for at, event in enumerate(events) if isinstance(event, SessionStarted)), default=0)
        if not any(isinstance(event, UserUttered) for event in events[:began]):
            return live
        tracker = DialogueStateTracker.from_events(live.tracker.sender_id, events[began:], self.domain.slots)
        earlier = [*live.earlier, *events[:began]][-STORY_EVENTS:]
        return _Live(tracker, live.first + began, live.saved - began, earlier)

    def _newest(self, conversation: str) -> list[tuple[int, str, str]]:
        """seq, kind and data of the story, oldest first."""
        return self._base.execute(
            "SELECT seq, kind, data FROM events WHERE conversation = :c AND seq >= min("
            "(SELECT max(seq) - :story FROM events WHERE conversation = :c), coalesce("
            "(SELECT max(seq) FROM events WHERE conversation = :c AND kind = :began), 0)) ORDER BY seq",
            {"c": conversation, "story": STORY_EVENTS, "began": SessionStarted.type_name},
        ).fetchall()

    def _next_seq(self, conversation: str) -> int:
        row = self._base.execute("SELECT max(seq) FROM events WHERE conversation = ?", (conversation,)).fetchone()
        return 0 if row[0] is None else row[0] + 1

    async def _append(self, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            conversation, first, *_ = rows[0]
            await self._writer.append(_ADD, [(conversation, first, ujson.dumps([row[2:] for row in rows]))])

    def _delete(self, conversation: str) -> None:
        self._writer.delete("DELETE FROM events WHERE conversation = ?", conversation)

    def _remember(self, conversation: str, live: _Live) -> None:
        self._live[conversation] = live
        self._live.move_to_end(conversation)
        while len(self._live) > self._kept:
            self._live.popitem(last=False)
