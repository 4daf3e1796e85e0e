from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import contacting, ledger, rounds
from bot.store import dispositions, responses, tables
from tests.fieldwork.duties import duty_at
from tests.fieldwork.office import (
    STUDY,
    change_response,
    import_class,
    open_round,
    participant,
    people,
    roster,
    round_of,
    send_due,
    wib,
)

OPENED = wib("2027-01-14 08:30")
LATER = wib("2027-01-18 10:00")
CLOSED = wib("2027-02-03 23:59")


def class_of(connection: Connection, size: int, connected: int | None = None) -> tuple[int, int]:
    """(training, round): invited; nobody has answered."""
    training_id = import_class(connection, roster(size=size), connected=connected)
    round_id = open_round(connection, training_id, now=OPENED)
    send_due(connection, OPENED)
    return training_id, round_id


def answers(connection: Connection, person: int, disposition: str) -> None:
    """As a response that began and came that far."""
    (found,) = responses.of_person(connection, person)
    done = {"complete": "done", "refused": "done"}.get(disposition, "asking")
    change_response(connection, person, begun_at=LATER, stage=done)
    dispositions.dispose(connection, found.response.id, "partial", LATER)
    if disposition == "complete":
        change_response(connection, person, completed_at=LATER)
    dispositions.dispose(connection, found.response.id, disposition, LATER)


def status_of(connection: Connection, training_id: int, round_id: int) -> ledger.RoundStatus:
    shown = ledger.status(connection, duty_at(connection, training_id, LATER))
    return next(one for one in shown.rounds if one.round.id == round_id)


def test_the_status_counts_everybody_once(connection: Connection) -> None:
    training_id, round_id = class_of(connection, 9, connected=8)
    for person, disposition in zip(
        people(connection, training_id),
        ("complete", "complete", "partial", "refused"),
        strict=False,
    ):
        answers(connection, person, disposition)
    found = status_of(connection, training_id, round_id)
    assert (found.issued, found.complete, found.partly, found.untouched) == (9, 2, 1, 5)
    assert found.declined == 1
    assert (found.not_connected, found.sent, found.failed) == (1, 8, 0)
    assert found.next_at == wib("2027-01-19 08:30")


def test_how_many_declined_is_not_said_where_it_would_point_at_them(
    connection: Connection,
) -> None:
    training_id, round_id = class_of(connection, 5)
    first, *others = people(connection, training_id)
    answers(connection, first, "refused")
    for person in others[:3]:
        answers(connection, person, "complete")
    found = status_of(connection, training_id, round_id)
    assert found.declined is None
    assert (found.complete, found.untouched) == (3, 2)


def test_who_declined_is_counted_together_with_who_wants_no_reminders(
    connection: Connection,
) -> None:
    training_id, round_id = class_of(connection, 6)
    declined, tired, *_ = people(connection, training_id)
    change_response(connection, declined, disposition="refused", stage="done")
    contacting.stop_reminding(connection, round_id, tired, LATER)
    found = status_of(connection, training_id, round_id)
    assert (found.declined, found.untouched) == (2, 4)


def test_who_declined_is_named_among_those_who_have_not_answered(connection: Connection) -> None:
    training_id, round_id = class_of(connection, 4, connected=3)
    done, declined, _half, _unconnected = people(connection, training_id)
    answers(connection, done, "complete")
    answers(connection, declined, "refused")
    shown = ledger.unanswered(connection, duty_at(connection, training_id, LATER), round_id)
    assert shown.names == ("Peserta 1", "Peserta 2")
    assert shown.not_connected == ("Peserta 3",)


@pytest.mark.parametrize("closed", [False, True])
def test_in_the_workbook_who_declined_reads_like_who_just_did_not_answer(
    connection: Connection, *, closed: bool
) -> None:
    training_id, round_id = class_of(connection, 3)
    declined, *_ = people(connection, training_id)
    change_response(connection, declined, disposition="refused", stage="done")
    (found,) = responses.of_person(connection, declined)
    dispositions.dispose(connection, found.response.id, "refused", LATER)
    if closed:
        while rounds.settle_some(connection, STUDY, round_id, CLOSED):
            pass
    lines = {
        line.name: line
        for line in ledger.whole(connection, duty_at(connection, training_id, CLOSED)).lines
    }
    one, other = lines["Peserta 0"], lines["Peserta 1"]
    assert (one.standing, one.history, one.sent) == (other.standing, other.history, other.sent)
    notes = ["issued", "invited"] + ["closed_unanswered"] * closed
    assert [note for note, _ in one.history] == notes


def test_the_history_of_an_answer_is_told_step_by_step(connection: Connection) -> None:
    training_id, _ = class_of(connection, 1)
    answers(connection, people(connection, training_id)[0], "complete")
    (line,) = ledger.whole(connection, duty_at(connection, training_id, LATER)).lines
    assert line.history == (
        ("issued", OPENED), ("invited", OPENED), ("begun", LATER), ("complete", LATER),
    )  # fmt: skip
    assert line.sent == {0: OPENED}


def test_no_answer_stands_anywhere_in_the_ledger(connection: Connection) -> None:
    training_id, _ = class_of(connection, 1)
    (found,) = responses.of_person(connection, people(connection, training_id)[0])
    connection.execute(
        tables.answers.insert().values(
            response_id=found.response.id, item="q1", value="a-secret-answer", missing="", other="",
            revised=0, at=LATER,
        )
    )  # fmt: skip
    duty = duty_at(connection, training_id, LATER)
    told = f"{ledger.whole(connection, duty)} {ledger.status(connection, duty)}"
    assert "a-secret-answer" not in told


def test_a_round_of_another_training_is_none_of_this_one(connection: Connection) -> None:
    training_id, _ = class_of(connection, 1)
    other = import_class(connection, roster(code="ARS-1", participants=(participant(9),)))
    foreign = round_of(connection, other, "followup_alumni").id
    duty = duty_at(connection, training_id, LATER + timedelta(days=1))
    with pytest.raises(NothingOpen):
        ledger.unanswered(connection, duty, foreign)
