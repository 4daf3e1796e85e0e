"""A million answers, by `make soak`: numbers within three times the least that could be done, in less than 500 MB."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.answers import House, write
from tests.evaluation.tables import ROOT

HOUSE = House(trainings=1, people=25_000)  # two rounds of twenty questions
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # as the bot gives the analyst


def test_a_million_answers_take_three_times_a_bare_group_by_and_one_pass(tmp_path: Path):
    folder = write(HOUSE, tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.evaluating", str(folder)],
        cwd=ROOT, env={**os.environ, **ONE_CORE}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(run.stdout)
    sys.stdout.write(f"{HOUSE.responses} responses, CPU seconds and megabytes: {run.stdout}")
    assert found["ours"] < 3 * (found["pass"] + found["group"]), found
    assert found["peak"] < 500, found
