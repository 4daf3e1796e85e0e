"""Whether the plan made in class was carried out: from the answers to the share, its interval and what may be told."""

from pathlib import Path

import pytest
from statsmodels.stats.proportion import proportion_confint

from evaluation.releases import Release
from tests.evaluation.tables import World, response, round_, training


def planned(folder: Path, *stands: str, silent: int = 0) -> Release | None:
    world = World(folder, trainings=[training("MKD-2", round_("followup_alumni", "closed"))])
    for place, value in enumerate(stands):
        world.responses += response(f"p{place:02}", {"b04k": value}, kind="followup_alumni")
    for place in range(silent):
        world.responses += response(f"q{place}", kind="followup_alumni", disposition="noncontact")
    return world.results().trainings[0].rounds[0].release


def test_a_plan_is_kept_that_was_carried_out_in_whole(tmp_path: Path):
    """Five of twelve; begun, not begun and changed were not kept; a class of 1,012 hardly differs from an endless one."""
    stands = ["selesai"] * 5 + ["sebagian"] * 3 + ["belum"] * 2 + ["ganti"] * 2
    release = planned(tmp_path, *stands, silent=1000)
    assert release is not None
    cell = release.find("kept", "komitmen")
    assert cell is not None
    assert (cell.n, cell.numbers["named"], cell.numbers["share"]) == (12, 5, pytest.approx(5 / 12))
    low, high = proportion_confint(5, 12, method="wilson")
    assert (cell.numbers["low"], cell.numbers["high"]) == pytest.approx((low, high), abs=0.003)


def test_the_question_itself_is_told_beside_the_share(tmp_path: Path):
    """Though two whose plan changed have no score: both are sums over the same answers."""
    release = planned(tmp_path, *["selesai"] * 6, "ganti", "ganti")
    assert release is not None
    assert release.find("kept", "komitmen") is not None
    assert release.find("item", "b04k") is not None


@pytest.mark.parametrize("people", [0, 4])
def test_four_plans_are_not_told(tmp_path: Path, people: int):
    release = planned(tmp_path, *["selesai"] * people)
    assert release is None or release.find("kept", "komitmen") is None
