"""After a restart, who was in the middle sees the question again; nobody else hears of it."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.chat.desk import Desk
from bot.chat.limits import Limits
from bot.chat.outbox import Hooks, Outbox
from bot.chat.resuming import Pause, pause_before, resume_interrupted
from bot.chat.updates import Lanes
from bot.clock import FollowedClock
from bot.fieldwork import answering, life
from bot.store import tables
from bot.store.database import Database
from tests.chat.scripted_telegram import bot_of, scripted_telegram
from tests.fieldwork import field
from tests.sentences import TEXTS


def in_the_middle(connection: Connection) -> None:
    """Siti has agreed and sees her first question."""
    _, _, round_id = field.classroom(connection)
    field.attended(connection, partial(answering.agree, round_id=round_id, more=""))


async def nothing(*_: object) -> None:
    pass


async def shown_again(
    database: Database, minutes_after_the_stop: int, pause: Pause | None = None
) -> list[str]:
    clock = FollowedClock(field.NOW + timedelta(minutes=minutes_after_the_stop))
    desk = Desk(database.run, field.STUDY, TEXTS, clock, field.SECRET, "bot")
    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        turns = Lanes()
        outbox = Outbox(bot, Hooks(nothing, nothing), turns, Limits())
        if pause := pause or await pause_before(desk):
            await resume_interrupted(desk, outbox, turns, pause)
        await outbox.quiet()
    return telegram.texts()


async def test_who_was_in_the_middle_sees_an_apology_and_the_question(database: Database):
    await database.run(in_the_middle)
    await database.run(life.go_on, field.NOW + timedelta(minutes=1))
    apology, question = await shown_again(database, minutes_after_the_stop=30)
    assert "sempat terputus" in apology
    assert "a01" in question


@pytest.mark.parametrize("minutes", [16, 600])
async def test_who_had_stopped_long_before_the_bot_did_is_left_in_peace(
    database: Database, minutes: int
):
    await database.run(in_the_middle)
    await database.run(life.go_on, field.NOW + timedelta(minutes=minutes))
    assert await shown_again(database, minutes_after_the_stop=minutes + 1) == []


async def test_who_wrote_between_the_last_sign_of_life_and_a_sudden_stop_sees_it_too(
    database: Database,
):
    await database.run(in_the_middle)
    await database.run(life.go_on, field.NOW - timedelta(seconds=40))
    assert len(await shown_again(database, minutes_after_the_stop=1)) == 2


async def test_who_was_answered_since_the_start_sees_nothing_twice(database: Database):
    await database.run(in_the_middle)
    pause = Pause(field.NOW - timedelta(minutes=2), field.NOW - timedelta(minutes=1))
    assert await shown_again(database, minutes_after_the_stop=1, pause=pause) == []


def two_in_the_middle_of_whom_one_has_a_broken_row(connection: Connection) -> None:
    _, (siti, budi), round_id = field.classroom(connection, "Siti Aminah", "Budi Santoso")
    field.connect(connection, budi, chat_id=field.CHAT + 1)
    for chat in (field.CHAT, field.CHAT + 1):
        agreed = partial(answering.agree, round_id=round_id, more="")
        field.attended(connection, agreed, chat_id=chat)
    broken = tables.responses.update().where(tables.responses.c.person_id == siti)
    connection.execute(broken.values(chosen=5))


async def test_one_whose_question_cannot_be_shown_does_not_keep_it_from_the_others(
    database: Database, caplog: pytest.LogCaptureFixture
):
    await database.run(two_in_the_middle_of_whom_one_has_a_broken_row)
    await database.run(life.go_on, field.NOW + timedelta(minutes=1))
    assert len(await shown_again(database, minutes_after_the_stop=2)) == 2
    assert [record.message for record in caplog.records] == [
        "a chat is not shown its question again"
    ]


async def test_a_database_that_never_saw_a_bot_has_nobody_to_show_anything(database: Database):
    await database.run(in_the_middle)
    assert await shown_again(database, minutes_after_the_stop=1) == []
