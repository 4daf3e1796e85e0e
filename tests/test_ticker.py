import asyncio
import logging
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.fieldwork import once
from bot.store import contacts, rounds, tables
from bot.store.database import Database
from tests.chat.scripted_telegram import (
    SOON,
    Hangs,
    Refusal,
    Slow,
)
from tests.fieldwork.office import (
    change_response,
    import_class,
    open_round,
    people,
    roster,
    wib,
)
from tests.ticker_bench import BLOCKED, CLASS_DAY, bench, until


async def test_one_tick_opens_what_is_due_and_sends_the_invitations(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await database.run(import_class, roster(size=3), connected=2)
    caplog.set_level(logging.INFO, "bot.ticker")
    async with bench(database) as at:
        counts = await at.tick(CLASS_DAY)
        assert (counts.opened, counts.sent, counts.failed) == (1, 2, 0)
        assert sorted(call["chat_id"] for _, call in at.telegram.calls) == ["1000", "1001"]
        assert "evaluasi akhir Manajemen Keuangan Daerah" in at.telegram.texts()[0]
        again = await at.tick(CLASS_DAY)
        assert (again.opened, again.sent) == (0, 0)
    assert "opened=1 sent=2 not_sent=0 closed=0" in caplog.text
    assert "Peserta" not in caplog.text


async def test_two_ticks_at_once_send_each_invitation_once(database: Database) -> None:
    await database.run(import_class, roster(size=8))
    async with bench(database) as at:
        first, second = await asyncio.gather(at.tick(CLASS_DAY), at.tick(CLASS_DAY))
        assert first.opened + second.opened == 1
        assert first.sent + second.sent == len(at.telegram.texts()) == 8


async def test_an_answer_that_waits_in_the_chats_queue_is_seen_before_the_reminder(
    database: Database,
) -> None:
    training_id = await database.run(import_class, roster(size=1))
    await database.run(open_round, training_id, "post_training", now=CLASS_DAY)
    (person,) = await database.run(people, training_id)
    async with bench(database) as at:

        async def completes() -> None:
            await database.run(
                change_response, person, disposition="complete", stage="done",
                completed_at=CLASS_DAY,
            )  # fmt: skip

        at.turns.put(1000, lambda: asyncio.sleep(0.05))
        at.turns.put(1000, completes)
        counts = await at.tick(CLASS_DAY)
        assert (counts.sent, counts.not_sent) == (0, 1)
        assert at.telegram.calls == []


async def test_one_who_blocked_the_bot_does_not_stop_the_others(database: Database) -> None:
    training_id = await database.run(import_class, roster(size=3))
    async with bench(database) as at:
        at.telegram.will_answer("sendMessage", BLOCKED)
        counts = await at.tick(CLASS_DAY)
        assert (counts.sent, counts.not_sent) == (2, 1)
    found = await database.run(_states, training_id)
    assert sorted(found) == ["sent", "sent", "unreachable"]


async def test_a_time_out_repeats_an_invitation_once_and_never_a_reminder(
    database: Database,
) -> None:
    await database.run(import_class, roster(size=1))
    async with bench(database, patience=SOON) as at:
        at.telegram.will_answer("sendMessage", Hangs(), Hangs())
        for moment in ("2026-10-16 08:00", "2026-10-16 08:10", "2026-10-16 08:20"):
            await at.tick(wib(moment))
        assert len(at.telegram.texts()) == 2
        at.telegram.will_answer("sendMessage", Hangs())
        for moment in ("2026-10-19 08:30", "2026-10-19 08:40", "2026-10-19 09:00"):
            await at.tick(wib(moment))
        assert len(at.telegram.texts()) == 3


async def test_a_stop_in_the_middle_gives_back_what_was_not_sent_and_repeats_nothing(
    database: Database,
) -> None:
    training_id = await database.run(import_class, roster(size=8))
    async with bench(database) as at:
        at.telegram.will_answer("sendMessage", Slow(0.1))
        at.turns.put(1001, asyncio.Event().wait)  # this chat's turn does not come
        ticking = asyncio.create_task(at.tick(CLASS_DAY))
        await until(lambda: len(at.telegram.texts()) == 7)
        ticking.cancel()
        async with asyncio.timeout(2):
            await asyncio.gather(ticking, return_exceptions=True)
        found = await database.run(_states, training_id)
        assert sorted(found) == ["planned"] + ["sent"] * 7
        await at.turns.close(0.01)
    async with bench(database) as at:
        assert (await at.tick(CLASS_DAY)).sent == 1
        assert [call["chat_id"] for _, call in at.telegram.calls] == ["1001"]


async def test_a_flood_wait_puts_the_rest_off_without_losing_any(database: Database) -> None:
    await database.run(import_class, roster(size=2))
    async with bench(database) as at:
        at.telegram.will_answer("sendMessage", Refusal(429, "Too Many Requests", 2))
        first = await at.tick(CLASS_DAY)
        assert first.sent + first.not_sent == 2
        assert first.not_sent >= 1
        await asyncio.sleep(2.1)
        second = await at.tick(wib("2026-10-16 08:05"))
        assert first.sent + second.sent == 2


async def test_a_round_that_cannot_be_opened_is_put_off_and_the_others_open(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    training_id = await database.run(import_class)
    bad = await database.run(rounds.plan, training_id, "unknown_kind", CLASS_DAY, wib("2027-01-01"))
    async with bench(database) as at:
        counts = await at.tick(CLASS_DAY)
    assert (counts.opened, counts.failed) == (1, 1)
    found = await database.run(rounds.of_id, bad)
    assert found is not None
    assert found.opens_at == wib("2026-10-16 09:00")
    assert "unknown_kind" in caplog.text


async def test_an_overdue_round_is_closed(database: Database) -> None:
    training_id = await database.run(import_class, connected=0)
    round_id = await database.run(open_round, training_id, "post_training", now=CLASS_DAY)
    async with bench(database) as at:
        counts = await at.tick(wib("2026-10-24 08:00"))
    assert counts.closed == 1
    found = await database.run(rounds.of_id, round_id)
    assert found is not None
    assert found.state == "closed"


def _lose_the_questionnaires(connection: Connection) -> None:
    connection.execute(tables.questionnaires.update().values(body="not a questionnaire"))


async def test_a_round_that_cannot_be_closed_is_tried_ever_more_seldom_and_told_once(
    database: Database,
) -> None:
    training_id = await database.run(import_class, connected=0)
    await database.run(open_round, training_id, "post_training", now=CLASS_DAY)
    await database.run(_lose_the_questionnaires)
    async with bench(database, frozenset({7, 8})) as at:
        failed = {
            moment: (await at.tick(wib(f"2026-10-24 {moment}"))).failed
            for moment in ("08:00", "08:01", "08:59", "09:00", "10:59", "11:00")
        }
        assert failed == {"08:00": 1, "08:01": 0, "08:59": 0, "09:00": 1, "10:59": 0, "11:00": 1}
        assert [call["chat_id"] for _, call in at.telegram.calls] == ["7", "8"]
        assert "belum dapat ditutup" in at.telegram.texts()[0]


async def test_administrators_are_told_once_of_updates_that_were_set_aside(
    database: Database,
) -> None:
    for number in (1, 2):
        await database.run(once.set_aside, number, "KeyError", CLASS_DAY)
    async with bench(database, frozenset({7})) as at:
        assert [(await at.tick(CLASS_DAY)).set_aside for _ in range(2)] == [2, 0]
        assert [text[:2] for text in at.telegram.texts()] == ["2 "]


async def test_what_telegram_did_not_take_of_an_alarm_is_told_later(database: Database) -> None:
    training_id = await database.run(import_class, connected=0)
    await database.run(open_round, training_id, "post_training", now=CLASS_DAY)
    await database.run(_lose_the_questionnaires)
    closing = wib("2026-10-24 08:00")
    await database.run(once.set_aside, 1, "KeyError", closing)
    async with bench(database, frozenset({7})) as at:
        at.telegram.will_answer("sendMessage", Refusal(429, "Too Many Requests", 1))
        assert (await at.tick(closing)).set_aside == 0
        at.telegram.calls.clear()
        await asyncio.sleep(1.05)  # the flood-wait, in Telegram's smallest unit
        assert (await at.tick(closing + timedelta(hours=1))).set_aside == 1
        assert "belum dapat ditutup" in at.telegram.texts()[0]
        assert len(at.telegram.texts()) == 2


def _states(connection: Connection, training_id: int) -> list[str]:
    found = rounds.of_kind(connection, training_id, "post_training")
    assert found is not None
    return [
        one.state
        for person in people(connection, training_id)
        for one in contacts.of_round(connection, found.id, person)[:1]
    ]
