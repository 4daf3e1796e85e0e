"""How long the numbers of a large house take, beside the least that could be done; and how much memory. In a process of its own.

`python -m tests.bench.evaluating FOLDER` prints, as JSON, CPU seconds and megabytes. The yardstick, in the same process:
SQLite's bare GROUP BY over the same answers, already loaded, and one pass over the CSV files.
"""

import csv
import json
import sqlite3
import sys
from datetime import datetime
from pathlib import Path
from time import process_time

from evaluation.frames import read_tables
from evaluation.numbers_file import numbers_of
from evaluation.period import period_of
from evaluation.releases import Register
from evaluation.results import evaluate
from evaluation.study import read_study

MONDAY = "2027-02-01T08:00:00+07:00"
NAMES = ("responses", "codebook", "trainings")


def main(folder: Path) -> None:
    ours = _evaluated(folder)
    peak = _peak()
    told = {"ours": ours, "peak": peak, "pass": _passed(folder), "group": _grouped(folder)}
    sys.stdout.write(json.dumps(told) + "\n")


def _peak() -> float:
    """In megabytes, of this program: getrusage also knows how large the one was that started it."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def _evaluated(folder: Path) -> float:
    start = process_time()
    plan = read_study(Path("config/study.toml"))
    tables = read_tables(*(folder / f"{name}.csv" for name in NAMES))
    period = period_of(None, datetime.fromisoformat(MONDAY), plan)
    assert numbers_of(evaluate(tables, plan, period, Register()), plan)
    return process_time() - start


def _passed(folder: Path) -> float:
    start = process_time()
    for name in NAMES:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            assert sum(1 for _ in csv.reader(stream))
    return process_time() - start


def _grouped(folder: Path) -> float:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE answers (training TEXT, round TEXT, item TEXT, value TEXT)")
    with (folder / "responses.csv").open(encoding="utf-8", newline="") as stream:
        rows = (
            (row["training"], row["round"], row["item"], row["value"])
            for row in csv.DictReader(stream)
        )
        database.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", rows)
    start = process_time()
    asked = "SELECT training, round, item, value, count(*) FROM answers GROUP BY 1, 2, 3, 4"
    assert database.execute(asked).fetchall()
    took = process_time() - start
    database.close()
    return took


if __name__ == "__main__":
    main(Path(sys.argv[1]))
