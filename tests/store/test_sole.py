"""Only one process holds the place, and it is free as soon as that one is gone."""

import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text

from bot.errors import StoreError
from bot.store.sole import sole

HOLDER = """
import sys
from bot.store.sole import sole
lock = sole(sys.argv[1])
print(lock.take(), flush=True)
sys.stdin.read()
"""


def test_the_place_is_given_to_one_until_it_is_given_back(database_url: str):
    first, second = sole(database_url), sole(database_url)
    assert (first.take(), first.take(), second.take()) == (True, True, False)
    first.give_back()
    assert second.take()
    second.give_back()


def test_a_process_that_was_killed_holds_nothing(database_url: str):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"True\n"
    lock = sole(database_url)
    assert not lock.take()
    holder.kill()
    holder.communicate()
    for _ in range(100):  # PostgreSQL notices in its own time
        if lock.take():
            break
    assert lock.take()
    lock.give_back()


def test_the_server_itself_looks_after_the_machine_that_holds_the_place(postgresql_url: str):
    lock = sole(postgresql_url)
    assert lock.take()
    asked = text("SELECT source FROM pg_settings WHERE name LIKE 'tcp_keepalives_%'")
    assert set(lock._connection.execute(asked).scalars()) == {"session"}
    lock.give_back()


def test_whoever_loses_the_connection_loses_the_place_and_takes_it_anew(postgresql_url: str):
    lock = sole(postgresql_url)
    assert lock.take()
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        )
    engine.dispose()
    for _ in range(100):
        if lock.take():
            break
    assert not sole(postgresql_url).take()
    lock.give_back()


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/x.db", "nonsense", "mysql://x/y", "sqlite://"]
)
def test_an_address_that_cannot_be_locked_is_a_sentence(url: str):
    with pytest.raises(StoreError, match="DATABASE_URL"):
        sole(url).take()
