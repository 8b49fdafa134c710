"""What must outlive the process: every change with its effects, and every answer given under an idempotency key."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.effects import Effect

SCHEMA = """
CREATE TABLE IF NOT EXISTS changes (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, order_number TEXT, amount TEXT,
    reference TEXT NOT NULL, idempotency_key TEXT NOT NULL UNIQUE, effects TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    idempotency_key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Answer:
    """`request` is a fingerprint of what was asked, to know another question under the same key."""

    request: str
    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Record:
    """A change to be stored."""

    kind: str
    order: str | None
    amount: str | None
    reference: str
    effects: list[Effect]


class Store:
    """One SQLite file. A call returns after its transaction is on the disk: `kill -9` loses nothing answered."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, timeout=5)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def answer(self, key: str) -> Answer | None:
        row = self._db.execute("SELECT request, status, body FROM answers WHERE idempotency_key = ?", (key,)).fetchone()
        return Answer(row[0], row[1], json.loads(row[2])) if row else None

    def next_seq(self) -> int:
        (last,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM changes").fetchone()
        return int(last) + 1

    def keep(self, key: str, answer: Answer, record: Record | None) -> None:
        """The answer and, if something was changed, the change, both or neither."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            if record:
                values = (record.kind, record.order, record.amount, record.reference, key, json.dumps(record.effects))
                self._db.execute(
                    "INSERT INTO changes (at, kind, order_number, amount, reference, idempotency_key, effects)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (time.time_ns() // 1_000_000, *values),
                )
            self._db.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?)", (key, answer.request, answer.status, json.dumps(answer.body))
            )
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def forget(self) -> None:
        """Everything that was ever changed or answered."""
        self._db.executescript("BEGIN IMMEDIATE; DELETE FROM changes; DELETE FROM answers; COMMIT;")

    def effects(self) -> list[Effect]:
        """All that was ever done, in order."""
        rows = self._db.execute("SELECT effects FROM changes ORDER BY seq")
        return [effect for (text,) in rows for effect in json.loads(text)]

    def recent(self, after: int, limit: int) -> list[tuple[int, list[Effect]]]:
        """The effects of each change after `after`, in order."""
        rows = self._db.execute("SELECT seq, effects FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))
        return [(int(seq), json.loads(text)) for seq, text in rows]

    def changes(self, after: int, limit: int) -> list[dict[str, Any]]:
        """The audit: what was changed, without anybody's details."""
        names = ("seq", "at", "kind", "order", "amount", "reference", "idempotency_key")
        rows = self._db.execute(
            "SELECT seq, at, kind, order_number, amount, reference, idempotency_key FROM changes"
            " WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, limit),
        )
        return [dict(zip(names, row, strict=True)) for row in rows]
