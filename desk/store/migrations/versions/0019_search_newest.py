"""Search reads the newest messages first: what was said stands in an ordinary table, and the index beside it.

SQLite's index held the words a second time, where nobody could read them by age or by conversation without reading all;
erasing one conversation read a million messages. The index's words are folded already (search.py), so everything past
ASCII is a letter to it.
"""

from alembic import op

revision = "0019"
down_revision = "0018"

_SQLITE = (
    "ALTER TABLE search RENAME TO search_before",
    "CREATE TABLE search (position INTEGER PRIMARY KEY, conversation VARCHAR(40) NOT NULL, seq INTEGER NOT NULL, "
    "words TEXT NOT NULL)",
    "INSERT INTO search (position, conversation, seq, words) "
    "SELECT rowid, conversation, seq, replace(words, '_', ' ') FROM search_before ORDER BY rowid",
    "DROP TABLE search_before",
    "CREATE INDEX ix_search_conversation ON search (conversation)",
    "CREATE VIRTUAL TABLE search_index USING fts5(words, conversation UNINDEXED, content='search', "
    "content_rowid='position', tokenize='ascii', prefix='2 3', columnsize=0)",
    "INSERT INTO search_index (search_index) VALUES ('rebuild')",
    "CREATE TRIGGER search_erased AFTER DELETE ON search BEGIN "
    "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.position, old.words); END",
)
_POSTGRESQL = (
    "UPDATE search SET words = replace(words, '_', ' ') WHERE strpos(words, '_') > 0",
    "CREATE INDEX ix_search_position ON search (position)",
)


def upgrade() -> None:
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
