"""From tables to numbers: recomputed here in plain Python from the rows themselves."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import pytest

from tests.evaluation.tables import World, class_of_thirty, response, round_, training


def materi(world: World, *values: str, **more: str) -> None:
    for place, value in enumerate(values):
        world.responses += response(f"m{place}", {"a01": value}, **more)


def world_of(folder: Path, *values: str, state: str = "open") -> World:
    world = World(folder, trainings=[training("MKD-2", round_("post_training", state))])
    materi(world, *values)
    return world


def means_by_person(world: World, items: Sequence[str]) -> list[float]:
    scores = defaultdict(list)
    for row in world.responses:
        if row["item"] in items and row["value"].isdigit():
            scores[row["respondent"]].append(int(row["value"]))
    return [fmean(of_person) for of_person in scores.values()]


@pytest.mark.parametrize(("dimension", "items"), [("materi", ("a01", "a02")), ("instruktur", ("a04_1", "a04_2")), ("relevansi", ("a07",))])  # fmt: skip
def test_an_index_is_25_times_the_mean_of_the_persons_means(tmp_path: Path, dimension: str, items: tuple[str, ...]):  # fmt: skip
    world = class_of_thirty(tmp_path)
    world.tell()
    numbers = world.cells("post_training")[f"index:{dimension}"]["numbers"]
    assert numbers["index"] == pytest.approx(25 * fmean(means_by_person(world, items)))


def test_cannot_judge_is_left_out_and_never_a_zero(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    for place, value in enumerate(["4", "4", "4", "4", "4", "tb", "!dont_know", "!skipped"]):
        world.responses += response(f"t{place}", {"a04_1": value})
    world.tell()
    cell = world.cells("post_training")["index:instruktur"]
    assert (cell["n"], cell["numbers"]["mean"]) == (5, 4.0)


def test_five_point_scales_and_yes_no_never_become_an_index(tmp_path: Path):
    world = class_of_thirty(tmp_path, followed=22)
    world.tell()
    kinds = {key for kind in ("post_training", "followup_alumni") for key in world.cells(kind)}
    assert {"index:efikasi", "index:penerapan"} & kinds == set()


def test_begun_answers_do_not_count_before_the_round_is_closed(tmp_path: Path):
    world = world_of(tmp_path, "4", "4", "4", "4", "4")
    world.responses += response("later", {"a01": "1"}, disposition="partial")
    world.tell()
    assert world.cells("post_training")["index:materi"]["numbers"]["mean"] == 4.0


def test_partial_answers_count_once_the_round_is_closed(tmp_path: Path):
    world = world_of(tmp_path, "4", "4", "4", "4", "4", state="closed")
    world.responses += response("later", {"a01": "1"}, disposition="partial")
    world.tell()
    assert world.cells("post_training")["index:materi"]["numbers"]["mean"] == 3.5


@pytest.mark.parametrize("disposition", ["break_off", "refused", "ineligible"])
def test_answers_of_who_broke_off_or_refused_never_count(tmp_path: Path, disposition: str):
    world = world_of(tmp_path, "4", "4", "4", "4", "4", state="closed")
    world.responses += response("gone", {"a01": "1"}, disposition=disposition)
    world.tell()
    assert world.cells("post_training")["index:materi"]["numbers"]["mean"] == 4.0


def test_before_and_now_are_paired_by_person(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    for place, (now, before) in enumerate(
        [("4", "2"), ("5", "2"), ("3", "3"), ("4", "1"), ("4", "2"), ("5", "!skipped")]
    ):
        world.responses += response(f"k{place}", {"a11_now": now, "a11_pre": before})
    world.tell()
    cell = world.cells("post_training")["change:efikasi"]
    assert (cell["n"], cell["numbers"]["before"], cell["numbers"]["now"]) == (5, 2.0, 4.0)


def test_three_moments_of_the_same_people_are_shown_when_nobody_is_left_over(tmp_path: Path):
    world = class_of_thirty(tmp_path, answered=30, followed=30)
    world.tell()
    assert world.cells("followup_alumni")["matched:efikasi"]["n"] == 30


def test_a_matched_part_that_leaves_fewer_than_five_over_is_held_back(tmp_path: Path):
    world = class_of_thirty(tmp_path, answered=30, followed=27)
    world.tell()
    assert "matched:efikasi" not in world.cells("followup_alumni")
    assert "(n = 30)" in world.text


def test_superiors_are_counted_as_people_not_as_ratings(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("followup_superior"))])
    for rating in range(8):
        world.responses += response(
            f"s{rating // 2}", {"c05": "3"}, kind="followup_superior", about=f"p{rating}"
        )
    world.tell()
    assert world.cells("followup_superior") == {}
    assert (
        "Atasan: 8 jawaban masuk. Hasil ditampilkan setelah sedikitnya 5 orang menjawab."
        in world.text
    )


def test_an_instructor_of_three_raters_takes_the_other_one_along(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    for place in range(9):
        answers = {"a04_1": "4", "a04_2": "2"} if place < 3 else {"a04_1": "4"}
        world.responses += response(f"i{place}", answers)
    world.tell()
    assert [key for key in world.cells("post_training") if key.startswith("instructor")] == []
    assert "index:instruktur" in world.cells("post_training")


def test_the_share_that_applied_counts_every_frequency_above_never(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("followup_alumni"))])
    for place, value in enumerate("0012340"):
        world.responses += response(f"f{place}", {"b02": value}, kind="followup_alumni")
    world.responses += response("open", kind="followup_alumni", disposition="invited")
    world.tell()
    numbers = world.cells("followup_alumni")["share:penerapan"]["numbers"]
    assert (numbers["named"], numbers["count"]) == (4, 7)


def test_new_answers_are_those_completed_within_the_week_of_the_office(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    times = [
        "2027-01-24T16:59:59+00:00",  # Sunday 23.59 in Bungo: the week before
        "2027-01-24T17:00:00+00:00",  # Monday 00.00 in Bungo
        "2027-01-31T16:59:59+00:00",  # Sunday 23.59, the last moment of it
    ]
    for place, at in enumerate(times):
        world.responses += response(f"w{place}", {"a01": "3"}, completed_at=at)
    world.tell()
    assert world.numbers["trainings"]["MKD-2"]["rounds"]["post_training"]["new"] == 2


def test_without_a_week_the_last_seven_days_are_told(tmp_path: Path):
    world = world_of(tmp_path, "3", "3", "3", "3", "3")
    world.tell(week=None)
    assert world.numbers["period"] == {
        "first": "2027-01-26", "last": "2027-02-01", "issued_on": "2027-02-01",
    }  # fmt: skip


def test_scores_stand_still_until_five_new_answers_and_counts_move_at_once(tmp_path: Path):
    releases = ("--releases", str(tmp_path / "releases.json"))
    world = world_of(tmp_path, *"44444")
    assert world.run(*releases) == 0
    for place in range(4):
        world.responses += response(f"n{place}", {"a01": "1"})
    assert world.run(*releases) == 0
    assert world.cells("post_training")["index:materi"]["numbers"]["mean"] == 4.0
    assert "9 dari 9 menjawab" in world.text
    assert "(n = 5)" in world.text
    world.responses += response("n4", {"a01": "1"})
    assert world.run(*releases) == 0
    assert world.cells("post_training")["index:materi"]["numbers"]["mean"] == 2.5


def test_a_failed_run_publishes_nothing(tmp_path: Path):
    world = world_of(tmp_path, *"44444")
    world.responses[0]["role"] = "boss"
    assert world.run("--releases", str(tmp_path / "releases.json")) == 2
    assert not (tmp_path / "releases.json").exists()


def test_new_answers_of_the_monday_of_sending_belong_to_the_week_after(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    world.responses += response("w", {"a01": "3"}, completed_at="2027-01-31T17:00:00+00:00")
    world.tell()
    assert world.numbers["trainings"]["MKD-2"]["rounds"]["post_training"]["new"] == 0


def test_six_ratings_by_three_superiors_are_not_shown(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("followup_superior"))])
    for rating in range(10):
        value = {"c05": "3"} if rating < 6 else {"c05": "!skipped", "c08": "waktu"}
        world.responses += response(
            f"s{rating // 2}", value, kind="followup_superior", about=f"p{rating}"
        )
    world.tell()
    assert "index:dampak" not in world.cells("followup_superior")


def test_a_superiors_word_for_a_barrier_is_not_used_for_the_alumni(tmp_path: Path):
    world = class_of_thirty(tmp_path, followed=22, superiors=20)
    for row in (*world.codes, *world.responses):
        if row["questionnaire"] == "followup_superior":
            row["questionnaire"] = "z_superior"
            if row["value"] == "anggaran" and "value_label" in row:
                row["value_label"] = "Kata atasan"
    world.tell()
    assert "Anggaran terbatas: alumni" in world.text
    assert "Kata atasan" not in world.text
