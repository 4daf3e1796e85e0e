import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot import ticker
from bot.analysis import Analyst
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.fieldwork import once, reporting
from bot.fieldwork.reporting import Made
from bot.fieldwork.staff import Asked, Named, StaffVisit, attend
from bot.store import contacts, rounds, tables
from bot.store.database import Database
from bot.summarising import summary_messages
from tests.chat.scripted_telegram import (
    SOON,
    UNHURRIED,
    Hangs,
    Refusal,
    ScriptedTelegram,
    Slow,
    bot_of,
    scripted_telegram,
)
from tests.chat.staff_desk import ADMINISTRATOR, desk_on
from tests.fieldwork.office import (
    CONFIG,
    STUDY,
    change_response,
    import_class,
    open_round,
    people,
    roster,
    wib,
)

CLASS_DAY = wib("2026-10-16 08:00")
SUMMARY_DAY = wib("2026-10-19 08:00")
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - another task's state
            await asyncio.sleep(0.005)


@dataclass
class Bench:
    tick: Callable[[datetime], "asyncio.Future[ticker.Counts]"]
    telegram: ScriptedTelegram
    turns: Lanes
    database: Database


@asynccontextmanager
async def bench(
    database: Database, admins: frozenset[int] = frozenset(), patience: float = UNHURRIED
) -> AsyncIterator[Bench]:
    """The ticker on a real database and a Bot API server over HTTP."""

    async def nothing(*_: int) -> None:
        pass

    async with scripted_telegram() as telegram, bot_of(telegram, patience) as bot:
        turns = Lanes()
        outbox = Outbox(bot, Hooks(nothing, nothing), turns)
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", database)
        desk = replace(desk_on(database), named=Named(admins))

        async def tick(now: datetime) -> ticker.Counts:
            return await ticker.tick(desk, outbox, analyst, now)

        yield Bench(tick, telegram, turns, database)


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


async def test_a_delivery_that_fails_by_our_mistake_stops_no_other_administrator(
    database: Database,
) -> None:
    await database.run(summary_made_for, frozenset({7, 8}))
    async with bench(database, frozenset({7, 8})) as at:
        at.telegram.will_answer("sendMessage", b'{"ok": true, "result": {}}')
        assert (await at.tick(SUMMARY_DAY)).summaries == 1
        assert [call["chat_id"] for _, call in at.telegram.calls] == ["7", "8"]


def summary_made_for(connection: Connection, administrators: frozenset[int]) -> None:
    reporting.claim_week(connection, STUDY, CLASS_DAY)
    moment = reporting.claim_week(connection, STUDY, SUMMARY_DAY)
    assert moment is not None
    made, named = Made("Ringkasan", None, "{}"), Named(administrators)
    assert reporting.keep_summary(connection, moment.week, made, named, SUMMARY_DAY)


async def test_the_weekly_summary_reaches_every_administrator_once(sqlite_url: str) -> None:
    """With the real analyst, as a process of its own."""
    async with await Database.open(sqlite_url) as database:
        await database.run(import_class, connected=0)
        async with bench(database, frozenset({7, ADMINISTRATOR})) as at:
            await at.tick(CLASS_DAY)
            assert at.telegram.calls == []
            at.telegram.will_answer("sendMessage", BLOCKED)
            counts = await at.tick(wib("2026-10-19 08:00"))
            assert (counts.summaries, counts.failed) == (1, 0)
            assert "RINGKASAN EVALUASI PELATIHAN" in at.telegram.texts()[-1]
            assert at.telegram.methods() == [
                "sendMessage",
                "sendMessage",
                "sendPhoto",
                "sendDocument",
            ]
            assert (await at.tick(wib("2026-10-19 08:01"))).summaries == 0
        assert await database.run(reporting.published) is not None


async def ask_summary(database: Database, now: datetime) -> None:
    visit = StaffVisit(STUDY, ADMINISTRATOR, 1, now, Named(frozenset({ADMINISTRATOR})))
    await database.run(attend, visit, Asked("ask for summary"), reporting.ask_summary)


async def test_a_summary_that_is_asked_for_comes_with_the_next_tick(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        now = wib("2026-10-16 09:00")
        await ask_summary(database, now)
        async with bench(database) as at:
            counts = await at.tick(now)
            assert (counts.jobs, counts.failed) == (1, 0)
            assert at.telegram.methods() == ["sendMessage"]  # no news yet, so no picture
            assert (await at.tick(now)).jobs == 0


async def test_when_the_analyst_fails_who_asked_is_told(sqlite_url: str, tmp_path: Path) -> None:
    async with await Database.open(sqlite_url) as database, scripted_telegram() as telegram:
        now = wib("2026-10-16 09:00")
        await ask_summary(database, now)
        async with bot_of(telegram) as bot:
            outbox = Outbox(bot, Hooks(_nothing, _nothing), Lanes())
            broken = Analyst(tmp_path / "missing.toml", CONFIG / "texts", database)
            await ticker.tick(desk_on(database), outbox, broken, now)
        assert "ringkasan belum dapat dibuat" in telegram.texts()[0]


def test_a_long_summary_is_cut_between_paragraphs() -> None:
    text = "\n\n".join(f"{number} " + "x" * 1500 for number in range(4))
    *messages, photo, workbook = summary_messages(7, Made(text, b"png", "{}", b"xlsx"))
    assert [one.screen.text.split(" ")[0] for one in messages] == ["0", "2"]  # type: ignore[union-attr]
    assert photo.picture == b"png"  # type: ignore[union-attr]
    assert (workbook.content, workbook.filename) == (b"xlsx", "hasil-evaluasi.xlsx")  # type: ignore[union-attr]


async def _nothing(*_: int) -> None:
    pass


def _states(connection: Connection, training_id: int) -> list[str]:
    found = rounds.of_kind(connection, training_id, "post_training")
    assert found is not None
    return [
        one.state
        for person in people(connection, training_id)
        for one in contacts.of_round(connection, found.id, person)[:1]
    ]
