from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.errors import NothingOpen, RoundClosed
from bot.fieldwork import answering, contacting, reminding, round_changes, rounds
from bot.fieldwork.records import Visit
from bot.store import accounts, contacts, responses, tables
from bot.store import dispositions as stored_dispositions
from tests.fieldwork.duties import duty_at
from tests.fieldwork.office import (
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
    wib,
)

OPENED = wib("2027-01-14 08:30")
MIDDLE = wib("2027-01-20 10:00")
CLOSING = wib("2027-02-03 23:59")
AFTER = wib("2027-02-08 09:00")


def invited(connection: Connection, size: int = 1) -> tuple[int, int]:
    training_id = import_class(connection, roster(size=size))
    round_id = open_round(connection, training_id, now=OPENED)
    send_due(connection, OPENED)
    return training_id, round_id


def settle(connection: Connection, now: datetime) -> None:
    for round_id in rounds.due_to_close(connection, now):
        while rounds.settle_some(connection, STUDY, round_id, now):
            pass


def stands(connection: Connection, person: int) -> dict[str, object]:
    """All of a response but when and how often it was touched."""
    row = connection.execute(
        select(tables.responses).where(tables.responses.c.person_id == person)
    ).one()
    return {
        name: value
        for name, value in row._mapping.items()
        if name not in {"revision", "settled_at"}
    }


# ---- extend -------------------------------------------------------------------------------------


def test_extending_moves_the_closing_and_the_last_call_by_working_days(
    connection: Connection,
) -> None:
    training_id, round_id = invited(connection)
    duty = duty_at(connection, training_id, MIDDLE)
    offered = round_changes.page(connection, duty, round_id).endings
    assert [(one.extended_by, one.on) for one in offered] == [
        (3, date(2027, 2, 9)), (5, date(2027, 2, 11)), (10, date(2027, 2, 18)),
    ]  # fmt: skip  # Friday 5 February is cuti bersama
    done = round_changes.extend(connection, duty, round_id, 5)
    assert (done.done, done.round.closes_at) == ("extended", wib("2027-02-11 23:59"))
    sent = run_through(connection, MIDDLE, wib("2027-03-01 00:00"))
    assert sent == [
        ("2027-01-20 10:00", 1000, 1),
        ("2027-01-25 08:30", 1000, 2),
        ("2027-02-09 08:30", 1000, 3),
    ]


