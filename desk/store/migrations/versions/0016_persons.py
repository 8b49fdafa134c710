"""A customer's other conversations, found by an index: whom an address belongs to stands in a column of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    comment = "whom the data name as `person`, where the channel knows its people"
    op.add_column("addresses", sa.Column("person", sa.String(length=320), comment=comment))
    addresses = sa.table("addresses", sa.column("data", sa.JSON), sa.column("person", sa.String))
    op.execute(addresses.update().values(person=addresses.c.data["person"].as_string()))
    op.create_index("ix_addresses_person", "addresses", ["channel", "person"])
