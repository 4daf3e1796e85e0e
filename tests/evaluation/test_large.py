"""Many answers in the short form: memory that answers hardly add to."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.answers import House, write
from tests.evaluation.tables import ROOT


def test_two_thousand_responses_take_little_memory(tmp_path: Path):
    """Of a million answers: `python -m tests.bench.evaluating`, on what `tests.bench.answers` writes."""
    folder = write(House(trainings=1, people=1000), tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.evaluating", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(run.stdout)["peak"] < 250
