"""An unchanged round is not put to the gate again, and nobody can tell by what is published.

Each release is made twice: with the judgements that the register keeps, and of a register without them, which is the whole gate.
"""

import cProfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.disclosure import publish
from evaluation.frames import Tables, read_tables
from evaluation.numbers_file import numbers_of
from evaluation.period import period_of
from evaluation.register import read_register, write_register
from evaluation.releases import Judged, Register
from evaluation.results import Results, evaluate
from evaluation.study import Plan, read_study
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty, response, round_, training
from tests.evaluation.test_attack import TABLES, WEEKS, Week, tables_of

PLAN = read_study(ROOT / "config/study.toml")


def released(tables: Tables, register: Register, plan: Plan = PLAN) -> Results:
    return evaluate(
        tables, plan, period_of("2027-W05", datetime.fromisoformat(MONDAY), plan), register
    )


def twice(tables: Tables, register: Register, plan: Plan = PLAN) -> Results:
    """The same with and without what was judged before; a judgement that nothing asks for any more may be left over."""
    found = released(tables, register, plan)
    anew = released(tables, replace(register, judged={}), plan)
    assert numbers_of(found, plan) == numbers_of(anew, plan)
    alike = unjudged(found) == unjudged(anew)
    assert alike
    assert anew.register.judged.items() <= found.register.judged.items()
    return found


def unjudged(results: Results) -> Results:
    return replace(results, register=replace(results.register, judged={}))


def asked(tables: Tables, register: Register) -> int:
    """How often something was put to the gate."""
    counted = cProfile.Profile()
    counted.runcall(released, tables, register)
    calls = {entry.code: entry.callcount for entry in counted.getstats()}
    return calls.get(publish.__code__, 0)


def read(world: World) -> Tables:
    world.write()
    return read_tables(*(world.folder / f"{name}.csv" for name in TABLES))


def house(folder: Path) -> World:
    """Two closed classes of which alumni and superiors answered, in two units; some groups are too small to be shown."""
    world = class_of_thirty(folder, followed=22, superiors=16)
    world.responses += class_of_thirty(folder, followed=24, seed=2, code="MKD-3").responses
    world.trainings.append(training("MKD-3", round_("post_training"), round_("followup_alumni")))
    for row in world.trainings:
        row["rounds"] = row["rounds"].replace('"open"', '"closed"')
    for row in world.responses:
        if row["training"] == "MKD-3":
            row["respondent"] += "b"
        row["unit_group"] = "ABBCC"[int(row["respondent"][1:3]) % 5]
    return world


class Told(NamedTuple):
    world: World
    tables: Tables
    register: Register


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    world = house(tmp_path_factory.mktemp("house"))
    tables = read(world)
    return Told(world, tables, released(tables, Register()).register)


def test_what_did_not_change_is_not_put_to_the_gate_again(told: Told):
    assert asked(told.tables, Register()) > 7
    assert asked(told.tables, told.register) == 0
    assert twice(told.tables, told.register).register == told.register


def test_judgements_come_back_as_they_were_written(told: Told, tmp_path: Path):
    write_register(tmp_path / "releases.json", told.register)
    kept = read_register(tmp_path / "releases.json")
    assert kept == told.register
    assert any(judged.withheld for judged in kept.judged.values())
    assert asked(told.tables, kept) == 0


def test_only_the_class_that_changed_and_what_is_made_of_it_is_judged_again(told: Told):
    late = response("p29", {"a01": "3"}, training="MKD-3", disposition="partial")
    world = replace(told.world, responses=[*told.world.responses, *late])
    for row in late:
        row["respondent"] = "late"
    tables = read(world)
    of_class, of_groups, of_all, rounds = 1, 1, 1, 2
    assert asked(tables, told.register) == (of_class + of_groups + of_all) * rounds
    twice(tables, told.register)


# ---- whatever a number rests on: changed, it is judged anew ------------------------------------------

Change = Callable[[World], object]


def class_of_twelve(folder: Path) -> World:
    """All said what they think of a01 and a07; four answered a10, and four of the five alumni what they could do before."""
    rounds = [round_("post_training", "closed"), round_("followup_alumni", "closed")]
    world = World(folder, trainings=[training("MKD-2", *rounds)])
    for place in range(12):
        few = "3" if place < 4 else "!skipped"
        answers = {"a01": "3", "a07": "3", "a10": few, "a11_pre": few, "a11_now": "4"}
        world.responses += response(f"p{place:02}", answers)
        if place < 5:
            world.responses += response(f"p{place:02}", {"b17": "4"}, kind="followup_alumni")
    world.responses += response("p12", disposition="invited")
    for row in world.responses:
        row["unit_group"] = "A" if row["respondent"] < "p07" else "B"
    return world


def put(respondent: str, item: str | None = None, **values: str) -> Change:
    """In the rows of one person, or the one of an item."""

    def change(world: World) -> None:
        for row in world.responses:
            if row["respondent"] == respondent and item in {None, row["item"]}:
                row.update(values)

    return change


