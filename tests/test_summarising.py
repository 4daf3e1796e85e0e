"""The weekly summary by the ticker, and what is asked for in a chat: made once, delivered once, told when it cannot be."""

import asyncio
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot import meanwhile, ticker
from bot.analysis import Analyst
from bot.chat.outbox import Hooks, Outbox
from bot.chat.updates import Lanes
from bot.fieldwork import reporting
from bot.fieldwork.reporting import Made
from bot.fieldwork.staff import Asked, Named, StaffVisit, attend
from bot.store import jobs, tables
from bot.store.database import Database
from bot.summarising import summary_messages
from tests.chat.scripted_telegram import (
    Refusal,
    Slow,
    bot_of,
    scripted_telegram,
)
from tests.chat.staff_desk import ADMINISTRATOR, desk_on
from tests.fieldwork.office import (
    CONFIG,
    STUDY,
    import_class,
    wib,
)
from tests.ticker_bench import BLOCKED, CLASS_DAY, SUMMARY_DAY, bench


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


async def test_administrators_are_told_once_that_no_summary_can_be_made(
    database: Database, tmp_path: Path
) -> None:
    await database.run(reporting.claim_week, STUDY, CLASS_DAY)
    nowhere = Analyst(tmp_path / "missing.toml", CONFIG / "texts", database)
    async with bench(database, frozenset({7, 8}), analyst=nowhere) as at:
        failed = {
            moment: (await at.tick(wib(f"2026-10-19 {moment}"))).failed
            for moment in ("08:00", "08:09", "08:10", "08:29", "08:30", "09:09", "09:10")
        }
        tried = ["08:00", "08:10", "08:30", "09:10"]
        assert [moment for moment, count in failed.items() if count] == tried
        assert [call["chat_id"] for _, call in at.telegram.calls] == ["7", "8"]
        assert "Ringkasan mingguan belum dapat dibuat" in at.telegram.texts()[0]


