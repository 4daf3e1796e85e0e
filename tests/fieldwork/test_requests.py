"""The clock of a request: told at once, before it runs out, when it has, and daily; closed once, and not after that."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.errors import NothingOpen
from bot.fieldwork import erasures, requests
from bot.fieldwork.permits import Staff
from bot.fieldwork.staff import Duty, StaffVisit
from bot.store import rights_tables, tables
from tests.fieldwork.field import NOW, SECRET, STUDY, add_person, connect, later

ADMINISTRATOR = 502


def duty(hours: float = 0) -> Duty:
    visit = StaffVisit(STUDY, ADMINISTRATOR, 1, later(hours=hours))
    who = Staff(ADMINISTRATOR, "administrator", all_trainings=True)
    return Duty(visit, who, "id", is_first=True, about=None)


def asked(connection: Connection) -> tuple[int, int]:
    """(person, request)."""
    person_id = add_person(connection)
    connect(connection, person_id)
    code = connection.scalar(select(tables.people.c.code).where(tables.people.c.id == person_id))
    requests.ask_correction(connection, code, "Unit saya: Dinas Kesehatan", NOW)
    return person_id, connection.scalars(select(rights_tables.requests.c.id)).one()


def told_over(connection: Connection, days: int) -> list[int]:
    """The hours after the request at which the administrators hear of it, with a look every hour."""
    return [
        hour
        for hour in range(days * 24 + 1)
        if requests.to_tell(connection, STUDY, NOW + timedelta(hours=hour))
    ]


def test_administrators_hear_at_once_a_day_before_at_the_end_and_daily_after(
    connection: Connection,
):
    asked(connection)
    assert told_over(connection, 5) == [0, 48, 72, 96, 120]


def test_after_a_long_stop_they_hear_once_and_not_of_every_moment_missed(connection: Connection):
    asked(connection)
    first, *more = [requests.to_tell(connection, STUDY, later(hours=200)) for _ in range(3)]
    assert (len(first), more) == (1, [[], []])
    assert first[0].hours_left == -128


def test_the_next_moment_is_known_so_that_a_clock_can_stop_there(connection: Connection):
    assert requests.next_due(connection) is None
    asked(connection)
    assert requests.next_due(connection) == NOW
    requests.to_tell(connection, STUDY, NOW)
    assert requests.next_due(connection) == later(hours=48)


def test_the_list_shows_who_asks_what_and_until_when(connection: Connection):
    asked(connection)
    (wish,) = requests.listed(connection, duty(5)).open
    assert (wish.name, wish.text, wish.hours_left) == (
        "Siti Aminah", "Unit saya: Dinas Kesehatan", 67,
    )  # fmt: skip
    assert f"{wish.due_at:%d.%m. %H:%M}" == "06.02. 10:00"


def test_a_closed_request_is_told_of_no_more_and_says_its_outcome(connection: Connection):
    _, request_id = asked(connection)
    closed = requests.close(connection, duty(1), request_id, "done")
    assert (closed.is_first, closed.chat_id, closed.wish.name) == (True, 700, "Siti Aminah")
    assert told_over(connection, 5) == []
    row = connection.execute(select(rights_tables.requests)).one()
    assert (row.outcome, row.closed_by, row.done_at) == ("done", ADMINISTRATOR, later(hours=1))


def test_two_administrators_close_it_once(connection: Connection):
    _, request_id = asked(connection)
    requests.close(connection, duty(1), request_id, "done")
    second = requests.close(connection, duty(2), request_id, "refused")
    assert not second.is_first
    assert connection.scalars(select(rights_tables.requests.c.outcome)).one() == "done"


@pytest.mark.parametrize("is_erased", [True, False])
def test_a_request_of_nobody_cannot_be_closed(connection: Connection, *, is_erased: bool):
    person_id, request_id = asked(connection)
    if is_erased:
        erasures.erase_person(connection, SECRET, person_id, NOW)
    with pytest.raises(NothingOpen, match="permintaan_tidak_ada"):
        requests.close(connection, duty(), request_id if is_erased else request_id + 1, "done")


def test_a_person_without_a_chat_is_told_by_the_administrator(connection: Connection):
    person_id, request_id = asked(connection)
    here = tables.accounts.c.person_id == person_id
    connection.execute(tables.accounts.update().where(here).values(blocked_at=NOW))
    close = partial(requests.close, outcome="refused")
    assert close(connection, duty(), request_id).chat_id is None
