"""The actions' own small database, `actions.sqlite3` under ASPA_VAR: codes, what the bot has given, wrong guesses.

Nobody can be told from it: e-mails and orders stand in it as hashes, codes as slow hashes.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actions import waiting

_SCHEMA = """
CREATE TABLE IF NOT EXISTS codes (
  conversation TEXT NOT NULL, customer TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL,
  sent_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, proved_at INTEGER,
  PRIMARY KEY (conversation, customer, sent_at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS given (
  key TEXT PRIMARY KEY, customer TEXT NOT NULL, cents INTEGER NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS given_at ON given (at);
CREATE TABLE IF NOT EXISTS tries (
  key TEXT NOT NULL, guess TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (key, guess)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tries_at ON tries (at);
CREATE INDEX IF NOT EXISTS tries_guess ON tries (guess);
"""


class Store:
    """Opens a connection for each piece of work, since actions run in threads of their own."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        base = self._open()
        base.execute("PRAGMA journal_mode=WAL")
        base.executescript(_SCHEMA)
        base.close()
        file.chmod(0o600)

    @contextmanager
    def work(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: done whole, or not at all."""
        base = self._open()
        try:
            base.execute("BEGIN IMMEDIATE")
            yield base
            base.execute("COMMIT")
        except BaseException:
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise
        finally:
            base.close()

    def _open(self) -> sqlite3.Connection:
        waiting.begins()
        return sqlite3.connect(self._file, isolation_level=None, timeout=5.0)


def customer_id(email: str) -> str:
    """An e-mail in any spelling of its case → the same short name for it."""
    return hashlib.sha256(email.strip().casefold().encode()).hexdigest()[:32]
