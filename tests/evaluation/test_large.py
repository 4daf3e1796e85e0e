"""Many answers in the short form: memory that answers hardly add to, and judging that grows as the classes do."""

import cProfile
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from evaluation.disclosure import Gate, publish
from evaluation.recovery import patterns_betray
from evaluation.releases import Cell, Claim, Part, Register, Row
from evaluation.spans import spans_of
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


def calls_for(classes: int, size: int = 12) -> int:
    """How many functions the gate calls for a whole, its halves and a small group of each class: the same on a busy machine."""
    whose = np.arange(classes * size)
    gate = Gate(Register(), whose, 5, whose // size)
    counted = cProfile.Profile()
    for each in range(classes):
        first, middle, last = each * size, each * size + size // 2, (each + 1) * size
        groups = {"": (first, last), "A": (first, middle), "B": (middle, last), "C": (first + 1, last)}  # fmt: skip
        claims = [_claim(group, *ends) for group, ends in groups.items()]
        gate, withheld = counted.runcall(
            publish, gate, f"P{each}/post_training", claims, spans_of(range(first, last))
        )
        assert [one.group for one in withheld] == ["C"]
    return sum(entry.callcount for entry in counted.getstats())


def _claim(group: str, start: int, end: int) -> Claim:
    row = Row("post_training/materi", (Part("a01", 1.0, spans_of(range(start, end))),))
    return Claim(Cell("index", "materi", end - start, {"mean": 3.0}, group), (row,))


def test_six_numbers_of_one_sum_are_judged_once():
    """As those of barriers are: what betrays once does so until something else of the question is published."""
    gate = Gate(Register(), np.arange(12), 5)
    claims = [_claim("", 0, 12), *(_claim(f"C{each}", 1, 12) for each in range(6))]
    counted = cProfile.Profile()
    _, withheld = counted.runcall(publish, gate, "P/post_training", claims, "0-11")
    judged = {entry.code: entry.callcount for entry in counted.getstats()}
    assert (len(withheld), judged[patterns_betray.__code__]) == (6, 2)


def test_eight_times_as_many_classes_take_the_gate_eight_times_the_work():
    """Each is held against its own sums, not against those of all the others: that was 16 times."""
    calls_for(1)  # what is loaded once
    assert calls_for(96) < 9 * calls_for(12)
