from datetime import timedelta

from sqlalchemy import Connection

from bot.store import jobs, summaries
from bot.store.database import Database
from tests.fieldwork.office import wib

NOW = wib("2027-02-01 08:00")
WEEK = "2027-W05"


async def test_of_two_who_claim_a_week_one_gets_it(database: Database) -> None:
    claims = [await database.run(summaries.claim, WEEK, NOW) for _ in range(2)]
    assert claims == [True, False]


def test_a_made_summary_is_not_claimed_again(connection: Connection) -> None:
    summaries.claim(connection, WEEK, NOW)
    later = NOW + timedelta(hours=1)
    assert summaries.claim_again(connection, WEEK, NOW, later)
    assert not summaries.claim_again(connection, WEEK, NOW, later)  # just taken up by another
    summaries.made(connection, WEEK, later, text="teks", picture=b"png", workbook=b"xlsx")
    assert not summaries.claim_again(connection, WEEK, later, later)
    found = summaries.of_week(connection, WEEK)
    assert found is not None
    assert (found.text, found.picture, found.workbook) == ("teks", b"png", b"xlsx")


def test_a_delivery_is_claimed_once_and_keeps_its_attempts(connection: Connection) -> None:
    summaries.claim(connection, WEEK, NOW)
    for _ in range(2):
        summaries.add_delivery(connection, WEEK, 7, NOW)
    assert summaries.claim_delivery(connection, WEEK, 7, NOW)
    assert not summaries.claim_delivery(connection, WEEK, 7, NOW)
    summaries.settle_delivery(connection, WEEK, 7, "sent", NOW)
    summaries.add_delivery(connection, WEEK, 7, NOW)
    (found,) = summaries.deliveries(connection, WEEK)
    assert (found.state, found.attempts) == ("sent", 1)


def test_the_register_of_releases_is_one_document_that_replaces_what_its_writer_knew(
    connection: Connection,
) -> None:
    first, second = '{"a": 1}', '{"b": 2}'
    assert summaries.publish(connection, None, first, NOW)
    assert not summaries.publish(connection, None, second, NOW)
    assert summaries.publish(connection, first, second, NOW)
    assert not summaries.publish(connection, first, '{"c": 3}', NOW)
    assert summaries.published(connection) == second


def test_jobs_are_taken_in_the_order_they_were_asked_for(connection: Connection) -> None:
    for chat in (3, 1, 2):
        jobs.ask(connection, "summary", chat, {}, NOW + timedelta(seconds=chat))
    taken = [jobs.claim(connection, NOW, NOW - timedelta(minutes=10)) for _ in range(4)]
    assert [job.chat_id if job else None for job in taken] == [1, 2, 3, None]
