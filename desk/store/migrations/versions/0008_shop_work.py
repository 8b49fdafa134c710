"""What people have asked for in the shop."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    comment = "something is to be done in the shop"
    op.add_column(
        "conversations",
        sa.Column("shop_work", sa.Boolean(), nullable=False, server_default=sa.false(), comment=comment),
    )
    op.create_index(
        "ix_conversations_shop_work",
        "conversations",
        ["shop_work"],
        sqlite_where=sa.text("shop_work"),
        postgresql_where=sa.text("shop_work"),
    )
