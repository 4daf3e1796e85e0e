"""What closed classes take the analyst when they are published first, and in the weeks after. In a process of its own.

`python -m tests.bench.closed CLASSES` prints, as JSON, CPU seconds of both; the second reads the register that the first wrote.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import process_time

from evaluation.frames import read_tables
from evaluation.numbers_file import numbers_of
from evaluation.period import period_of
from evaluation.register import read_register, write_register
from evaluation.results import evaluate
from evaluation.study import read_study
from tests.bench.answers import House, write
from tests.bench.evaluating import MONDAY, NAMES


def main(classes: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write(House(classes, people=30), Path(name))
        told = {"first": timed(publish, folder), "again": timed(publish, folder)}
    sys.stdout.write(json.dumps(told) + "\n")


def timed(work: Callable[[Path], None], folder: Path) -> float:
    start = process_time()
    work(folder)
    return process_time() - start


def publish(folder: Path) -> None:
    plan = read_study(Path("config/study.toml"))
    kept = folder / "releases.json"
    tables = read_tables(*(folder / f"{name}.csv" for name in NAMES))
    period = period_of(None, datetime.fromisoformat(MONDAY), plan)
    results = evaluate(tables, plan, period, read_register(kept))
    assert numbers_of(results, plan)
    write_register(kept, results.register)


if __name__ == "__main__":
    main(int(sys.argv[1]))
