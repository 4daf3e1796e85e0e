from bot.chat.handlers import administrator
from bot.chat.outgoing import AnswerTap, SendMessage
from bot.fieldwork import reporting
from bot.store.database import Database
from tests.chat.staff_desk import (
    ADMINISTRATOR,
    COORDINATOR,
    NOW,
    desk_on,
    screen_of,
    tapped,
    wrote,
)


async def test_the_summary_is_prepared_by_the_ticker_for_who_asked(database: Database) -> None:
    desk = desk_on(database)
    answer = await administrator.on_summary(desk, wrote(1, ADMINISTRATOR))
    assert "sedang disiapkan" in screen_of(answer).text
    assert desk.job_asked.is_set()  # nobody waits for the next tick
    job = await database.run(reporting.claim_job, NOW)
    assert job is not None
    assert job.chat_id == ADMINISTRATOR


async def test_a_coordinator_is_not_an_administrator(database: Database) -> None:
    answer = await administrator.on_summary(desk_on(database), wrote(1, COORDINATOR))
    assert isinstance(answer[0], SendMessage)
    assert "hanya untuk administrator" in screen_of(answer).text
    assert await database.run(reporting.claim_job, NOW) is None


async def test_an_unknown_button_is_answered_politely(database: Database) -> None:
    (answer,) = await administrator.on_press(desk_on(database), tapped(1, "m:x", ADMINISTRATOR))
    assert isinstance(answer, AnswerTap)
    assert answer.text
