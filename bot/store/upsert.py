"""INSERT .. ON CONFLICT for the database at hand: the one statement that the two dialects build differently.

An IntegrityError is never caught inside a transaction (PostgreSQL aborts it), so whatever may exist already goes here.
To learn whether a row was inserted, add .returning(...) and look for one: psycopg has no rowcount for an INSERT here.
"""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Follow it with .on_conflict_do_nothing() or .on_conflict_do_update(index_elements=..., set_=...)."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """The same, for a statement that is built once and kept."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
