"""Two processes that bring an empty PostgreSQL up at the same time: the second waits for the first, and both end well."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.store.schema import is_newest

ROOT = Path(__file__).parents[2]
START = """
import sys
from bot.store.migrate import migrate
print("ready", flush=True)
sys.stdin.readline()
migrate(sys.argv[1])
print("done")
"""


@pytest.fixture
def empty_postgresql(_postgresql: str) -> Iterator[str]:
    """A database without a table, on the suite's server."""
    engine = create_engine(_postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS two_starts"))
        connection.execute(text("CREATE DATABASE two_starts"))
        yield make_url(_postgresql).set(database="two_starts").render_as_string(hide_password=False)
        connection.execute(text("DROP DATABASE two_starts WITH (FORCE)"))
    engine.dispose()


def start(url: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", START, url], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_that_migrate_at_once_both_end_well(empty_postgresql: str):
    both = [start(empty_postgresql) for _ in range(2)]
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    ends = [one.communicate(timeout=60) for one in both]
    assert [end for end in ends if end != ("done\n", "")] == []
    assert is_newest(empty_postgresql)
