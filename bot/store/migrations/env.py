"""What Alembic runs for each migration: on the connection that migrate.py hands over, in its transaction."""

from alembic import context

from bot.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
    transactional_ddl=False,  # migrate.py has begun the transaction
)
context.run_migrations()
