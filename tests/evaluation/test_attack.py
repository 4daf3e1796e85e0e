"""An attack on what whole evaluations publish: every release of several weeks, every group, every question.

The attacker holds all numbers ever published and knows exactly whose answers stand behind each. The rows are first
proved honest (they reproduce the published numbers), then every group of fewer than k people is tried: is there a
combination of published sums that rests on them alone? Exhaustive, and nothing of the gate's own mathematics.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from evaluation.frames import Tables, read_tables
from evaluation.period import period_of
from evaluation.publication import _by_group, _totals, scope_of
from evaluation.releases import Claim, Register, Row
from evaluation.results import evaluate
from evaluation.samples import number, sample_of
from evaluation.spans import places_of
from evaluation.study import Plan, read_study
from tests.evaluation.tables import MONDAY, ROOT, World, codebook, response, round_, training

ITEMS = ("a01", "a02", "a10", "a16")
RATED = ("a04_1", "a04_2")
TEACHERS = ("Adi", "Budi", "Citra")
TRAININGS = ("MKD-2", "MKD-3")
UNITS = ("Badan", "Dinas", "Kecamatan")
GRADES = ("III", "IV")
TABLES = ("responses", "codebook", "trainings")
WEEKS = 5
Values = Mapping[tuple[str, int], float]  # (item, response) -> answer
Told = tuple[Register, list[tuple[Row, float, Values]]]
Play = Callable[[int, int], Told]


def plan_of(k: int) -> Plan:
    return replace(read_study(ROOT / "config/study.toml"), k=k)


@dataclass
class Week:
    """Both trainings as they stand in one week of a seeded story: people come, skip, change their mind and leave."""

    seed: int
    number: int
    restless: bool = True  # some change an answer, some leave and take theirs with them

    def world(self, folder: Path) -> World:
        draw = random.Random(self.seed)
        rows: list[dict[str, str]] = []
        for place in range(26):
            teaching = random.Random(f"{self.seed} {place}")
            code, arrives = TRAININGS[place % 2], draw.randrange(WEEKS)
            group = {"unit_group": draw.choice(UNITS), "grade_group": draw.choice(GRADES)}
            group["flag"] = draw.choice(["", "", "straightlining"])
            group["proxy"] = "yes" if place % 7 == 3 else ""
            answers = {item: draw.choice(["1", "2", "3", "4", "!skipped"]) for item in ITEMS[:3]}
            answers["a16"] = draw.choice(["anggaran", "waktu rekan", "tidak_ada"])
            answers |= dict(zip(RATED, teaching.choices("1234", k=2), strict=True))
            changed = self.restless and draw.random() < 0.2 and self.number > arrives + 1
            if changed:
                answers["a01"] = "4"
            leaves = self.restless and draw.random() < 0.15 and self.number > arrives + 1
            here = arrives <= self.number and not leaves
            own = response(
                f"p{place:02}",
                answers if here else None,
                training=code,
                instructors=teaching.sample(TEACHERS, 2),
                disposition="complete" if here else "invited",
            )
            rows += [
                row | group | {
                    "flag": "" if row["item"] else group["flag"],
                    "revised": "1" if changed and row["item"] == "a01" else "0",
                }
                for row in own
            ]  # fmt: skip
        asked = [row for row in codebook() if row["item"] in {*ITEMS, *RATED}]
        for row in asked:
            if row["item"] in RATED:
                row["label"] = f"${{instruktur_{row['item'][-1]}}}: penguasaan materi?"
        return World(folder, rows, self._trainings(), asked)

    def _trainings(self) -> list[dict[str, str]]:
        states = ["closed" if self.number >= WEEKS - 2 + place else "open" for place in range(2)]
        return [
            training(code, round_("post_training", state)) | {"cohort": f"Angk. {code[-1]}"}
            for code, state in zip(TRAININGS, states, strict=True)
        ]


def tables_of(week: Week, folder: Path) -> Tables:
    world = week.world(folder / str(week.number))
    world.write()
    return read_tables(*(world.folder / f"{name}.csv" for name in TABLES))


def published(folder: Path, seed: int, k: int, *, restless: bool = True) -> Told:
    """The last register, and of every week each number that appeared: its row, its value, the answers of that week."""
    register, found = Register(), []
    plan = plan_of(k)
    period = period_of("2027-W05", datetime.fromisoformat(MONDAY), plan)
    for week in range(WEEKS):
        tables = tables_of(Week(seed, week, restless), folder)
        before, register = register, evaluate(tables, plan, period, register).register
        values = values_of(tables, register)
        for scope, release in register.releases.items():
            last = before.releases.get(scope)
            for cell in release.cells:
                fresh = last is None or last.find(cell.kind, cell.name, cell.group) != cell
                if fresh and "mean" in cell.numbers:
                    row = register.behind[f"{scope}|{cell.key}"][0]
                    found.append((row, cell.numbers["mean"], values))
    return register, found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """The story of each seed is played once."""

    @cache
    def play(seed: int, k: int) -> Told:
        return published(tmp_path_factory.mktemp(f"story{seed}"), seed, k)

    return play


def values_of(tables: Tables, register: Register) -> Values:
    place = {who: at for at, who in enumerate(register.responses)}
    rows = tables.answers[tables.answers["score"].notna()]
    columns = ["training", "respondent", "about", "item", "revised", "score"]
    return {
        (item if revised == "0" else f"{item}~{revised}", place[code, respondent, about]): score
        for code, respondent, about, item, revised, score in rows[columns].itertuples(index=False)
    }


def units(row: Row) -> dict[tuple[str, int], float]:
    return {
        (part.item, place): part.weight
        for part in row.parts
        for place in places_of(part.responses).tolist()
    }


def recovered(rows: Iterable[Row], owners: Mapping[int, str], k: int) -> tuple[str, ...]:
    """A group of fewer than k people that some combination of the rows rests on; empty if there is none."""
    known = [units(row) for row in dict.fromkeys(rows)]
    answers = sorted({unit for row in known for unit in row})
    matrix = np.array([[row.get(unit, 0.0) for unit in answers] for row in known])
    whose = np.array([owners[place] for _, place in answers])
    whole = np.linalg.matrix_rank(matrix, tol=1e-7)
    people = sorted(set(whose))
    for group in combinations(people, min(k - 1, len(people))):
        left = matrix[:, ~np.isin(whose, group)]
        if (np.linalg.matrix_rank(left, tol=1e-7) if left.size else 0) < whole:
            return group
    return ()


def owners_of(register: Register) -> dict[int, str]:
    return {at: respondent for at, (_, respondent, _) in enumerate(register.responses)}


@pytest.mark.parametrize("seed", range(3))
def test_no_group_below_k_is_recovered_from_all_releases_together(told: Play, seed: int):
    register, _ = told(seed, 3)
    assert register.rows
    for topic, rows in register.rows.items():
        assert recovered(rows, owners_of(register), 3) == (), topic


@pytest.mark.parametrize("seed", range(3))
def test_the_rows_behind_the_numbers_are_honest(told: Play, seed: int):
    _, found = told(seed, 3)
    assert len(found) > 10
    for row, mean, values in found:
        weights = units(row)
        total = sum(weight * values[unit] for unit, weight in weights.items())
        assert mean == pytest.approx(total / sum(weights.values())), row.topic


def test_no_two_sums_of_one_question_differ_by_fewer_than_five_people(told: Play):
    register, _ = told(0, 5)
    whose = owners_of(register)
    pairs = [pair for rows in register.rows.values() for pair in combinations(rows, 2)]
    assert len(pairs) > 3
    for first, second in pairs:
        one, other = units(first), units(second)
        items = {item for item, _ in one} | {item for item, _ in other}
        ratio = {round(one[unit] / other[unit], 6) for unit in set(one) & set(other)}
        if len(ratio) == 1 or len(items) == 1:
            scale = ratio.pop() if ratio else 1.0
            differ = {
                unit
                for unit in set(one) | set(other)
                if abs(one.get(unit, 0) - scale * other.get(unit, 0)) > 1e-6
            }
            people = {whose[place] for _, place in differ}
            assert not people or len(people) >= 5


def ungated(folder: Path, seed: int) -> tuple[Register, list[Claim]]:
    """What would be published if groups of k were the only rule."""
    plan, claims, register = plan_of(3), [], Register()
    for week in range(WEEKS):
        tables = tables_of(Week(seed, week), folder)
        numbered, gate = number(tables, register, 3)
        register = gate.register
        for each in tables.trainings:
            sample = sample_of(numbered, each, each.rounds[0])
            asked = [*_totals(sample, plan), *_by_group(sample, ["unit_group"], plan)]
            claims += [claim for claim in asked if claim.cell.n >= 3]
    return register, claims


def test_the_attack_succeeds_where_only_small_groups_are_hidden(tmp_path: Path):
    register, claims = ungated(tmp_path, 0)
    rows = [row for claim in claims for row in claim.rows if row.topic == "post_training/materi"]
    assert recovered(rows, owners_of(register), 3)


def test_the_order_of_the_rows_changes_no_release(told: Play, tmp_path: Path):
    register, plan = Register(), plan_of(3)
    period = period_of("2027-W05", datetime.fromisoformat(MONDAY), plan)
    for week in range(WEEKS):
        world = Week(0, week).world(tmp_path / str(week))
        random.Random(week).shuffle(world.responses)
        world.write()
        tables = read_tables(*(world.folder / f"{name}.csv" for name in TABLES))
        register = evaluate(tables, plan, period, register).register
    assert register == told(0, 3)[0]


def test_most_of_what_is_safe_is_told(tmp_path: Path):
    """A gate that lets nothing pass would stand every attack."""
    register, _ = published(tmp_path, 1, k=3, restless=False)
    told = [cell.key for release in register.releases.values() for cell in release.cells]
    for scope in (scope_of(code, "post_training") for code in (*TRAININGS, "*")):
        assert register.releases[scope].find("index", "materi") is not None, scope
    assert sum("@" in key for key in told) >= 10
