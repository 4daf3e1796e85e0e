"""The short form of tests/soak/long_calm.py. A machine that does other things as well may not fail it, so the middle reply counts."""

from pathlib import Path

from tests.bench.answers import House
from tests.bench.calm import PHASES, measured, part, table

HOUSE = House(trainings=1, people=500)  # two rounds of twenty questions
ENOUGH = 40  # replies in each phase


async def test_a_chat_is_answered_while_a_summary_is_made_of_much(tmp_path: Path):
    waits = await measured(tmp_path, HOUSE, answering=250, quiet=3, enough=ENOUGH)
    assert min(len(waits[phase]) for phase in PHASES) >= ENOUGH, table(waits)
    assert max(part(waits[phase], 0.5) for phase in PHASES) < 100, table(waits)