async def test_a_full_or_missing_disk_is_told_like_an_analyst_that_fails(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.run(reporting.claim_week, STUDY, CLASS_DAY)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    async with bench(database, frozenset({7})) as at:
        for moment in (SUMMARY_DAY, SUMMARY_DAY + timedelta(minutes=10)):
            assert (await at.tick(moment)).failed == 1
        assert "Ringkasan mingguan belum dapat dibuat" in at.telegram.texts()[0]


async def test_that_no_summary_can_be_made_is_told_later_if_telegram_did_not_take_it(
    database: Database, tmp_path: Path
) -> None:
    await database.run(reporting.claim_week, STUDY, CLASS_DAY)
    nowhere = Analyst(tmp_path / "missing.toml", CONFIG / "texts", database)
    async with bench(database, frozenset({7}), analyst=nowhere) as at:
        await at.tick(SUMMARY_DAY)
        at.telegram.will_answer("sendMessage", Refusal(429, "Too Many Requests", 1))
        await at.tick(SUMMARY_DAY + timedelta(minutes=10))
        await asyncio.sleep(1.05)  # the flood-wait, in Telegram's smallest unit
        at.telegram.calls.clear()
        await at.tick(SUMMARY_DAY + timedelta(hours=1))
        await at.tick(SUMMARY_DAY + timedelta(hours=9))
        assert len(at.telegram.texts()) == 1


ASKER = frozenset({ADMINISTRATOR})


async def ask_summary(database: Database, now: datetime) -> None:
    visit = StaffVisit(STUDY, ADMINISTRATOR, 1, now, Named(frozenset({ADMINISTRATOR})))
    await database.run(attend, visit, Asked("ask for summary"), reporting.ask_summary)


async def test_a_summary_that_is_asked_for_comes_with_the_next_tick(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        now = wib("2026-10-16 09:00")
        await ask_summary(database, now)
        async with bench(database, ASKER) as at:
            counts = await at.tick(now)
            assert (counts.jobs, counts.failed) == (1, 0)
            assert at.telegram.methods() == ["sendMessage"]  # no news yet, so no picture
            assert (await at.tick(now)).jobs == 0


async def test_a_summary_that_is_asked_for_goes_to_nobody_who_has_left_since(
    database: Database,
) -> None:
    now = wib("2026-10-16 09:00")
    await ask_summary(database, now)
    async with bench(database) as at:
        assert (await at.tick(now)).jobs == 1
        assert at.telegram.calls == []
    assert (await database.run(state_of_the_job))[0] == "failed"


async def test_when_the_analyst_fails_who_asked_is_told(sqlite_url: str, tmp_path: Path) -> None:
    async with await Database.open(sqlite_url) as database, scripted_telegram() as telegram:
        now = wib("2026-10-16 09:00")
        await ask_summary(database, now)
        async with bot_of(telegram) as bot:
            outbox = Outbox(bot, Hooks(_nothing, _nothing), Lanes())
            broken = Analyst(tmp_path / "missing.toml", CONFIG / "texts", database)
            await ticker.tick(desk_on(database), outbox, broken, now)
        assert "ringkasan belum dapat dibuat" in telegram.texts()[0]


async def test_what_is_asked_for_in_a_flood_wait_is_made_when_it_can_be_delivered(
    sqlite_url: str,
) -> None:
    async with await Database.open(sqlite_url) as database:
        now = wib("2026-10-16 09:00")
        await ask_summary(database, now)
        async with bench(database, ASKER) as at:
            at.telegram.will_answer("sendMessage", Refusal(429, "Too Many Requests", 2))
            assert (await at.tick(now)).jobs == 0
            at.telegram.calls.clear()
            claimed = await database.run(state_of_the_job)
            assert (await at.tick(now + 2 * reporting.LEASE)).jobs == 0
            assert await database.run(state_of_the_job) == claimed  # not taken up again
            await asyncio.sleep(2.05)
            assert (await at.tick(now + 2 * reporting.LEASE)).jobs == 1
            assert at.telegram.methods() == ["sendMessage"]


async def test_a_job_that_takes_longer_than_its_claim_is_not_begun_a_second_time(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanwhile, "EVERY_SECONDS", 0.05)
    async with await Database.open(sqlite_url) as database:
        await ask_summary(database, wib("2026-10-16 09:00"))
        async with bench(database, ASKER) as at:
            job = asyncio.ensure_future(at.tick(wib("2026-10-16 09:00")))
            while await database.run(state_of_the_job) != ("claimed", at.clock.now()):
                assert not job.done()
                await asyncio.sleep(0.005)
            assert (await job).jobs == 1


async def test_of_several_jobs_each_claim_begins_when_it_is_made(database: Database) -> None:
    """A long one before it must not use up its lease: another hand would do it a second time."""
    now = wib("2026-10-16 09:00")
    for asked in range(2):
        await database.run(jobs.ask, "no kind of ours", ADMINISTRATOR, {"asked": asked}, now)
    async with bench(database, ASKER) as at:
        at.telegram.will_answer("sendMessage", Slow(0.3))
        assert (await at.tick(now)).jobs == 2
    first, second = await database.run(claims_of_jobs)
    assert second - first >= timedelta(seconds=0.3)


def claims_of_jobs(connection: Connection) -> list[datetime]:
    query = select(tables.jobs.c.claimed_at).order_by(tables.jobs.c.id)
    return [moment for moment in connection.execute(query).scalars() if moment is not None]


def state_of_the_job(connection: Connection) -> tuple[str, datetime]:
    state, claimed_at = connection.execute(
        select(tables.jobs.c.state, tables.jobs.c.claimed_at)
    ).one()
    return state, claimed_at


def test_a_long_summary_is_cut_between_paragraphs() -> None:
    text = "\n\n".join(f"{number} " + "x" * 1500 for number in range(4))
    *messages, photo, workbook = summary_messages(7, Made(text, b"png", "{}", b"xlsx"))
    assert [one.screen.text.split(" ")[0] for one in messages] == ["0", "2"]  # type: ignore[union-attr]
    assert photo.picture == b"png"  # type: ignore[union-attr]
    assert (workbook.content, workbook.filename) == (b"xlsx", "hasil-evaluasi.xlsx")  # type: ignore[union-attr]


async def _nothing(*_: int) -> None:
    pass
