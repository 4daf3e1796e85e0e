"""A chat while a summary is made of a million answers, by `make soak`: 99 of 100 replies come in less than 100 ms, whatever is under way."""

import sys
from pathlib import Path

from tests.bench.answers import House
from tests.bench.calm import PHASES, measured, part, table

HOUSE = House(trainings=1, people=25_000)  # two rounds of twenty questions


async def test_a_reply_stays_under_a_tenth_of_a_second_while_a_million_answers_are_worked_out(
    tmp_path: Path,
):
    waits = await measured(tmp_path, HOUSE, answering=1500, quiet=20)
    sys.stdout.write(f"{HOUSE.responses} responses\n{table(waits)}")
    assert max(part(waits[phase], 0.99) for phase in PHASES) < 100
