"""What comes at the same moment, thirty times each; the long form is `make soak`."""

import pytest

from tests.soak.racing import UPDATES_AT_ONCE, Race, replicas_claim

TIMES = 30


@pytest.mark.parametrize("race", UPDATES_AT_ONCE)
async def test_updates_that_come_at_once_leave_what_one_after_the_other_could_have_left(
    database_url: str, race: Race
):
    assert await race(database_url, seed=1, times=TIMES) == []


async def test_four_replicas_take_what_is_due_and_nobody_twice(postgresql_url: str):
    assert await replicas_claim(postgresql_url, seed=1, times=TIMES, due=200) == []
