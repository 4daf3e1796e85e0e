"""Every kind of number from the rows themselves, recomputed in plain Python; each case small enough to count by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean, median

import pytest

from evaluation.catalogue import GROUPS, KINDS
from evaluation.releases import Cell, Register, Release
from evaluation.results import Results
from tests.evaluation.tables import (
    World,
    class_of_thirty,
    open_question,
    response,
    round_,
    training,
)

MANY = {"post_training": "closed", "followup_alumni": "closed", "followup_superior": "closed"}


def world_of(
    folder: Path, kind: str, answers: Sequence[Mapping[str, str]], **more: object
) -> World:
    """One closed round in which each person gave these answers."""
    world = World(folder, trainings=[training("MKD-2", round_(kind, "closed"))])
    for place, given in enumerate(answers):
        world.responses += [row | more for row in response(f"r{place:02}", given, kind=kind)]
    return world


def cell(results: Results, kind: str, name: str, group: str = "", *, of: str = "") -> Cell | None:
    entry = next(each for each in results.trainings[0].rounds if of in {"", each.round.kind})
    return None if entry.release is None else entry.release.find(kind, name, group)


def found(results: Results, kind: str, name: str, group: str = "", *, of: str = "") -> Cell:
    cell_ = cell(results, kind, name, group, of=of)
    assert cell_ is not None, (kind, name, group)
    return cell_


def test_each_answer_to_a_question_is_counted_and_a_scale_has_its_middle(tmp_path: Path):
    values = ["4", "3", "3", "2", "1", "4", "!skipped"]
    numbers = found(
        world_of(tmp_path, "post_training", [{"a07": v} for v in values]).results(), "item", "a07"
    ).numbers
    assert {name: numbers[name] for name in ("n_1", "n_2", "n_3", "n_4", "count")} == {
        "n_1": 1, "n_2": 1, "n_3": 2, "n_4": 2, "count": 6,
    }  # fmt: skip
    assert (numbers["mean"], numbers["median"], numbers["top2"]) == (
        pytest.approx(17 / 6),
        3,
        pytest.approx(4 / 6),
    )


def test_a_code_without_a_score_counts_as_an_answer_but_not_in_the_mean(tmp_path: Path):
    values = ["selesai", "sebagian", "belum", "ganti", "ganti"]
    numbers = found(
        world_of(tmp_path, "followup_alumni", [{"b04k": v} for v in values]).results(),
        "item",
        "b04k",
    ).numbers
    assert (numbers["count"], numbers["scored"], numbers["mean"], numbers["n_ganti"]) == (
        5,
        3,
        2.0,
        2,
    )
    assert "top2" not in numbers


def test_of_yes_and_no_the_share_of_yes_is_told(tmp_path: Path):
    world = world_of(tmp_path, "followup_alumni", [{"b15": v} for v in ["ya"] * 8 + ["tidak"] * 4])
    numbers = found(world.results(), "item", "b15").numbers
    assert (numbers["yes"], numbers["share"]) == (8, pytest.approx(2 / 3))
    assert "mean" not in numbers


def test_of_several_choices_each_is_counted_once_a_person(tmp_path: Path):
    values = ["skm waktu", "skm", "kesan", "waktu", "skm"]
    numbers = found(
        world_of(tmp_path, "followup_alumni", [{"b07": v} for v in values]).results(), "item", "b07"
    ).numbers
    assert numbers == {"count": 5, "population": 5, "n_skm": 3, "n_waktu": 2, "n_kesan": 1}


def test_the_funnel_counts_each_step_within_the_one_before(tmp_path: Path):
    answers = [
        {"b02": "3", "b03": "jelas", "b07": "skm kesan"},  # all three steps
        {"b02": "2", "b03": "jelas", "b07": "kesan"},  # an impression is no evidence
        {"b02": "1", "b03": "sebagian", "b07": "skm"},  # evidence of no clear result
        {"b02": "0"}, {"b02": "0"}, {"b02": "4", "b03": "terhenti"},
    ]  # fmt: skip
    world = world_of(tmp_path, "followup_alumni", answers)
    world.responses += response("silent", kind="followup_alumni", disposition="noncontact")
    numbers = found(world.results(), "funnel", "penerapan").numbers
    steps = ("trained", "count", "applied", "result", "evidence")
    assert [numbers[step] for step in steps] == [7, 6, 4, 2, 1]
    assert numbers["result_share"] == pytest.approx(2 / 6)


def test_a_step_that_nobody_was_asked_about_is_not_told_as_none(tmp_path: Path):
    applied = world_of(tmp_path / "applied", "followup_alumni", [{"b02": "3"}] * 6)
    assert not {"result", "evidence"} & set(found(applied.results(), "funnel", "penerapan").numbers)
    resulting = [{"b02": "3", "b03": "jelas"}] * 6
    resulted = found(
        world_of(tmp_path / "resulted", "followup_alumni", resulting).results(),
        "funnel",
        "penerapan",
    ).numbers
    assert resulted["result"] == 6
    assert "evidence" not in resulted


def test_where_nobody_applied_it_there_is_no_result(tmp_path: Path):
    none = world_of(tmp_path, "followup_alumni", [{"b02": "0"}] * 6)
    numbers = found(none.results(), "funnel", "penerapan").numbers
    assert (numbers["applied"], numbers["result"], numbers["evidence"]) == (0, 0, 0)


def test_recommendation_is_a_score_from_thirty_answers_on(tmp_path: Path):
    few = found(
        world_of(tmp_path / "few", "post_training", [{"a17": "9"}] * 29).results(),
        "nps",
        "rekomendasi",
    )
    assert few.numbers == {"promoters": 29, "passives": 0, "detractors": 0, "count": 29}
    values = ["10"] * 15 + ["8"] * 9 + ["3"] * 6
    many = found(
        world_of(tmp_path / "many", "post_training", [{"a17": v} for v in values]).results(),
        "nps",
        "rekomendasi",
    )
    assert many.numbers["score"] == pytest.approx(30)


def test_the_view_of_superiors_is_set_beside_that_of_the_same_alumni(tmp_path: Path):
    rounds = [round_(kind, "closed") for kind in ("followup_alumni", "followup_superior")]
    world = World(tmp_path, trainings=[training("MKD-2", *rounds)])
    own, theirs = ["4", "3", "2", "1", "0", "2"], ["3", "3", "1", "1", "tt", "1"]
    for place, (alumnus, superior) in enumerate(zip(own, theirs, strict=True)):
        world.responses += response(f"p{place}", {"b02": alumnus}, kind="followup_alumni")
        world.responses += response(
            f"s{place}", {"c02": superior}, kind="followup_superior", about=f"p{place}"
        )
    world.responses += response(
        "s9", {"c02": "4"}, kind="followup_superior", about="p9"
    )  # of somebody silent
    # the fifth is left out of both views, so only those of the other five may stand beside each other
    gap = cell(world.results(), "gap", "penerapan", of="followup_superior")
    assert gap is None  # one alumnus and two superiors would be left over
    for place in range(10, 15):
        world.responses += response(f"p{place}", {"b02": "0"}, kind="followup_alumni")
        world.responses += response(
            f"s{place}", {"c02": "4"}, kind="followup_superior", about=f"q{place}"
        )
    numbers = found(world.results(), "gap", "penerapan", of="followup_superior").numbers
    assert (numbers["self"], numbers["superior"], numbers["count"]) == (2.4, pytest.approx(1.8), 5)
    assert (numbers["difference"], numbers["combined"]) == (pytest.approx(-0.6), pytest.approx(2.1))


def test_two_superiors_of_one_alumnus_count_as_one_view(tmp_path: Path):
    rounds = [round_(kind, "closed") for kind in ("followup_alumni", "followup_superior")]
    world = World(tmp_path, trainings=[training("MKD-2", *rounds)])
    for place in range(6):
        world.responses += response(f"p{place}", {"b02": "2"}, kind="followup_alumni")
        world.responses += response(
            f"s{place}", {"c02": "2"}, kind="followup_superior", about=f"p{place}"
        )
    world.responses += response("s6", {"c02": "4"}, kind="followup_superior", about="p0")
    numbers = found(world.results(), "gap", "penerapan", of="followup_superior").numbers
    assert (numbers["count"], numbers["superiors"]) == (6, 7)
    assert numbers["superior"] == pytest.approx((3 + 5 * 2) / 6)


def rated_by_peers(folder: Path, peers: int) -> World:
    """Six alumni; of the first ones each has a peer who answered."""
    rounds = [round_(kind, "closed") for kind in ("followup_alumni", "followup_peer")]
    world = World(folder, trainings=[training("MKD-2", *rounds)])
    for place in range(6):
        world.responses += response(f"p{place}", {"b02": "2"}, kind="followup_alumni")
    for place in range(peers):
        world.responses += response(
            f"r{place}", {"r02": "3"}, kind="followup_peer", about=f"p{place}"
        )
    return world


def test_the_view_of_peers_is_set_beside_that_of_the_same_alumni(tmp_path: Path):
    numbers = found(
        rated_by_peers(tmp_path, 6).results(), "peer_gap", "penerapan", of="followup_peer"
    ).numbers
    assert (numbers["self"], numbers["peer"], numbers["difference"]) == (2, 3, 1)
    assert (numbers["count"], numbers["peers"]) == (6, 6)


def test_fewer_than_five_peers_are_never_shown(tmp_path: Path):
    release = rated_by_peers(tmp_path, 4).results().trainings[0].rounds[1].release
    assert release is None or release.cells == ()


def test_peers_are_shown_merged_only(tmp_path: Path):
    world = rated_by_peers(tmp_path, 6)
    for row in world.responses:
        row["unit_group"] = "Badan"
    release = world.results().trainings[0].rounds[1].release
    assert release is not None
    assert {cell.group for cell in release.cells} <= {"", "proxy="}


def test_a_group_has_its_own_numbers_and_small_groups_are_one(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "closed"))])
    sizes = {"Badan": 6, "Dinas": 8, "RSUD": 2, "Sekolah": 3}
    for unit, size in sizes.items():
        score = str(1 + list(sizes).index(unit))
        for place in range(size):
            world.responses += [
                row | {"unit_group": unit} for row in response(f"{unit}{place}", {"a01": score})
            ]
    results = world.results()
    means = {
        group: found(results, "index", "materi", f"unit_group={group}").numbers["mean"]
        for group in ("Badan", "Dinas", "*")
    }
    assert means == {"Badan": 1, "Dinas": 2, "*": pytest.approx((2 * 3 + 3 * 4) / 5)}
    assert cell(results, "index", "materi", "unit_group=RSUD") is None


def test_an_open_round_is_not_shown_by_group(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "open"))])
    for place in range(12):
        unit = {"unit_group": "AB"[place % 2]}
        world.responses += [row | unit for row in response(f"r{place}", {"a01": "3"})]
    results = world.results()
    assert found(results, "index", "materi").n == 12
    assert results.trainings[0].rounds[0].release is not None
    assert results.trainings[0].rounds[0].release.groups("unit_group") == ()


def test_without_the_careless_responses_the_numbers_stand_beside_the_others(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "closed"))])
    for place in range(12):
        flag = {"flag": "straightlining" if place < 5 else ""}
        rows = response(f"r{place:02}", {"a01": "4" if place < 5 else "2"})
        world.responses += [rows[0] | flag, *rows[1:]]
    results = world.results()
    assert found(results, "index", "materi").numbers["mean"] == pytest.approx((5 * 4 + 7 * 2) / 12)
    assert found(results, "index", "materi", "flag=").numbers["mean"] == 2


def test_without_the_proxies_the_superiors_numbers_stand_beside_the_others(tmp_path: Path):
    rounds = [round_("followup_superior", "closed")]
    world = World(tmp_path, trainings=[training("MKD-2", *rounds)])
    for place in range(12):
        proxy = {"proxy": "yes" if place < 5 else ""}
        rows = response(
            f"s{place:02}", {"c05": "4" if place < 5 else "2"},
            kind="followup_superior", about=f"p{place:02}",
        )  # fmt: skip
        world.responses += [row | proxy for row in rows]
    results = world.results()
    assert results.trainings[0].rounds[0].proxies == 5
    whole, own = (found(results, "index", "dampak", group) for group in ("", "proxy="))
    assert whole.numbers["mean"] == pytest.approx((5 * 4 + 7 * 2) / 12)
    assert (own.numbers["mean"], own.n) == (2, 7)


def test_the_weighted_index_is_what_the_class_would_have_said(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "closed"))])
    # of 20 in A ten answered 4, of 20 in B all answered 2: the class as a whole is worth 3
    for place in range(40):
        unit = {"unit_group": "A" if place < 20 else "B"}
        answers = {"a01": "4"} if place < 10 else {"a01": "2"} if place >= 20 else None
        done = "noncontact" if answers is None else "complete"
        world.responses += [
            row | unit for row in response(f"r{place:02}", answers, disposition=done)
        ]
    results = world.results()
    assert found(results, "index", "materi").numbers["mean"] == pytest.approx(
        (10 * 4 + 20 * 2) / 30
    )
    numbers = found(results, "weighted", "materi").numbers
    assert (numbers["mean"], numbers["index"]) == (pytest.approx(3), pytest.approx(75))
    assert numbers["n_effective"] == pytest.approx(30**2 / (10 * 1.5**2 + 20 * 0.75**2))


def test_reliability_is_told_of_thirty_cases_and_not_of_twenty_nine(tmp_path: Path):
    answers = [{"a01": str(1 + place % 4), "a02": str(1 + (place // 2) % 4)} for place in range(30)]
    assert (
        found(
            world_of(tmp_path / "a", "post_training", answers).results(), "reliability", "materi"
        ).numbers["items"]
        == 2
    )
    assert (
        cell(
            world_of(tmp_path / "b", "post_training", answers[:29]).results(),
            "reliability",
            "materi",
        )
        is None
    )


def test_ability_kept_is_the_follow_up_against_the_end_of_the_training(tmp_path: Path):
    world = World(
        tmp_path,
        trainings=[
            training(
                "MKD-2", round_("post_training", "closed"), round_("followup_alumni", "closed")
            )
        ],
    )
    for place in range(12):
        world.responses += response(f"p{place}", {"a11_pre": "2", "a11_now": str(4 + place % 2)})
        world.responses += response(
            f"p{place}", {"b17": str(3 + place % 3)}, kind="followup_alumni"
        )
    numbers = found(world.results(), "matched", "efikasi", of="followup_alumni").numbers
    assert (numbers["before"], numbers["now"], numbers["followup"]) == (2, 4.5, 4)
    assert (numbers["difference"], numbers["kept"]) == (2, -0.5)


def pooled_world(folder: Path, *, trainings: int = 3, state: str = "closed") -> World:
    world = World(folder)
    for code in range(trainings):
        more = round_("post_training", state if code else "closed")
        world.trainings.append(training(f"T{code}", more) | {"cohort": f"Angk. {code % 2}"})
        for place in range(10):
            group = {"unit_group": "AB"[place % 2], "cohort": f"Angk. {code % 2}"}
            names = (f"Pengajar {code}", f"Pengajar {code + 1}")
            answers = {"a01": str(1 + code), "a04_1": str(1 + code), "a04_2": "3"}
            rows = response(f"t{code}p{place}", answers, training=f"T{code}", instructors=names)
            world.responses += [row | group for row in rows]
    return world


def test_all_trainings_together_are_shown_as_a_whole_by_unit_and_by_cohort(tmp_path: Path):
    pooled = pooled_world(tmp_path).results().pooled["post_training"]

    def mean(group: str = "") -> float:
        entry = pooled.find("index", "materi", group)
        assert entry is not None
        return entry.numbers["mean"]

    assert (pooled.n, mean()) == (30, 2)
    assert (mean("unit_group=A"), mean("unit_group=B")) == (2, 2)
    assert (mean("cohort=Angk. 0"), mean("cohort=Angk. 1")) == (
        2,
        2,
    )  # the first and third of 1 and 3; the second of 2


def test_open_rounds_and_a_single_training_are_not_put_together(tmp_path: Path):
    assert pooled_world(tmp_path / "one", trainings=1).results().pooled == {}
    assert pooled_world(tmp_path / "open", trainings=2, state="open").results().pooled == {}


def test_an_instructor_stands_beside_the_mean_of_at_least_three_others(tmp_path: Path):
    sheets = {
        s.name: s
        for s in pooled_world(tmp_path).results().instructors
        if s.scope == "*/post_training"
    }
    # by training: 1 and 3, 2 and 3, 3 and 3; instructor 1 taught in the first two
    assert {name: sheet.cell.numbers["index"] for name, sheet in sheets.items()} == {
        "Pengajar 0": 25, "Pengajar 1": pytest.approx(62.5), "Pengajar 2": 75, "Pengajar 3": 75,
    }  # fmt: skip
    assert sheets["Pengajar 0"].others == pytest.approx(fmean([62.5, 75, 75]))
    of_one = [
        s for s in pooled_world(tmp_path).results().instructors if s.scope == "T0/post_training"
    ]
    assert [(s.others, s.number_of_others) for s in of_one] == [(None, 1), (None, 1)]


def test_what_moved_since_the_last_release_is_told_with_both_numbers(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    for place in range(6):
        world.responses += response(f"r{place}", {"a01": "2"})
    first = world.results()
    assert first.trainings[0].rounds[0].moved == ()
    for place in range(6, 12):
        world.responses += response(f"r{place}", {"a01": "4"})
    second = world.results(first.register)
    moved = {f"{each.kind}:{each.name}": each for each in second.trainings[0].rounds[0].moved}
    index = moved["index:materi"]
    assert (index.n_before, index.n_now, index.before["mean"], index.now["mean"]) == (6, 12, 2, 3)
    assert world.results(second.register).trainings[0].rounds[0].moved == ()


def test_no_text_is_ever_kept_with_the_numbers(tmp_path: Path):
    world = class_of_thirty(tmp_path)
    assert world.run("--releases", str(tmp_path / "releases.json")) == 0
    for path in (tmp_path / "releases.json", tmp_path / "out/summary.json"):
        assert "Terima kasih, lanjutkan" not in path.read_text(encoding="utf-8")


def test_participation_is_compared_with_the_roster_once_a_round_is_closed(tmp_path: Path):
    for state, groups in (("open", []), ("closed", [("A", 12, 15), ("B", 6, 15)])):
        world = World(
            tmp_path / state, trainings=[training("MKD-2", round_("post_training", state))]
        )
        for place in range(30):
            done = place < 12 or place >= 24
            rows = response(
                f"r{place:02}",
                {"a01": "3"} if done else None,
                disposition="complete" if done else "noncontact",
            )
            world.responses += [row | {"unit_group": "AB"[place // 15]} for row in rows]
        told = world.results().trainings[0].rounds[0].participation
        assert [(g.group, g.answered, g.eligible) for each in told for g in each.groups] == groups


def test_rates_are_told_by_role(tmp_path: Path):
    results = class_of_thirty(tmp_path, followed=22, superiors=16).results()
    rates = {
        each.role: each.rates.rr2
        for entry in results.trainings[0].rounds[2:]
        for each in entry.rates
    }
    assert rates == {"superior": pytest.approx(16 / 30)}


def everything(folder: Path) -> list[Release]:
    """Releases that hold every kind of cell."""
    world = class_of_thirty(folder, answered=30, followed=30, superiors=30)
    for place in range(31):
        world.responses += response(
            f"x{place}",
            {"a01": str(1 + place % 4), "a02": str(1 + place % 3), "a17": str(place % 11)},
            training="Z",
        )
    world.trainings.append(training("Z", round_("post_training", "closed")))
    rated = rated_by_peers(folder, 6)
    world.responses += [row | {"training": "R"} for row in rated.responses]
    rounds = [round_(kind, "closed") for kind in ("followup_alumni", "followup_peer")]
    world.trainings.append(training("R", *rounds))
    world.codes += open_question("a06_1")
    for place in range(26):
        more = response(f"p{place:02}", {"a06_1": f"Terima kasih {place}"})
        world.responses.append(more[1])
    for row in world.responses:
        row["unit_group"] = "AB"[
            int(row["respondent"][1:]) % 2 and row["disposition"] == "complete"
        ]
    for row in world.trainings:
        row["rounds"] = row["rounds"].replace('"open"', '"closed"')
    for place in range(9):
        world.responses += [
            row | {"unit_group": "A"}
            for row in response(f"y{place}", training="Z", disposition="noncontact")
        ]
    results = world.results()
    return [*results.register.releases.values()]


def test_every_published_cell_keeps_to_the_catalogue(tmp_path: Path):
    kinds, seen = {kind.kind: kind for kind in KINDS}, set()
    for release in everything(tmp_path):
        for each in release.cells:
            seen.add(each.kind)
            known = kinds[each.kind]
            names = set(each.numbers)
            open_ended = tuple(name[:-1] for name in known.sometimes if name.endswith("*"))
            extra = {
                name
                for name in names - {*known.always, *known.sometimes}
                if not name.startswith(open_ended or "\0")
            }
            assert (set(known.always) - names, extra) == (set(), set()), each.key
            assert each.group.partition("=")[0] in {"", *GROUPS}
    assert seen == set(kinds)


@pytest.mark.parametrize(
    "values", [["1", "2", "3", "4"], ["3"] * 9, ["1", "1", "4", "4", "4", "2"]]
)
def test_mean_median_and_distribution_agree_with_each_other(tmp_path: Path, values: list[str]):
    values = values * 2
    numbers = found(
        world_of(tmp_path, "post_training", [{"a07": v} for v in values]).results(), "item", "a07"
    ).numbers
    points = [int(code) for code in range(1, 5) for _ in range(int(numbers[f"n_{code}"]))]
    assert (numbers["mean"], numbers["median"]) == (pytest.approx(fmean(points)), median(points))


def test_an_empty_register_is_what_nothing_published_looks_like(tmp_path: Path):
    results = World(tmp_path, trainings=[training()]).results()
    assert results.register == Register()
