"""Two years in a minute, by `make soak`: every contact and every summary exactly where an independent model of the contract puts it."""

import sys
from datetime import date

import pytest

from tests.soak.world import drawn_world
from tests.soak.years import compared

BEGINS, TWO_YEARS = date(2026, 10, 5), 731


@pytest.mark.parametrize("seed", range(3))
async def test_two_years_are_as_the_contract_promises(sqlite_url: str, seed: int):
    world = drawn_world(seed, BEGINS, TWO_YEARS)
    found = await compared(world, sqlite_url)
    sys.stdout.write(
        f"seed {seed}: {len(world.courses)} classes, {len(world.deeds)} deeds, {found.said.total()} contacts, "
        f"{found.summaries} summaries, {found.ticks} ticks, {len(found.differences)} differences\n"
    )
    assert found.differences == []
    assert found.said.total() > 1000
