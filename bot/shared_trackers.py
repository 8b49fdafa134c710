"""The bot's conversations in PostgreSQL, for several bots: any of them can go on with what another began.

Not Rasa's SQL store: that one numbers events by counting them, so that two writers cut each other's off. Here an
event's place is its key: who is behind fails, forgets and is asked again by the desk.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import psycopg2
from psycopg2.extras import execute_values
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.trackers import STORY_EVENTS, SqliteTrackers, _Live

_SCHEMA = """
CREATE TABLE IF NOT EXISTS bot_events (
  conversation TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (conversation, seq)
)
"""
_NEWEST = """
SELECT seq, kind, data FROM bot_events WHERE conversation = %(c)s AND seq >= least(
  (SELECT max(seq) - %(story)s FROM bot_events WHERE conversation = %(c)s),
  coalesce((SELECT max(seq) FROM bot_events WHERE conversation = %(c)s AND kind = %(began)s), 0)) ORDER BY seq
"""


class SharedTrackers(SqliteTrackers):
    """As SqliteTrackers; what is in memory counts only while nobody else has gone on. `url`: postgresql://…"""

    def __init__(self, url: str, domain: Domain | None = None, kept: int = 500) -> None:
        TrackerStore.__init__(self, domain, None)
        self._url = url
        self._live: OrderedDict[str, _Live] = OrderedDict()
        self._kept = kept
        self._connection: Any = None
        self._run("SELECT pg_advisory_lock(1634955363)")  # two at once cannot make one table
        self._run(_SCHEMA)
        self._run("SELECT pg_advisory_unlock(1634955363)")

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation since its last session began, as the last bot left it; None if there is none."""
        live = self._live.get(sender_id)
        if live and self._next_seq(sender_id) != live.first + live.saved:
            self.forget(sender_id)
        return await super().retrieve(sender_id)

    async def keys(self) -> Iterable[str]:
        """All conversations."""
        return [row[0] for row in self._run("SELECT DISTINCT conversation FROM bot_events")]

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()

    def _newest(self, conversation: str) -> list[tuple[int, str, str]]:
        values = {"c": conversation, "story": STORY_EVENTS, "began": SessionStarted.type_name}
        return self._run(_NEWEST, values)

    def _next_seq(self, conversation: str) -> int:
        rows = self._run("SELECT max(seq) FROM bot_events WHERE conversation = %s", (conversation,))
        return 0 if rows[0][0] is None else int(rows[0][0]) + 1

    async def _append(self, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._run("INSERT INTO bot_events VALUES %s", rows, many=True)  # one statement: all or none

    def _delete(self, conversation: str) -> None:
        self._run("DELETE FROM bot_events WHERE conversation = %s", (conversation,))

    def _run(self, statement: str, values: Any = None, *, many: bool = False) -> list[Any]:
        """One statement, committed. A connection that was lost is made anew at the next one."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg2.connect(self._url, connect_timeout=5)
            self._connection.autocommit = True
        try:
            with self._connection.cursor() as cursor:
                if many:
                    execute_values(cursor, statement, values, page_size=10_000)
                else:
                    cursor.execute(statement, values)
                return list(cursor.fetchall()) if cursor.description else []
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            self._connection.close()
            raise
