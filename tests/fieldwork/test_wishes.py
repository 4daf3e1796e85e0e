"""What a person wishes while a contact is on its way: it is in their chat, and not yet recorded, or its process died over it."""

from datetime import datetime

import pytest
from sqlalchemy import Connection

from bot.fieldwork import contacting, rounds
from tests.fieldwork.office import (
    STUDY,
    import_class,
    open_round,
    people,
    roster,
    run_through,
    send_due,
    wib,
)

INVITED = wib("2027-01-14 08:30")
REMINDED = wib("2027-01-19 08:30")
LAST = wib("2027-02-01 08:30")
CLOSED = wib("2027-03-01 00:00")

outcomes = pytest.mark.parametrize("outcome", ["sent", "unknown", "never recorded"])
moments = pytest.mark.parametrize("now", [INVITED, REMINDED, LAST])


def on_its_way(connection: Connection, now: datetime) -> tuple[int, int, int]:
    """(round, person, contact) of a class of one."""
    training_id = import_class(connection, roster(size=1))
    round_id = open_round(connection, training_id, now=INVITED)
    (person,) = people(connection, training_id)
    run_through(connection, INVITED, now - contacting.LEASE)
    (claimed,) = contacting.claim_due(connection, STUDY, now, 50)
    assert contacting.recheck(connection, STUDY, claimed.contact_id, now) is not None
    return round_id, person, claimed.contact_id


def after(
    connection: Connection, contact_id: int, outcome: str, now: datetime
) -> list[tuple[str, int]]:
    """What follows: (local time, step)."""
    if outcome != "never recorded":
        contacting.record(connection, STUDY, contact_id, outcome, now)  # type: ignore[arg-type]
    followed = run_through(connection, now + contacting.LEASE, CLOSED)
    return [(moment, step) for moment, _, step in followed]


@outcomes
@moments
@pytest.mark.parametrize("why", [contacting.NO_MORE, contacting.CALL_INSTEAD])
def test_who_wishes_no_more_gets_no_more(
    connection: Connection, now: datetime, outcome: str, why: str
) -> None:
    round_id, person, contact_id = on_its_way(connection, now)
    contacting.stop_reminding(connection, round_id, person, now, why)
    assert after(connection, contact_id, outcome, now) == []


def test_what_is_claimed_and_not_sent_is_not_sent_after_the_wish(connection: Connection) -> None:
    training_id = import_class(connection, roster(size=1))
    round_id = open_round(connection, training_id, now=INVITED)
    (person,) = people(connection, training_id)
    (claimed,) = contacting.claim_due(connection, STUDY, INVITED, 50)
    contacting.stop_reminding(connection, round_id, person, INVITED)
    assert contacting.recheck(connection, STUDY, claimed.contact_id, INVITED) is None


def test_a_wish_outlasts_a_new_phone(connection: Connection) -> None:
    training_id = import_class(connection, roster(size=1))
    round_id = open_round(connection, training_id, now=INVITED)
    (person,) = people(connection, training_id)
    send_due(connection, INVITED)
    contacting.stop_reminding(connection, round_id, person, INVITED)
    rounds.issue_for_person(connection, STUDY, person, INVITED)
    assert run_through(connection, INVITED, CLOSED) == []


@outcomes
@pytest.mark.parametrize("now", [INVITED, REMINDED])
def test_a_chosen_time_replaces_the_next_reminder_and_no_other(
    connection: Connection, now: datetime, outcome: str
) -> None:
    """As for who chooses it a moment later."""
    round_id, person, contact_id = on_its_way(connection, now)
    until = wib("2027-01-20 16:00")
    assert contacting.snooze(connection, STUDY, round_id, person, until=until, now=now) == until
    step = 1 if now == INVITED else 2
    expected = [("2027-01-20 16:00", step), ("2027-01-25 08:30", 2), ("2027-02-01 08:30", 3)]
    assert after(connection, contact_id, outcome, now) == [
        one for one in expected if one == expected[0] or one[1] > step
    ]


@outcomes
def test_after_the_last_call_a_chosen_time_is_kept_too(
    connection: Connection, outcome: str
) -> None:
    round_id, person, contact_id = on_its_way(connection, LAST)
    until = wib("2027-02-02 16:00")
    contacting.snooze(connection, STUDY, round_id, person, until=until, now=LAST)
    assert after(connection, contact_id, outcome, LAST) == [("2027-02-02 16:00", 4)]
