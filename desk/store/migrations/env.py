"""Alembic's entry: migrate.py hands over an open connection."""

from alembic import context

from desk.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
