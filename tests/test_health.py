"""A bot is well while its database answers and its last tick is not long ago."""

from datetime import timedelta

import pytest

from bot.fieldwork import life
from bot.health import health
from bot.store.database import Database
from tests.chat.staff_desk import NOW, desk_on


@pytest.mark.parametrize(("seconds", "well"), [(10, True), (299, True), (301, False)])
async def test_a_tick_long_ago_is_not_well(database: Database, seconds: int, well: bool):
    await database.run(life.go_on, NOW - timedelta(seconds=seconds))
    found = await health(desk_on(database))
    assert (found["well"], found["last_tick_seconds"]) == (well, seconds)


async def test_a_bot_that_never_ran_is_not_well(database: Database):
    assert (await health(desk_on(database)))["well"] is False


async def test_a_database_that_is_gone_is_not_well(sqlite_url: str):
    database = await Database.open(sqlite_url)
    await database.close()
    assert await health(desk_on(database)) == {"well": False, "database": "does not answer"}
