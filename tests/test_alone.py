"""A second bot on the same database ends with a sentence, or stands by."""

import pytest

from bot import alone
from bot.alone import place
from bot.errors import StoreError


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "PATIENCE", 0.05)
    monkeypatch.setattr(alone, "LOOK_EVERY", 0.01)


async def test_the_second_is_told_in_a_sentence(database_url: str):
    async with place(database_url, may_stand_by=False):
        with pytest.raises(StoreError, match="in use by another instance"):
            async with place(database_url, may_stand_by=False):
                pass


async def test_one_that_may_stand_by_takes_over_when_the_first_has_gone(postgresql_url: str):
    async with (
        place(postgresql_url, may_stand_by=True) as first,
        place(postgresql_url, may_stand_by=True) as second,
    ):
        assert (await first.is_mine(), await second.is_mine()) == (True, False)
        first.lock.give_back()
        assert await second.is_mine()


async def test_one_that_stops_soon_is_waited_for(
    database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(alone, "PATIENCE", 5.0)
    async with place(database_url, may_stand_by=False) as first:
        waiting = place(database_url, may_stand_by=False)
        first.lock.give_back()
        async with waiting as second:
            assert await second.is_mine()