def test_a_last_call_that_is_planned_already_moves_too(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    run_through(connection, OPENED + timedelta(minutes=1), wib("2027-01-26 00:00"))
    now = wib("2027-01-27 09:00")
    round_changes.extend(connection, duty_at(connection, training_id, now), round_id, 3)
    assert run_through(connection, now, wib("2027-03-01 00:00")) == [("2027-02-04 08:30", 1000, 3)]


def test_extending_by_the_same_button_twice_changes_nothing_more(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    duty = duty_at(connection, training_id, MIDDLE)
    first = round_changes.extend(connection, duty, round_id, 5)
    again = round_changes.extend(connection, duty, round_id, 5)
    less = round_changes.extend(connection, duty, round_id, 3)
    assert (again.done, less.done) == ("unchanged", "unchanged")
    assert again.round == less.round == first.round


def test_an_extended_round_has_one_reminder_more_for_who_had_all_of_them(
    connection: Connection,
) -> None:
    training_id, round_id = invited(connection)
    run_through(connection, OPENED + timedelta(minutes=1), wib("2027-02-02 00:00"))
    now = wib("2027-02-03 09:00")
    duty = duty_at(connection, training_id, now)
    assert reminding.preview(connection, duty, round_id).held == {"all_sent": 1}
    round_changes.extend(connection, duty, round_id, 5)
    assert reminding.remind_now(connection, duty, round_id).may_go == 1
    (claimed,) = contacting.claim_due(connection, STUDY, now, 9)
    extra = contacting.recheck(connection, STUDY, claimed.contact_id, now)
    assert extra is not None
    assert (extra.is_extra, extra.is_last, extra.step) == (True, False, 4)
    contacting.record(connection, STUDY, claimed.contact_id, "sent", now)
    later = duty_at(connection, training_id, wib("2027-02-08 09:00"))
    assert reminding.preview(connection, later, round_id).held == {"all_sent": 1}


@pytest.mark.parametrize("change", ["extend", "reopen"])
def test_what_came_too_late_for_the_closing_comes_in_the_days_that_are_left_now(
    connection: Connection, change: str
) -> None:
    """One has had as many messages as a month may have; one connected on the last day but one."""
    training_id = import_class(connection, roster(size=2), connected=1)
    round_id = open_round(connection, training_id, now=OPENED)
    run_through(connection, OPENED, wib("2027-01-26 00:00"))
    full, late = people(connection, training_id)
    for hour in range(3):
        moment = wib("2027-01-10 09:00") + timedelta(hours=hour)
        connection.execute(
            tables.contacts.insert().values(
                round_id=round_of(connection, training_id, "followup_superior").id, person_id=full,
                step=hour, kind="reminder", state="sent", due_at=moment, sent_at=moment,
            )
        )  # fmt: skip
    now = wib("2027-02-02 10:00")
    connect(connection, late, 1001, now)
    rounds.issue_for_person(connection, STUDY, late, now)
    assert run_through(connection, now, CLOSING - timedelta(minutes=1)) == []
    now = CLOSING - timedelta(minutes=1)
    if change == "reopen":
        settle(connection, CLOSING)
        now = AFTER
    event = {"extend": round_changes.extend, "reopen": round_changes.reopen}[change]
    assert event(connection, duty_at(connection, training_id, now), round_id, 10).done
    sent = run_through(connection, now, wib("2027-03-01 00:00"))
    assert {chat for _, chat, _ in sent} == {1000, 1001}
    assert [step for _, chat, step in sent if chat == 1000] == [3]


@pytest.mark.parametrize(("answered", "told"), [(4, (0, 0)), (5, (5, 9))])
def test_the_extra_reminder_tells_numbers_only_from_half_and_from_k_on(
    connection: Connection, answered: int, told: tuple[int, int]
) -> None:
    training_id, round_id = invited(connection, 9)
    *done, silent = people(connection, training_id)
    for person in done[:answered]:
        change_response(
            connection, person, disposition="complete", stage="done", completed_at=MIDDLE
        )
    contacts.cancel_planned(connection, round_id, "a test", None)
    now = wib("2027-02-03 09:00")
    round_changes.extend(connection, duty_at(connection, training_id, now), round_id, 5)
    reminding.remind_now(connection, duty_at(connection, training_id, now), round_id)
    for one in contacting.claim_due(connection, STUDY, now, 9):
        extra = contacting.recheck(connection, STUDY, one.contact_id, now)
        assert extra is not None
        assert (extra.answered, extra.asked) == told
    assert silent


# ---- close --------------------------------------------------------------------------------------


def test_closing_now_takes_no_answer_any_more_and_settles_everybody(connection: Connection) -> None:
    training_id, round_id = invited(connection, 2)
    duty = duty_at(connection, training_id, MIDDLE)
    assert round_changes.page(connection, duty, round_id).live_contacts == 2
    assert round_changes.close(connection, duty, round_id).done == "closed"
    account = accounts.of_chat(connection, 1000)
    assert account is not None
    with pytest.raises(RoundClosed):
        answering.begin(connection, Visit(STUDY, 1000, 5, MIDDLE, b""), account, round_id)
    settle(connection, MIDDLE)
    assert dispositions(connection, round_id) == ["noncontact", "noncontact"]
    assert run_through(connection, MIDDLE, wib("2027-02-02 12:00")) == []
    assert round_changes.close(connection, duty, round_id).done == "unchanged"


# ---- reopen -------------------------------------------------------------------------------------

BEFORE: list[tuple[str, dict[str, object]]] = [
    ("untouched", {"current": None}),
    ("begun", {"disposition": "partial", "begun_at": MIDDLE, "current": "q1"}),
    ("at the review", {"disposition": "partial", "begun_at": MIDDLE, "stage": "review"}),
    (
        "complete",
        {"disposition": "complete", "begun_at": MIDDLE, "completed_at": MIDDLE, "stage": "done"},
    ),
    ("changing", {
        "disposition": "complete", "begun_at": MIDDLE, "completed_at": MIDDLE, "stage": "asking",
        "current": "q2",
    }),
    ("declined", {"disposition": "refused", "stage": "done"}),
    ("declined in the middle", {"disposition": "refused", "stage": "done", "begun_at": MIDDLE}),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "columns"), BEFORE)
def test_opening_again_brings_back_what_closing_settled(
    connection: Connection, _name: str, columns: dict[str, object]
) -> None:
    training_id, round_id = invited(connection)
    (person,) = people(connection, training_id)
    (found,) = responses.of_person(connection, person)
    change_response(connection, person, **{k: v for k, v in columns.items() if k != "disposition"})
    if "disposition" in columns:
        stored_dispositions.dispose(
            connection, found.response.id, str(columns["disposition"]), MIDDLE
        )
    before = stands(connection, person)
    for extended_by, now in ((3, AFTER), (10, wib("2027-02-15 09:00"))):  # and once more
        settle(connection, now)
        assert stands(connection, person)["stage"] == "closed"
        duty = duty_at(connection, training_id, now)
        done = round_changes.reopen(connection, duty, round_id, extended_by)
        assert done.done == "reopened"
        assert stands(connection, person) == before
    assert connection.execute(select(tables.responses.c.settled_at)).scalar_one() is None


def test_opening_again_doubles_no_response_and_no_message(connection: Connection) -> None:
    training_id, round_id = invited(connection, 3)
    run_through(connection, OPENED + timedelta(minutes=1), MIDDLE)
    duty = duty_at(connection, training_id, MIDDLE)
    round_changes.close(connection, duty, round_id)
    settle(connection, MIDDLE)
    round_changes.reopen(connection, duty, round_id, 0)
    assert round_changes.reopen(connection, duty, round_id, 3).done == "unchanged"
    sent = run_through(connection, MIDDLE, wib("2027-03-01 00:00"))
    assert sent == [("2027-01-25 08:30", chat, 2) for chat in (1000, 1001, 1002)] + [
        ("2027-02-01 08:30", chat, 3) for chat in (1000, 1001, 1002)
    ]
    assert len(dispositions(connection, round_id)) == 3


def test_a_reminder_whose_day_has_passed_comes_on_the_next_working_day(
    connection: Connection,
) -> None:
    training_id, round_id = invited(connection)
    now = wib("2027-01-15 09:00")
    round_changes.close(connection, duty_at(connection, training_id, now), round_id)
    settle(connection, now)
    later = wib("2027-01-22 16:00")  # a Friday; reminder 1 was due on the 19th
    round_changes.reopen(connection, duty_at(connection, training_id, later), round_id, 0)
    assert run_through(connection, later, wib("2027-01-25 12:00")) == [
        ("2027-01-25 08:30", 1000, 1)
    ]


def test_who_declined_or_asked_for_no_more_gets_nothing_after_it_is_open_again(
    connection: Connection,
) -> None:
    training_id, round_id = invited(connection, 2)
    declined, tired = people(connection, training_id)
    change_response(connection, declined, disposition="refused", stage="done")
    contacting.withdraw(connection, round_id, declined, MIDDLE, "refused")
    contacting.stop_reminding(connection, round_id, tired, MIDDLE)
    settle(connection, AFTER)
    round_changes.reopen(connection, duty_at(connection, training_id, AFTER), round_id, 10)
    assert run_through(connection, AFTER, wib("2027-03-01 00:00")) == []


def test_the_days_offered_for_opening_again_lie_ahead(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    settle(connection, AFTER)
    offered = round_changes.page(connection, duty_at(connection, training_id, AFTER), round_id)
    assert [one.on for one in offered.endings] == [
        date(2027, 2, 11), date(2027, 2, 15), date(2027, 2, 22),
    ]  # fmt: skip
    early = duty_at(connection, training_id, AFTER)
    late = round_changes.reopen(connection, early, round_id, 0)  # forged: that day has passed
    assert late.done == "unchanged"


def test_closed_early_it_may_be_open_again_until_its_planned_day(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    duty = duty_at(connection, training_id, MIDDLE)
    round_changes.close(connection, duty, round_id)
    settle(connection, MIDDLE)
    assert [one.on for one in round_changes.page(connection, duty, round_id).endings] == [
        date(2027, 2, 3)
    ]
    assert round_changes.reopen(connection, duty, round_id, 0).round.closes_at == CLOSING


# ---- give up and plan again ----------------------------------------------------------------------


def test_given_up_it_never_opens_by_itself_and_may_be_planned_again(connection: Connection) -> None:
    training_id = import_class(connection)
    planned = round_of(connection, training_id, "followup_alumni")
    now = wib("2027-01-04 09:00")
    duty = duty_at(connection, training_id, now)
    assert round_changes.give_up(connection, duty, planned.id).done == "given_up"
    assert round_changes.give_up(connection, duty, planned.id).done == "unchanged"
    assert planned.id not in rounds.due_to_open(connection, wib("2027-06-01 00:00"))
    assert round_changes.plan_again(connection, duty, planned.id).done == "planned"
    assert round_of(connection, training_id, "followup_alumni") == planned


def test_planned_again_after_its_day_it_opens_on_the_next_working_day(
    connection: Connection,
) -> None:
    training_id = import_class(connection)
    found = round_of(connection, training_id, "followup_alumni")
    duty = duty_at(connection, training_id, wib("2027-01-29 09:00"))
    round_changes.give_up(connection, duty, found.id)
    again = round_changes.plan_again(connection, duty, found.id)
    assert again.round.opens_at == wib("2027-02-01 08:30")


@pytest.mark.parametrize("change", ["extend", "close", "reopen"])
def test_what_is_not_open_yet_can_only_be_given_up(connection: Connection, change: str) -> None:
    training_id = import_class(connection)
    found = round_of(connection, training_id, "followup_alumni")
    duty = duty_at(connection, training_id, wib("2027-01-04 09:00"))
    act = getattr(round_changes, change)
    more = () if change == "close" else (5,)
    assert act(connection, duty, found.id, *more).done == "unchanged"
    assert round_of(connection, training_id, "followup_alumni") == found


def test_an_open_round_is_not_given_up(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    duty = duty_at(connection, training_id, MIDDLE)
    assert round_changes.give_up(connection, duty, round_id).done == "unchanged"
    assert round_of(connection, training_id, "followup_alumni").state == "open"


def test_a_round_of_another_training_is_not_changed(connection: Connection) -> None:
    training_id, round_id = invited(connection)
    other = import_class(connection, roster(code="ARS-1", participants=(participant(9),)))
    duty = duty_at(connection, other, MIDDLE)
    with pytest.raises(NothingOpen):
        round_changes.close(connection, duty, round_id)
    assert round_of(connection, training_id, "followup_alumni").closes_at == CLOSING
