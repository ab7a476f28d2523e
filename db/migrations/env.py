"""Alembic's entry: runs the versions on the connection, and inside the transaction, that `kamtui.store.migration` opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
