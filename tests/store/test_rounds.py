from datetime import timedelta

from sqlalchemy import Connection

from bot.store import questionnaires, rounds
from tests.fieldwork.office import IMPORTED, import_class, questionnaire, wib

OPENS, CLOSES = wib("2026-12-01 08:30"), wib("2026-12-15 23:59")


def planned(connection: Connection) -> int:
    return rounds.plan(connection, import_class(connection), "interview", OPENS, CLOSES)


def open_it(connection: Connection, round_id: int, by: int | None = None) -> bool:
    form = questionnaires.keep(connection, questionnaire("interview"), IMPORTED)
    return rounds.open_once(
        connection, round_id, questionnaire_id=form, closes_at=CLOSES, now=OPENS, triggered_by=by
    )


def test_a_round_is_opened_and_closed_once(connection: Connection) -> None:
    round_id = planned(connection)
    assert open_it(connection, round_id, by=7)
    assert not open_it(connection, round_id, by=8)
    assert rounds.close_once(connection, round_id, CLOSES)
    assert not rounds.close_once(connection, round_id, CLOSES + timedelta(days=1))
    found = rounds.of_id(connection, round_id)
    assert found is not None
    assert (found.triggered_by, found.closed_at, found.state) == (7, CLOSES, "closed")


def test_planning_anew_moves_a_planned_round_and_leaves_an_opened_one(
    connection: Connection,
) -> None:
    round_id = planned(connection)
    later = OPENS + timedelta(days=1)
    assert rounds.plan(connection, 1, "interview", later, CLOSES) == round_id
    open_it(connection, round_id)
    rounds.plan(connection, 1, "interview", OPENS, CLOSES)
    rounds.plan_anew(connection, round_id, OPENS, CLOSES)
    found = rounds.of_id(connection, round_id)
    assert found is not None
    assert found.opens_at == later


def test_what_is_due_is_neither_open_nor_closed_already(connection: Connection) -> None:
    round_id = planned(connection)
    assert round_id in rounds.due_to_open(connection, OPENS)
    assert round_id not in rounds.due_to_open(connection, OPENS - timedelta(seconds=1))
    open_it(connection, round_id)
    assert round_id not in rounds.due_to_open(connection, OPENS)
    assert rounds.due_to_close(connection, CLOSES) == [round_id]
    rounds.close_once(connection, round_id, CLOSES)
    assert rounds.due_to_close(connection, CLOSES) == []


def test_the_next_moment_is_the_earliest_opening_or_closing(connection: Connection) -> None:
    assert rounds.next_moment(connection) is None
    round_id = planned(connection)
    assert rounds.next_moment(connection) == wib("2026-10-16 08:00")  # the post-training round
    early = wib("2026-10-14 08:30")
    rounds.plan(connection, 1, "interview", early, CLOSES)
    assert rounds.next_moment(connection) == early
    open_it(connection, round_id)
    assert rounds.next_moment(connection) == wib("2026-10-16 08:00")
