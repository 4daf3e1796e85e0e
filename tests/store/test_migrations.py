"""The migrations make exactly the tables of tables.py, on both databases, in one transaction."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from bot.errors import SchemaOutdated, StoreError
from bot.store import questionnaires, tables
from bot.store.migrate import SCRIPTS, is_current, migrate, scripts
from bot.store.schema import bring_up, is_newest, newest_revision


def test_the_migrated_schema_is_that_of_the_tables(database_url: str):
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_every_foreign_key_of_the_tables_is_in_the_schema(database_url: str):
    engine = create_engine(database_url)
    seen = {
        (table, column, key["referred_table"], key["options"].get("ondelete"))
        for table in inspect(engine).get_table_names()
        for key in inspect(engine).get_foreign_keys(table)
        for column in key["constrained_columns"]
    }
    meant = {
        (table.name, key.parent.name, key.column.table.name, key.ondelete)
        for table in tables.metadata.sorted_tables
        for key in table.foreign_keys
    }
    engine.dispose()
    assert seen == meant


def test_no_migration_leans_on_todays_tables():
    """A migration is history: it may not change because tables.py changes."""
    leaning = [
        path.name
        for path in (SCRIPTS / "versions").glob("*.py")
        if "bot." in path.read_text(encoding="utf-8")
    ]
    assert leaning == []


def test_migrating_again_changes_nothing(database_url: str):
    migrate(database_url)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    engine.dispose()


def test_the_newest_schema_is_known_without_alembic(database_url: str, tmp_path: Path):
    assert newest_revision() == ScriptDirectory.from_config(scripts()).get_current_head()
    assert is_newest(database_url)
    assert not is_newest(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.glob("none*")) == []


def test_a_database_of_an_older_schema_is_brought_up(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        config = scripts()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    engine.dispose()
    assert not is_newest(url)
    bring_up(url)
    assert is_newest(url)


def test_a_database_of_a_newer_version_is_left_alone(sqlite_url: str):
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaOutdated, match="newer version"):
        migrate(sqlite_url)
    with pytest.raises(SchemaOutdated, match="newer version"):  # `migrate` would be no remedy
        is_current(sqlite_url)
    engine.dispose()


def test_a_failing_migration_leaves_nothing_behind(tmp_path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    upgrade = command.upgrade

    def then_fail(*arguments: object) -> None:
        upgrade(*arguments)
        raise ZeroDivisionError

    monkeypatch.setattr(command, "upgrade", then_fail)
    with pytest.raises(ZeroDivisionError):
        migrate(url)
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_an_address_that_cannot_be_opened_is_refused_with_a_sentence():
    with pytest.raises(StoreError, match="DATABASE_URL"):
        migrate("sqlite:////no/such/folder/x.db")


def test_what_was_kept_before_versions_were_published_is_in_use_in_that_order(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        config = scripts()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for version in ("1", "2"):
            connection.execute(
                text("INSERT INTO questionnaires (name, version, body, created_at) "
                     "VALUES ('post_training', :version, '{}', '2026-11-25 00:00:00')"),
                {"version": version},
            )  # fmt: skip
    migrate(url)
    with engine.connect() as connection:
        assert questionnaires.newest(connection, "post_training") == 2
    engine.dispose()
