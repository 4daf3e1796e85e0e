from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Connection, update

from bot.fieldwork import contacting, reminding
from bot.store import contacts, tables
from tests.fieldwork.duties import duty_at
from tests.fieldwork.office import (
    STUDY,
    change_response,
    import_class,
    open_round,
    people,
    roster,
    run_through,
    send_due,
    wib,
)

OPENED = wib("2027-01-14 08:30")
NEXT_DAY = wib("2027-01-15 09:00")


def invited(connection: Connection, size: int = 3, connected: int | None = None) -> tuple[int, int]:
    training_id = import_class(connection, roster(size=size), connected=connected)
    round_id = open_round(connection, training_id, now=OPENED)
    send_due(connection, OPENED)
    return training_id, round_id


def test_the_planned_reminder_goes_out_now_and_only_once(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    duty = duty_at(connection, training_id, NEXT_DAY)
    assert reminding.preview(connection, duty, round_id).may_go == 3
    done = reminding.remind_now(connection, duty, round_id)
    assert (done.done, done.may_go, done.held) == (True, 3, {})
    again = reminding.remind_now(connection, duty, round_id)
    assert (again.done, again.may_go, again.held) == (False, 0, {"due_already": 3})
    assert send_due(connection, NEXT_DAY) == [(1000, 1), (1001, 1), (1002, 1)]
    after = reminding.preview(connection, duty, round_id)
    assert (after.may_go, after.held) == (0, {"too_soon": 3})


def test_the_number_of_messages_in_the_round_stays_that_of_the_plan(
    connection: Connection,
) -> None:
    training_id, round_id = invited(connection, 1)
    reminding.remind_now(connection, duty_at(connection, training_id, NEXT_DAY), round_id)
    sent = run_through(connection, NEXT_DAY, wib("2027-03-01 00:00"))
    assert [step for _, _, step in sent] == [1, 2, 3]


def _blocked(connection: Connection, _round: int, person: int) -> None:
    accounts = tables.accounts
    connection.execute(
        update(accounts).where(accounts.c.person_id == person).values(blocked_at=OPENED)
    )


def _opted_out(connection: Connection, _round: int, person: int) -> None:
    persons = tables.people
    connection.execute(
        update(persons).where(persons.c.id == person).values(do_not_contact_at=OPENED)
    )


def _asked_to_stop(connection: Connection, round_id: int, person: int) -> None:
    contacting.stop_reminding(connection, round_id, person, OPENED)


def _declined(connection: Connection, _round: int, person: int) -> None:
    change_response(connection, person, disposition="refused", stage="done")


def _chose_a_time(connection: Connection, round_id: int, person: int) -> None:
    until = wib("2027-01-17 20:00")
    assert contacting.snooze(connection, STUDY, round_id, person, until=until, now=OPENED)


def _had_many(connection: Connection, round_id: int, person: int) -> None:
    for step in range(10, 16):
        contacts.plan(connection, [contacts.Planned(round_id, person, step, "reminder", OPENED)])
    connection.execute(
        update(tables.contacts)
        .where(tables.contacts.c.person_id == person, tables.contacts.c.step >= 10)
        .values(state="sent", sent_at=wib("2027-01-02 09:00"))
    )


def _had_all(connection: Connection, round_id: int, person: int) -> None:
    contacts.cancel_planned(connection, round_id, "nothing outstanding", person)


HELD: list[tuple[reminding.Held, Callable[[Connection, int, int], None]]] = [
    ("blocked", _blocked),
    ("stopped", _opted_out),
    ("stopped", _asked_to_stop),
    ("stopped", _declined),
    ("chosen_time", _chose_a_time),
    ("month_full", _had_many),
    ("all_sent", _had_all),
]


@pytest.mark.parametrize(("why", "happens"), HELD)
def test_who_is_held_back_is_counted_with_the_reason_and_gets_nothing(
    connection: Connection,
    why: reminding.Held,
    happens: Callable[[Connection, int, int], None],
) -> None:
    training_id, round_id = invited(connection)
    happens(connection, round_id, people(connection, training_id)[0])
    duty = duty_at(connection, training_id, NEXT_DAY)
    shown = reminding.remind_now(connection, duty, round_id)
    assert (shown.may_go, shown.held) == (2, {why: 1})
    assert [chat for chat, _ in send_due(connection, NEXT_DAY)] == [1001, 1002]


def test_who_asked_for_no_more_after_the_last_message_is_remembered(
    connection: Connection,
) -> None:
    training_id, round_id = invited(connection, 1)
    run_through(connection, NEXT_DAY, wib("2027-02-01 12:00"))
    (person,) = people(connection, training_id)
    contacting.stop_reminding(connection, round_id, person, wib("2027-02-01 13:00"))
    duty = duty_at(connection, training_id, wib("2027-02-03 09:00"))
    assert reminding.preview(connection, duty, round_id).held == {"stopped": 1}


def test_who_is_not_connected_is_held_and_who_has_answered_is_not_mentioned(
    connection: Connection,
) -> None:
    training_id, round_id = invited(connection, connected=2)
    done, *_ = people(connection, training_id)
    change_response(connection, done, disposition="complete", stage="done", completed_at=NEXT_DAY)
    shown = reminding.preview(connection, duty_at(connection, training_id, NEXT_DAY), round_id)
    assert (shown.may_go, shown.held) == (1, {"not_connected": 1})


@pytest.mark.parametrize(
    ("now", "first_at"),
    [
        (wib("2027-01-15 09:00"), wib("2027-01-15 09:00")),
        (wib("2027-01-16 21:00"), wib("2027-01-18 08:30")),  # a Saturday evening
    ],
)
def test_it_says_when_the_messages_go_out_by_the_office_hours(
    connection: Connection, now: datetime, first_at: datetime
) -> None:
    training_id, round_id = invited(connection)
    shown = reminding.remind_now(connection, duty_at(connection, training_id, now), round_id)
    assert shown.first_at == first_at
    send_due(connection, now)
    assert len(send_due(connection, first_at)) == (0 if now == first_at else 3)


def test_in_a_closed_round_nobody_is_reminded(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    shown = reminding.remind_now(
        connection, duty_at(connection, training_id, wib("2027-02-10 09:00")), round_id
    )
    assert (shown.is_open, shown.done) == (False, False)
