"""The sums of each month beside those of its days, made from them."""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    months = op.create_table(
        "figure_months",
        sa.Column("dimension", sa.String(length=10), nullable=False, comment="all, channel, language, intent or team"),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("dimension", "value", "month"),
    )
    op.create_index("ix_figure_months_month", "figure_months", ["month", "dimension"])
    days = sa.table("figure_days", *map(sa.column, ("dimension", "value", "day")), sa.column("tally", sa.JSON))
    query = sa.select(days).where(days.c.dimension != "agent").order_by(days.c.dimension, days.c.value, days.c.day)
    rows = op.get_bind().execute(query).all()
    for (dimension, value, month), some in groupby(rows, lambda row: (row.dimension, row.value, row.day[:7])):
        sums: dict[str, dict[str, int]] = {}
        for row in some:
            for name, keys in row.tally.items():
                into = sums.setdefault(name, {})
                for key, amount in keys.items():
                    into[key] = into.get(key, 0) + amount
        op.execute(months.insert().values(dimension=dimension, value=value, month=month, tally=sums))
