"""The short form of `make bench`: the same race with fewer people. A machine that does other things as well may not fail it."""

from pathlib import Path

from tests.bench.race import race, table
from tests.bench.twenty import NUMBER

PEOPLE, LEGS = 10, 2
ENOUGH = 1.3  # on a busy machine; what an idle one shows is in docs/measured.md


async def test_answers_come_faster_than_from_a_conversation_handler(tmp_path: Path):
    legs = await race(tmp_path, PEOPLE, LEGS)
    assert legs.ratio > ENOUGH, table(legs)
    assert [leg.replies for leg in (*legs.ours, *legs.theirs)] == [PEOPLE * NUMBER] * LEGS * 2
