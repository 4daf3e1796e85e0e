from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.fieldwork import contacting, rounds
from bot.store import contacts as stored
from bot.store import tables
from bot.store.contacts import Planned
from tests.fieldwork.office import (
    IMPORTED,
    STUDY,
    change_response,
    connect,
    dispositions,
    import_class,
    open_round,
    participant,
    people,
    roster,
    round_of,
    run_through,
    send_due,
    superior,
    wib,
)

TRIGGERED = wib("2027-01-14 08:30")


def one_person(
    connection: Connection, kind: str = "followup_alumni", now: datetime = TRIGGERED
) -> tuple[int, int]:
    """(round, person): a class of one, connected, whose round is open."""
    training_id = import_class(connection, roster(size=1))
    round_id = open_round(connection, training_id, kind, now=now)
    (person,) = people(connection, training_id)
    return round_id, person


def states(connection: Connection, round_id: int, person: int) -> list[tuple[int, str, str]]:
    return [
        (one.step, one.state, one.note) for one in stored.of_round(connection, round_id, person)
    ]


def begin(connection: Connection, person: int, now: datetime) -> None:
    change_response(connection, person, disposition="partial", begun_at=now)


def test_who_never_answers_is_written_to_four_times_at_the_planned_moments(
    connection: Connection,
) -> None:
    one_person(connection)
    sent = run_through(connection, TRIGGERED, wib("2027-03-01 00:00"))
    assert sent == [
        ("2027-01-14 08:30", 1000, 0),
        ("2027-01-19 08:30", 1000, 1),
        ("2027-01-25 08:30", 1000, 2),
        ("2027-02-01 08:30", 1000, 3),
    ]


def test_a_sent_invitation_makes_an_issued_response_invited(connection: Connection) -> None:
    round_id, _ = one_person(connection)
    assert dispositions(connection, round_id) == ["issued"]
    send_due(connection, TRIGGERED)
    assert dispositions(connection, round_id) == ["invited"]


def test_who_is_not_connected_gets_nothing(connection: Connection) -> None:
    training_id = import_class(connection, roster(size=2), connected=1)
    open_round(connection, training_id, now=TRIGGERED)
    assert send_due(connection, TRIGGERED) == [(1000, 0)]


def test_a_superior_gets_one_message_about_all_alumni(connection: Connection) -> None:
    training_id = import_class(connection, roster(size=3), connected=0)
    (boss,) = people(connection, training_id, "superior")
    connect(connection, boss, 77)
    open_round(connection, training_id, "followup_superior", now=TRIGGERED)
    (claimed,) = contacting.claim_due(connection, STUDY, TRIGGERED, 50)
    contact = contacting.recheck(connection, STUDY, claimed.contact_id, TRIGGERED)
    assert contact is not None
    assert (contact.chat_id, contact.alumni, contact.items_left) == (77, 3, 9)
    # three alumni, each two taps and a text
    assert contact.seconds_left == 3 * (2 * STUDY.seconds_per_tap + STUDY.seconds_per_text)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"disposition": "complete", "stage": "done"}, "nothing outstanding"),
        ({"disposition": "refused", "stage": "done"}, "nothing outstanding"),
    ],
)
def test_an_answer_between_claim_and_sending_stops_the_message(
    connection: Connection, columns: dict[str, str], why: str
) -> None:
    round_id, person = one_person(connection)
    (claimed,) = contacting.claim_due(connection, STUDY, TRIGGERED, 50)
    change_response(connection, person, completed_at=TRIGGERED, **columns)
    assert contacting.recheck(connection, STUDY, claimed.contact_id, TRIGGERED) is None
    assert states(connection, round_id, person) == [(0, "cancelled", why)]


def test_who_asked_not_to_be_contacted_is_left_alone(connection: Connection) -> None:
    round_id, person = one_person(connection)
    connection.execute(update(tables.people).values(do_not_contact_at=TRIGGERED))
    assert run_through(connection, TRIGGERED, wib("2027-03-01 00:00")) == []
    assert states(connection, round_id, person) == [(0, "cancelled", "asked not to be contacted")]


