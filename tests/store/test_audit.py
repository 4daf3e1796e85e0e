"""The audit log can only grow, whoever asks the database."""

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.store import audit
from tests.fieldwork.office import wib

NOW = wib("2027-01-13 08:45")


def noted(connection: Connection, count: int = 3) -> None:
    for number in range(count):
        audit.note(connection, "501", f"action {number}", {"training": "MKD-2026-2"}, NOW)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET actor = '502'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"],
)
def test_the_database_refuses_to_change_or_delete_a_line(connection: Connection, statement: str):
    noted(connection)
    with pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(statement))


def test_the_latest_lines_come_newest_first_without_those_not_asked_for(connection: Connection):
    noted(connection, 4)
    found = audit.latest(connection, 2, without={"action 3"})
    assert [line.action for line in found] == ["action 2", "action 1"]


def test_the_whole_log_is_read_in_pages(connection: Connection):
    noted(connection, 5)
    first = audit.after(connection, 0, 3)
    second = audit.after(connection, first[-1].id, 3)
    assert [line.action for line in (*first, *second)] == [f"action {n}" for n in range(5)]
    assert audit.last_id(connection) == second[-1].id
