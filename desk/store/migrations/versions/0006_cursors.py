"""How far mailboxes have been read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "cursors",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False, comment="as the source counts"),
        sa.PrimaryKeyConstraint("source"),
    )