def test_who_blocked_the_bot_is_written_to_again_after_unblocking(connection: Connection) -> None:
    one_person(connection)
    connection.execute(update(tables.accounts).values(blocked_at=TRIGGERED))
    assert run_through(connection, TRIGGERED, wib("2027-01-20 00:00")) == []
    connection.execute(update(tables.accounts).values(blocked_at=None))
    sent = run_through(connection, wib("2027-01-20 00:00"), wib("2027-03-01 00:00"))
    assert [step for _, _, step in sent] == [2, 3]


def test_outside_office_hours_an_invitation_waits_for_the_morning(connection: Connection) -> None:
    one_person(connection, now=wib("2027-01-14 19:00"))
    assert run_through(connection, wib("2027-01-14 19:00"), wib("2027-01-15 09:00")) == [
        ("2027-01-15 08:30", 1000, 0)
    ]


def test_office_hours_are_those_of_the_persons_own_zone(connection: Connection) -> None:
    listed = roster(participants=(participant(0, zone="Asia/Jayapura"),))
    open_round(connection, import_class(connection, listed), now=TRIGGERED)
    # 08.30 WIB is 10.30 there, but 10.00 WIB is their noon break
    assert send_due(connection, wib("2027-01-14 10:00")) == []
    assert send_due(connection, wib("2027-01-14 11:30")) == [(1000, 0)]


def test_on_the_class_day_the_invitation_does_not_wait_for_office_hours(
    connection: Connection,
) -> None:
    evening = wib("2026-10-16 17:30")
    one_person(connection, "post_training", evening)
    assert send_due(connection, evening) == [(1000, 0)]


def test_two_rounds_do_not_write_to_a_person_within_twenty_hours(connection: Connection) -> None:
    round_id, _ = one_person(connection)
    send_due(connection, TRIGGERED)
    training = round_of(connection, 1, "followup_alumni").training_id
    open_round(connection, training, "post_training", now=wib("2027-01-14 10:00"))
    sent = run_through(connection, wib("2027-01-14 10:00"), wib("2027-01-18 09:00"))
    assert sent[0] == ("2027-01-15 08:30", 1000, 0)
    assert round_id


def test_of_two_rounds_that_are_due_together_the_second_waits_for_what_became_of_the_first(
    connection: Connection,
) -> None:
    """It is looked at while the first is on its way otherwise, and both go out."""
    first, person = one_person(connection)
    training = round_of(connection, 1, "followup_alumni").training_id
    second = open_round(connection, training, "post_training", now=TRIGGERED)
    (claimed,) = contacting.claim_due(connection, STUDY, TRIGGERED, 50)
    assert contacting.recheck(connection, STUDY, claimed.contact_id, TRIGGERED) is not None
    assert contacting.claim_due(connection, STUDY, TRIGGERED, 50) == []
    contacting.record(connection, STUDY, claimed.contact_id, "sent", TRIGGERED)
    assert send_due(connection, TRIGGERED) == []
    assert states(connection, first, person)[0] == (0, "sent", "")
    assert states(connection, second, person) == [(0, "planned", "too soon after another")]


def test_an_invitation_that_may_have_arrived_keeps_the_other_round_away(
    connection: Connection,
) -> None:
    first, person = one_person(connection)
    training = round_of(connection, 1, "followup_alumni").training_id
    second = open_round(connection, training, "post_training", now=TRIGGERED)
    (claimed,) = contacting.claim_due(connection, STUDY, TRIGGERED, 50)
    contacting.record(connection, STUDY, claimed.contact_id, "unknown", TRIGGERED)
    assert send_due(connection, TRIGGERED) == []
    assert states(connection, second, person) == [(0, "planned", "too soon after another")]
    assert send_due(connection, TRIGGERED + contacting.LEASE) == [(1000, 0)]
    assert states(connection, first, person)[0][:2] == (0, "sent")


def test_nobody_is_written_to_more_than_six_times_in_thirty_days(connection: Connection) -> None:
    round_id, person = one_person(connection)
    for step in range(6):
        moment = wib("2027-01-05 09:00") + timedelta(days=step)
        connection.execute(
            tables.contacts.insert().values(
                round_id=round_id, person_id=person, step=50 + step, kind="reminder", state="sent",
                due_at=moment, sent_at=moment,
            )
        )  # fmt: skip
    assert send_due(connection, TRIGGERED) == []
    sent = run_through(connection, TRIGGERED, wib("2027-02-05 00:00"))
    assert sent == []  # the first of the six leaves the thirty days only after the round has closed
    assert states(connection, round_id, person)[0][1] == "cancelled"


