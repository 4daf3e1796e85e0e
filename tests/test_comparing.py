"""/banding from the command to the chat: the real analyst as a process of its own, and who gets nothing."""

import pytest

from bot.fieldwork import reporting
from bot.fieldwork.staff import Asked, Named, StaffVisit, attend
from bot.store import audit
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, desk_on
from tests.fieldwork.office import STUDY, import_class, wib
from tests.ticker_bench import bench

CLASS_DAY = wib("2026-10-16 08:00")


async def ask(database: Database) -> None:
    visit = StaffVisit(STUDY, ADMINISTRATOR, 1, CLASS_DAY, Named(frozenset({ADMINISTRATOR})))
    await database.run(attend, visit, Asked("ask for comparison"), reporting.ask_comparison)


async def test_a_comparison_that_is_asked_for_comes_once(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        await database.run(import_class, connected=0)
        await ask(database)
        async with bench(database, frozenset({ADMINISTRATOR})) as at:
            assert (await at.tick(CLASS_DAY)).jobs == 1
            assert at.telegram.methods() == ["sendMessage"]
            assert "sedikitnya dua pelatihan" in str(at.telegram.calls)
            assert (await at.tick(CLASS_DAY)).jobs == 0
        assert (str(ADMINISTRATOR), "ask for comparison") in await database.run(audit.actions)


async def test_a_comparison_asked_for_by_somebody_who_has_left_is_not_sent(sqlite_url: str) -> None:
    async with await Database.open(sqlite_url) as database:
        await ask(database)
        async with bench(database, frozenset({7})) as at:
            assert (await at.tick(CLASS_DAY)).jobs == 1
            assert at.telegram.calls == []


@pytest.mark.parametrize(
    ("who", "answer"), [(ADMINISTRATOR, "sedang disiapkan"), (COORDINATOR, "administrator")]
)
async def test_only_administrators_may_ask(database: Database, who: int, answer: str) -> None:
    phones = Phones(desk_on(database))
    assert answer in await phones.write(who, "/banding")
