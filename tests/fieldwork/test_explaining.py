from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import Connection, update

from bot.errors import NothingOpen
from bot.fieldwork import contacting, explaining, rounds
from bot.store import round_changes, tables
from tests.fieldwork.duties import WHO, duty_at, own_only
from tests.fieldwork.office import (
    STUDY,
    change_response,
    connect,
    import_class,
    open_round,
    participant,
    people,
    roster,
    run_through,
    send_due,
    superior,
    wib,
)

OPENED = wib("2027-02-01 08:30")
LATER = wib("2027-02-02 09:00")


def one_person(connection: Connection, connected: int = 1) -> tuple[int, int, int]:
    """(training, round, person): a class of one, invited."""
    training_id = import_class(connection, roster(size=1), connected=connected)
    round_id = open_round(connection, training_id, now=OPENED)
    send_due(connection, OPENED)
    return training_id, round_id, people(connection, training_id)[0]


def story_of(
    connection: Connection, name: str = "Peserta 0", now: datetime = LATER
) -> explaining.RoundStory:
    (story,) = explaining.explain(connection, duty_at(connection, None, now), name).stories
    return story


def test_what_was_sent_and_what_comes_next_with_the_days_that_do_not_count(
    connection: Connection,
) -> None:
    training_id = import_class(connection, roster(size=1))
    invited = wib("2027-02-03 08:30")  # Friday the 5th is cuti bersama
    open_round(connection, training_id, now=invited)
    send_due(connection, invited)
    story = story_of(connection, now=invited)
    assert story.events == (
        explaining.Event("sent", "invitation", 0, invited),
        explaining.Event(
            "planned", "reminder", 1, wib("2027-02-09 08:30"), "", 3, (date(2027, 2, 5),)
        ),
    )
    assert story.end == "planned"


def test_what_waits_because_the_round_is_paused_says_so_but_for_a_time_the_person_chose(
    connection: Connection,
) -> None:
    _, round_id, person = one_person(connection)
    round_changes.pause(connection, round_id, LATER)
    assert story_of(connection).events[-1].why == "paused"
    until = wib("2027-02-03 20:00")
    contacting.snooze(connection, STUDY, round_id, person, until=until, now=LATER)
    assert story_of(connection).events[-1].why == ""


def _complete(connection: Connection, _round: int, person: int) -> None:
    change_response(connection, person, disposition="complete", stage="done", completed_at=LATER)
    contacting.withdraw(connection, _round, person, LATER)


def _declined(connection: Connection, round_id: int, person: int) -> None:
    change_response(connection, person, disposition="refused", stage="done")
    contacting.withdraw(connection, round_id, person, LATER, "refused")


def _asked_to_stop(connection: Connection, round_id: int, person: int) -> None:
    contacting.stop_reminding(connection, round_id, person, LATER)


def _opted_out(connection: Connection, _round: int, person: int) -> None:
    persons = tables.people
    connection.execute(
        update(persons).where(persons.c.id == person).values(do_not_contact_at=LATER)
    )
    contacting.withdraw_everywhere(connection, person, LATER)


def _blocked(connection: Connection, _round: int, person: int) -> None:
    accounts = tables.accounts
    connection.execute(
        update(accounts).where(accounts.c.person_id == person).values(blocked_at=LATER)
    )


def _closed(connection: Connection, round_id: int, _person: int) -> None:
    while rounds.settle_some(connection, STUDY, round_id, LATER):
        pass


ENDS: list[tuple[explaining.End, Callable[[Connection, int, int], None]]] = [
    ("complete", _complete),
    ("stopped", _declined),
    ("stopped", _asked_to_stop),
    ("stopped", _opted_out),
    ("blocked", _blocked),
    ("closed", _closed),
]


@pytest.mark.parametrize(("end", "happens"), ENDS)
def test_why_nothing_comes_any_more(
    connection: Connection, end: explaining.End, happens: Callable[[Connection, int, int], None]
) -> None:
    _, round_id, person = one_person(connection)
    happens(connection, round_id, person)
    assert story_of(connection).end == end


def test_declining_reads_exactly_like_asking_for_no_reminders(connection: Connection) -> None:
    _, round_id, person = one_person(connection)
    _asked_to_stop(connection, round_id, person)
    stopped = story_of(connection)
    _declined(connection, round_id, person)
    assert story_of(connection) == stopped


def test_all_messages_sent_is_a_reason_too(connection: Connection) -> None:
    one_person(connection)
    run_through(connection, LATER, wib("2027-02-20 12:00"))
    story = story_of(connection, now=wib("2027-02-20 12:00"))
    assert story.end == "all_sent"
    assert [one.kind for one in story.events] == ["invitation", "reminder", "reminder", "last_call"]


def test_who_is_not_connected_got_nothing_for_that_reason(connection: Connection) -> None:
    one_person(connection, connected=0)
    assert (story_of(connection).end, story_of(connection).events) == ("not_connected", ())


def test_a_chosen_time_is_told_as_such(connection: Connection) -> None:
    _, round_id, person = one_person(connection)
    until = wib("2027-02-03 20:00")
    contacting.snooze(connection, STUDY, round_id, person, until=until, now=LATER)
    planned = story_of(connection).events[-1]
    assert (planned.kind, planned.at, planned.working_days) == ("snooze", until, 0)


def test_too_soon_after_another_message_is_told(connection: Connection) -> None:
    one_person(connection)
    connection.execute(
        update(tables.contacts)
        .where(tables.contacts.c.state == "planned")
        .values(due_at=wib("2027-02-01 10:00"))
    )
    assert send_due(connection, wib("2027-02-01 10:00")) == []
    planned = story_of(connection).events[-1]
    assert (planned.why, planned.at) == ("too_soon", wib("2027-02-02 08:30"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("peserta", ["Peserta 0", "Peserta 1"]),
        ("PESERTA 1", ["Peserta 1"]),
        ("1 serta", ["Peserta 1"]),
        ("Atasan", ["Atasan 60"]),
        ("100%", []),
        ("_", []),
        ("", []),
    ],
)
def test_a_name_is_found_by_its_parts_in_any_case(
    connection: Connection, asked: str, found: list[str]
) -> None:
    import_class(connection, roster(size=2))
    shown = explaining.explain(connection, duty_at(connection, None, LATER), asked)
    assert [name for _, name in shown.found] == found


def test_a_coordinator_finds_people_of_their_own_trainings_only(connection: Connection) -> None:
    mine = import_class(connection, roster(size=1))
    other = import_class(
        connection,
        roster(code="ARS-1", title="Kearsipan", participants=(participant(7, superior=None),)),
        connected=0,
    )
    duty = duty_at(connection, None, LATER, own_only(mine))
    assert explaining.explain(connection, duty, "Peserta 7").found == ()
    (foreign,) = people(connection, other)
    with pytest.raises(NothingOpen):
        explaining.explain_one(connection, duty, foreign)
    assert explaining.explain_one(connection, duty_at(connection, None, LATER, WHO), foreign)


def test_a_superior_is_explained_once_for_all_the_alumni_they_rate(connection: Connection) -> None:
    who = roster(participants=tuple(participant(n, superior=superior(60)) for n in range(3)))
    training_id = import_class(connection, who)
    connect(connection, people(connection, training_id, "superior")[0], 2000)
    open_round(connection, training_id, "followup_superior", now=OPENED)
    send_due(connection, OPENED)
    story = story_of(connection, "Atasan 60")
    assert [one.kind for one in story.events] == ["invitation", "reminder"]