def test_half_done_is_told_apart_from_not_begun(connection: Connection) -> None:
    _, person = one_person(connection)
    send_due(connection, TRIGGERED)
    begin(connection, person, TRIGGERED)
    now = wib("2027-01-19 08:30")
    (claimed,) = contacting.claim_due(connection, STUDY, now, 50)
    contact = contacting.recheck(connection, STUDY, claimed.contact_id, now)
    assert contact is not None
    assert (contact.half_done, contact.step) == (True, 1)


def test_a_chosen_time_replaces_the_next_reminder_and_is_kept(connection: Connection) -> None:
    round_id, person = one_person(connection)
    send_due(connection, TRIGGERED)
    saturday_evening = wib("2027-01-16 20:00")
    until = contacting.snooze(
        connection, STUDY, round_id, person, until=saturday_evening, now=TRIGGERED
    )
    assert until == saturday_evening
    sent = run_through(connection, TRIGGERED, wib("2027-02-20 00:00"))
    assert sent == [
        ("2027-01-16 20:00", 1000, 1),
        ("2027-01-25 08:30", 1000, 2),
        ("2027-02-01 08:30", 1000, 3),
    ]


def test_a_reminder_too_soon_after_a_chosen_time_moves_to_the_next_working_day(
    connection: Connection,
) -> None:
    round_id, person = one_person(connection)
    send_due(connection, TRIGGERED)
    contacting.snooze(
        connection, STUDY, round_id, person, until=wib("2027-01-24 20:00"), now=TRIGGERED
    )
    sent = run_through(connection, TRIGGERED, wib("2027-01-29 00:00"))
    assert sent == [("2027-01-24 20:00", 1000, 1), ("2027-01-26 08:30", 1000, 2)]


def test_after_the_last_call_a_person_may_still_choose_a_time(connection: Connection) -> None:
    round_id, person = one_person(connection)
    run_through(connection, TRIGGERED, wib("2027-02-01 09:00"))
    now = wib("2027-02-01 10:00")
    chosen = wib("2027-02-02 09:00")
    assert contacting.snooze(connection, STUDY, round_id, person, until=chosen, now=now) == chosen
    assert run_through(connection, now, wib("2027-02-03 00:00")) == [("2027-02-02 09:00", 1000, 4)]


def test_a_time_after_the_closing_is_not_promised(connection: Connection) -> None:
    round_id, person = one_person(connection)
    before = states(connection, round_id, person)
    late = wib("2027-02-04 09:00")
    found = contacting.snooze(connection, STUDY, round_id, person, until=late, now=TRIGGERED)
    assert found is None
    assert states(connection, round_id, person) == before


def test_withdrawing_waits_until_nothing_of_the_person_is_outstanding(
    connection: Connection,
) -> None:
    class_of_2 = tuple(participant(number, superior=superior(60)) for number in range(2))
    training_id = import_class(connection, roster(participants=class_of_2), connected=0)
    (boss,) = people(connection, training_id, "superior")
    connect(connection, boss, 77)
    round_id = open_round(connection, training_id, "followup_superior", now=TRIGGERED)
    one = select(tables.responses.c.id).where(tables.responses.c.person_id == boss).limit(1)
    connection.execute(
        update(tables.responses)
        .where(tables.responses.c.id == one.scalar_subquery())
        .values(disposition="complete", stage="done", completed_at=TRIGGERED)
    )
    contacting.withdraw(connection, round_id, boss, TRIGGERED)
    assert states(connection, round_id, boss) == [(0, "planned", "")]
    change_response(connection, boss, disposition="complete", stage="done", completed_at=TRIGGERED)
    contacting.withdraw(connection, round_id, boss, TRIGGERED)
    assert states(connection, round_id, boss) == [(0, "cancelled", "complete")]


def test_who_asked_to_stop_is_not_reminded_although_half_done(connection: Connection) -> None:
    round_id, person = one_person(connection)
    send_due(connection, TRIGGERED)
    begin(connection, person, TRIGGERED)
    contacting.stop_reminding(connection, round_id, person, TRIGGERED)
    assert run_through(connection, TRIGGERED, wib("2027-02-20 00:00")) == []


def test_a_claim_is_given_to_one_only(connection: Connection) -> None:
    one_person(connection)
    assert len(contacting.claim_due(connection, STUDY, TRIGGERED, 50)) == 1
    assert contacting.claim_due(connection, STUDY, TRIGGERED, 50) == []


