"""How Alembic reaches the database: over the connection that it is given."""

from alembic import context

from connectors.storage import outbox_tables, record_tables  # noqa: F401  # all tables
from connectors.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # SQLite too: its own BEGIN IMMEDIATE holds the whole upgrade
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
