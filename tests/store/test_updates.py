"""An update is new once, and forgotten after two days."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.store import updates

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def test_an_update_is_new_once(connection: Connection):
    assert [updates.first_time(connection, 7, NOW) for _ in range(3)] == [True, False, False]


def test_different_updates_are_each_new(connection: Connection):
    assert updates.first_time(connection, 7, NOW)
    assert updates.first_time(connection, 8, NOW)


def test_what_was_seen_over_two_days_ago_is_forgotten(connection: Connection):
    updates.first_time(connection, 7, NOW)
    updates.first_time(connection, 8, NOW + timedelta(hours=1))
    assert updates.forget_old(connection, NOW + timedelta(hours=48, minutes=1)) == 1
    assert updates.first_time(connection, 7, NOW)
    assert not updates.first_time(connection, 8, NOW)


def test_a_poison_update_is_set_aside_once(connection: Connection):
    for _ in range(2):
        updates.set_aside(connection, 9, "KeyError", NOW)
    assert updates.set_aside_count(connection, NOW) == 1


def test_the_latest_sign_of_life_is_kept(connection: Connection):
    assert updates.last_alive(connection) is None
    for minutes in (0, 1):
        updates.note_alive(connection, NOW + timedelta(minutes=minutes))
    assert updates.last_alive(connection) == NOW + timedelta(minutes=1)