def dimension(item: str, name: str) -> Change:
    def change(world: World) -> None:
        for row in world.codes:
            if row["item"] == item:
                row["dimension"] = name

    return change


def state(name: str) -> Change:
    def change(world: World) -> None:
        row = world.trainings[0]
        row["rounds"] = row["rounds"].replace("closed", "open").replace("open", name)

    return change


def nothing(_: World) -> None:
    """Only the plan is another one."""


CHANGES: Mapping[str, tuple[Change, Change, Mapping[str, object], str]] = {
    "an answer": (nothing, put("p04", "a10", value="3", missing=""), {}, "post_training index:fasilitas"),
    "an answer of the round before": (nothing, put("p04", "a11_pre", value="3", missing=""), {}, "followup_alumni matched:efikasi"),
    "a group": (put("p11", unit_group=""), put("p11", unit_group="B"), {}, "post_training index:materi@unit_group=B"),
    "the roster": (put("p12", unit_group=""), put("p12", unit_group="B"), {}, "post_training weighted:materi"),
    "the codebook": (dimension("a07", ""), dimension("a07", "relevansi"), {}, "post_training index:relevansi"),
    "the round": (state("open"), state("closed"), {}, "post_training index:materi@unit_group=A"),
    "k": (nothing, nothing, {"k": 4}, "post_training index:fasilitas"),
    "the weights": (nothing, nothing, {"weight_by": "unit_group"}, "post_training weighted:materi"),
}  # fmt: skip


def keys(register: Register) -> set[str]:
    return {
        f"{scope.partition('/')[2]} {cell.key}"
        for scope, release in register.releases.items()
        for cell in release.cells
    }


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_is_judged_anew(tmp_path: Path, what: str):
    before, after, planned, key = CHANGES[what]
    plan = replace(PLAN, weight_by="" if "weight_by" in planned else "unit_group")
    world = class_of_twelve(tmp_path)
    before(world)
    register = released(read(world), Register(), plan).register
    assert key not in keys(register)
    after(world)
    found = twice(read(world), register, replace(plan, **planned))
    assert key in keys(found.register)


# ---- a register that somebody wrote into ------------------------------------------------------------

SCOPE = "MKD-2/post_training"


def without_a_cell(register: Register) -> Register:
    release = register.releases[SCOPE]
    return replace(
        register,
        releases={**register.releases, SCOPE: replace(release, cells=release.cells[1:])},
    )


def with_another_number(register: Register) -> Register:
    release = register.releases[SCOPE]
    first = replace(release.cells[0], n=release.cells[0].n + 1)
    cells = (first, *release.cells[1:])
    return replace(register, releases={**register.releases, SCOPE: replace(release, cells=cells)})


def with_other_people(register: Register) -> Register:
    return replace(
        register,
        responses=tuple((code, f"{who}x", about) for code, who, about in register.responses),
    )


def without_what_stands_behind(register: Register) -> Register:
    return replace(register, behind={})


def with_nothing_withheld(register: Register) -> Register:
    judged = {scope: Judged(each.seal, ()) for scope, each in register.judged.items()}
    return replace(register, judged=judged)


def with_anothers_seals(register: Register) -> Register:
    scopes = list(register.judged)
    judged = dict(zip(scopes, list(register.judged.values())[1:], strict=False))
    return replace(register, judged=judged)


def without_a_release(register: Register) -> Register:
    return replace(
        register, releases={key: one for key, one in register.releases.items() if key != SCOPE}
    )


TAMPERED = [
    without_a_cell, with_another_number, with_other_people, without_what_stands_behind, with_nothing_withheld,
    with_anothers_seals, without_a_release,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERED)
def test_a_register_that_was_written_into_has_the_whole_gate(
    tmp_path: Path, tamper: Callable[[Register], Register]
):
    tables = read(class_of_twelve(tmp_path))
    tampered = tamper(released(tables, Register()).register)
    assert asked(tables, tampered) > 0
    twice(tables, tampered)


def test_judgements_of_another_house_publish_nothing(told: Told, tmp_path: Path):
    other = read(class_of_twelve(tmp_path))
    foreign = replace(released(other, Register()).register, judged=told.register.judged)
    twice(other, foreign)
    twice(other, told.register)


# ---- any sequence of releases ------------------------------------------------------------------------


@settings(max_examples=5, deadline=None, derandomize=True)
@given(
    st.integers(0, 99),
    st.booleans(),
    st.sampled_from([3, 5]),
    st.lists(st.integers(0, WEEKS - 1), min_size=2, max_size=4),
)
def test_no_sequence_of_releases_tells_them_apart(
    tmp_path_factory: pytest.TempPathFactory, seed: int, restless: bool, k: int, weeks: list[int]
):
    """People come, skip, change their mind and leave; some weeks bring nothing, some a register of earlier."""
    folder, register = tmp_path_factory.mktemp("weeks"), Register()
    for week in weeks:
        tables = tables_of(Week(seed, week, restless), folder)
        register = twice(tables, register, replace(PLAN, k=k)).register
