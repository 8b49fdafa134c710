"""Search looks at the newest messages first on PostgreSQL too, as SQLite does by the rows' own numbers."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search ADD COLUMN position BIGSERIAL NOT NULL")