def test_an_invitation_whose_process_died_is_repeated_once_and_only_once(
    connection: Connection,
) -> None:
    round_id, person = one_person(connection)
    now, attempts = TRIGGERED, 0
    for _ in range(12):
        attempts += len(contacting.claim_due(connection, STUDY, now, 50))
        now += timedelta(minutes=11)
    assert attempts == 2
    assert states(connection, round_id, person)[0][1] == "unknown"


def test_a_reminder_whose_process_died_is_never_repeated(connection: Connection) -> None:
    round_id, person = one_person(connection)
    send_due(connection, TRIGGERED)
    now = wib("2027-01-19 08:30")
    assert len(contacting.claim_due(connection, STUDY, now, 50)) == 1
    assert contacting.claim_due(connection, STUDY, now + timedelta(minutes=30), 50) == []
    assert [one[:2] for one in states(connection, round_id, person)] == [
        (0, "sent"), (1, "unknown"), (2, "planned"),
    ]  # fmt: skip


def test_an_unconfirmed_invitation_goes_out_once_more(connection: Connection) -> None:
    one_person(connection)
    sent = run_through(connection, TRIGGERED, wib("2027-01-18 00:00"), outcome="unknown")
    assert sent == [("2027-01-14 08:30", 1000, 0), ("2027-01-14 08:40", 1000, 0)]


def test_an_unconfirmed_invitation_is_not_repeated_to_who_began_meanwhile(
    connection: Connection,
) -> None:
    _, person = one_person(connection)
    assert send_due(connection, TRIGGERED, "unknown") == [(1000, 0)]
    begin(connection, person, TRIGGERED)
    sent = run_through(connection, TRIGGERED, wib("2027-01-26 00:00"))
    assert sent == [("2027-01-19 08:30", 1000, 1), ("2027-01-25 08:30", 1000, 2)]


def test_after_a_long_stop_one_reminder_goes_out_and_not_all_that_were_missed(
    connection: Connection,
) -> None:
    one_person(connection)
    send_due(connection, TRIGGERED)
    sent = run_through(connection, wib("2027-01-28 10:00"), wib("2027-02-20 00:00"))
    assert sent == [("2027-01-28 10:00", 1000, 1), ("2027-02-01 08:30", 1000, 3)]


def test_what_telegram_put_off_does_not_count_as_an_attempt(connection: Connection) -> None:
    round_id, person = one_person(connection)
    (claimed,) = contacting.claim_due(connection, STUDY, TRIGGERED, 50)
    later = TRIGGERED + timedelta(hours=1)
    contacting.postpone(connection, claimed.contact_id, later, "Telegram asked to wait")
    (found,) = stored.of_round(connection, round_id, person)
    assert (found.state, found.due_at, found.attempts) == ("planned", later, 0)


def test_who_connects_by_themselves_gets_the_reminders_but_no_invitation(
    connection: Connection,
) -> None:
    training_id = import_class(connection, roster(size=1), connected=0)
    open_round(connection, training_id, "post_training", now=wib("2026-10-16 08:00"))
    (person,) = people(connection, training_id)
    now = wib("2026-10-16 15:00")
    connect(connection, person, 77)
    rounds.issue_for_person(connection, STUDY, person, now)
    sent = run_through(connection, now, wib("2026-10-24 00:00"))
    assert sent == [
        ("2026-10-19 08:30", 77, 1),
        ("2026-10-21 08:30", 77, 2),
        ("2026-10-22 08:30", 77, 3),
    ]


def test_the_next_due_moment_is_the_earliest_of_all(connection: Connection) -> None:
    assert contacting.next_due(connection, STUDY, IMPORTED) == wib("2026-10-19 08:00")  # summary
    training_id = import_class(connection, roster(size=1))
    assert contacting.next_due(connection, STUDY, IMPORTED) == wib("2026-10-16 08:00")  # opening
    round_id = open_round(connection, training_id, "post_training", now=wib("2026-10-14 08:00"))
    due = wib("2026-10-15 09:00")
    stored.plan(connection, [Planned(round_id, 1, 9, "snooze", due)])
    assert contacting.next_due(connection, STUDY, IMPORTED) == wib("2026-10-14 08:30")
