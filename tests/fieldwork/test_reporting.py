from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.fieldwork import reporting
from bot.fieldwork.reporting import Made
from bot.fieldwork.staff import Asked, Named, StaffVisit, attend
from bot.store import audit, summaries
from tests.fieldwork.office import STUDY, wib

FIRST = wib("2026-10-16 08:00")  # a Friday
MONDAY = wib("2026-10-19 08:00")
BOTH = Named(frozenset({7, 8}))
MADE = Made("Ringkasan", b"png", '{"published": 1}', b"xlsx")


def made_week(connection: Connection, administrators: tuple[int, ...] = (7, 8)) -> str:
    assert reporting.claim_week(connection, STUDY, FIRST) is None
    moment = reporting.claim_week(connection, STUDY, MONDAY)
    assert moment is not None
    reporting.keep_summary(connection, moment.week, MADE, Named(frozenset(administrators)), MONDAY)
    return moment.week


def ask_summary(connection: Connection, update: int) -> None:
    visit = StaffVisit(STUDY, 7, update, MONDAY, Named(frozenset({7})))
    assert attend(connection, visit, Asked("ask for summary"), reporting.ask_summary) == "id"


def test_a_new_bot_says_nothing_about_the_week_before_it_was_there(connection: Connection) -> None:
    assert reporting.claim_week(connection, STUDY, FIRST) is None
    assert reporting.claim_deliveries(connection, STUDY, BOTH, FIRST) == []


def test_the_summary_of_a_week_is_claimed_once(connection: Connection) -> None:
    reporting.claim_week(connection, STUDY, FIRST)
    first = reporting.claim_week(connection, STUDY, MONDAY)
    assert first is not None
    assert (first.week, first.at) == ("2026-W43", MONDAY)
    assert reporting.claim_week(connection, STUDY, MONDAY) is None


def test_after_three_weeks_of_downtime_there_is_one_summary_and_it_is_the_latest(
    connection: Connection,
) -> None:
    made_week(connection)
    back = wib("2026-11-11 10:00")
    moment = reporting.claim_week(connection, STUDY, back)
    assert moment is not None
    assert moment.at == wib("2026-11-09 08:00")
    assert reporting.claim_week(connection, STUDY, back) is None


def test_a_clock_that_is_set_back_over_a_monday_makes_no_summary_of_an_older_week(
    connection: Connection,
) -> None:
    assert reporting.claim_week(connection, STUDY, MONDAY) is None
    assert reporting.claim_week(connection, STUDY, MONDAY - timedelta(minutes=1)) is None
    assert reporting.claim_week(connection, STUDY, MONDAY + timedelta(days=7)) is not None


def test_a_summary_whose_making_died_is_taken_up_again(connection: Connection) -> None:
    reporting.claim_week(connection, STUDY, FIRST)
    reporting.claim_week(connection, STUDY, MONDAY)
    assert reporting.claim_week(connection, STUDY, MONDAY + timedelta(minutes=9)) is None
    again = reporting.claim_week(connection, STUDY, MONDAY + timedelta(minutes=10))
    assert again is not None


def test_each_administrator_gets_it_once_and_a_blocked_one_stops_nobody(
    connection: Connection,
) -> None:
    week = made_week(connection)
    due = reporting.claim_deliveries(connection, STUDY, BOTH, MONDAY)
    assert [one.chat_id for one in due] == [7, 8]
    assert {one.workbook for one in due} == {b"xlsx"}
    reporting.record_delivery(connection, week, 7, "unreachable", MONDAY)
    reporting.record_delivery(connection, week, 8, "sent", MONDAY)
    later = MONDAY + timedelta(hours=1)
    assert reporting.claim_deliveries(connection, STUDY, BOTH, later) == []


def test_who_has_left_since_gets_no_summary_and_stops_nobody(connection: Connection) -> None:
    made_week(connection)
    left = Named(frozenset({8}))
    due = reporting.claim_deliveries(connection, STUDY, left, MONDAY)
    assert [one.chat_id for one in due] == [8]
    later = MONDAY + timedelta(hours=1)  # lost with its process, and still an administrator
    assert [one.chat_id for one in reporting.claim_deliveries(connection, STUDY, left, later)] == [
        8
    ]


@pytest.mark.parametrize(
    ("outcomes", "deliveries"),
    [
        (["unknown", "unknown"], 2),
        (["planned", "sent"], 2),
        (["sent"], 1),
        (["refused"], 1),
        (["planned", "planned", "unknown", "unknown"], 4),  # a flood-wait does not count
    ],
)
def test_an_unconfirmed_summary_is_repeated_once(
    connection: Connection, outcomes: list[str], deliveries: int
) -> None:
    week = made_week(connection, (7,))
    count, now = 0, MONDAY
    for outcome in [*outcomes, "sent"]:
        for _ in reporting.claim_deliveries(connection, STUDY, BOTH, now):
            count += 1
            reporting.record_delivery(connection, week, 7, outcome, now)  # type: ignore[arg-type]
        now += timedelta(minutes=1)
    assert count == deliveries


def test_a_delivery_whose_process_died_is_repeated_once(connection: Connection) -> None:
    made_week(connection, (7,))
    moments = [MONDAY + timedelta(minutes=11 * n) for n in range(4)]
    claimed = [len(reporting.claim_deliveries(connection, STUDY, BOTH, now)) for now in moments]
    assert claimed == [1, 1, 0, 0]


def test_what_was_published_is_handed_to_the_next_summary(connection: Connection) -> None:
    assert reporting.published(connection) is None
    made_week(connection)
    assert reporting.published(connection) == MADE.releases
    assert reporting.publish(connection, Made("", b"", "{}", before=MADE.releases), MONDAY)
    assert reporting.published(connection) == "{}"


@pytest.mark.parametrize("before", [None, '{"of": "yesterday"}'])
def test_what_does_not_know_what_was_published_meanwhile_is_not_published(
    connection: Connection, before: str | None
) -> None:
    made_week(connection)
    assert not reporting.publish(connection, Made("", b"", "{}", before=before), MONDAY)
    assert reporting.published(connection) == MADE.releases


def test_a_week_that_has_to_be_made_anew_is_delivered_to_nobody_yet(connection: Connection) -> None:
    reporting.claim_week(connection, STUDY, FIRST)
    moment = reporting.claim_week(connection, STUDY, MONDAY)
    assert moment is not None
    assert reporting.publish(connection, MADE, MONDAY)
    nobody = Named(frozenset({7}))
    assert not reporting.keep_summary(connection, moment.week, MADE, nobody, MONDAY)
    assert reporting.claim_deliveries(connection, STUDY, BOTH, MONDAY) == []


def test_asking_twice_for_a_summary_is_one_job_and_not_the_weekly_one(
    connection: Connection,
) -> None:
    for update in (1, 2, 2):
        ask_summary(connection, update)
    job = reporting.claim_job(connection, MONDAY)
    assert job is not None
    assert (job.kind, job.chat_id) == ("summary", 7)
    assert reporting.claim_job(connection, MONDAY) is None
    assert audit.actions(connection) == [("7", "ask for summary")] * 2
    assert not summaries.any_yet(connection)


def test_a_job_whose_process_died_is_taken_up_again_until_it_is_settled(
    connection: Connection,
) -> None:
    ask_summary(connection, 1)
    reporting.claim_job(connection, MONDAY)
    later = MONDAY + timedelta(minutes=10)
    job = reporting.claim_job(connection, later)
    assert job is not None
    reporting.settle_job(connection, job.id, "done", "", later)
    assert reporting.claim_job(connection, later + timedelta(hours=1)) is None
