"""What all tables stand on."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

# BIGINT on PostgreSQL; on SQLite only INTEGER becomes the row's own number.
Position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
