from dataclasses import replace

import pytest

from bot.survey.case_selection import Candidate, application_score, is_willing, selected
from bot.survey.record import Answer
from bot.survey.study import CaseRule
from bot.survey.xlsform import compile_form
from tests.fieldwork.office import CONFIG, STUDY
from tests.survey.forms import NOW

RULE: CaseRule = STUDY.cases
FORM = compile_form(CONFIG / "questionnaires" / "followup_alumni.md")


def given(**values: str) -> dict[str, Answer]:
    return {name: Answer(name, value, at=NOW) for name, value in values.items()}


def candidates(*scores: float, willing: bool = True, unit: str = "") -> list[Candidate]:
    return [
        Candidate(number, f"R{number:03}", unit or f"Unit {number}", score, willing)
        for number, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ({}, 0),
        ({"b02": "0"}, 0),
        ({"b02": "4", "b03": "jelas", "b06": "4"}, 10),
        ({"b02": "4", "b03": "jelas", "b06": "tt"}, 7),
        ({"b02": "1", "b03": "terhenti", "b06": "1"}, 1),
        ({"b02": "2", "b03": "sebagian", "b06": "2"}, 4),
        ({"b02": "1", "b03": "jelas", "b06": "4"}, 7),  # done once a year, and well
    ],
)
def test_the_score_counts_how_often_what_came_of_it_and_the_service(
    answers: dict[str, str], score: float
):
    assert application_score(FORM, given(**answers)) == score


def test_who_agreed_to_an_interview_is_willing():
    assert is_willing(RULE, given(b19="ya"))
    assert not is_willing(RULE, given(b19="tidak"))
    assert not is_willing(RULE, {})


def test_both_ends_are_taken_and_the_middle_is_left():
    found = selected(RULE, candidates(10, 9, 8, 5, 5, 4, 2, 1, 0, 6), 7)
    assert {(one.person_id, one.branch) for one in found} == {
        (0, "berhasil"), (1, "berhasil"), (2, "berhasil"),
        (6, "belum_berhasil"), (7, "belum_berhasil"), (8, "belum_berhasil"),
    }  # fmt: skip


def test_a_weak_class_has_fewer_cases_and_never_others():
    assert [one.branch for one in selected(RULE, candidates(7, 6, 5, 4, 3), 7)] == ["berhasil"]
    assert selected(RULE, candidates(6, 5, 4, 3), 7) == ()


def test_of_a_large_class_the_top_share_is_taken_and_no_more_than_most():
    assert len(selected(RULE, candidates(*[9] * 28), 7)) == 5  # 15 % of 28
    assert len(selected(RULE, candidates(*[9] * 100), 7)) == RULE.most


def test_who_did_not_agree_counts_in_the_share_but_is_not_taken():
    silent = [
        replace(one, person_id=100 + one.person_id, code=f"S{one.person_id}")
        for one in candidates(*[5.0] * 26, willing=False)
    ]
    found = selected(RULE, [*candidates(9, 9, 9, 9, 9, 9), *silent], 7)
    assert len(found) == 5  # 15 % of 32
    assert all(one.person_id < 100 for one in found)


def test_at_most_two_of_a_unit_are_taken():
    found = selected(RULE, candidates(9, 9, 9, 9, unit="Dinas Sosial"), 7)
    assert len(found) == RULE.most_per_unit


def test_the_same_seed_selects_the_same_in_any_order_and_another_may_not():
    many = candidates(*[9.0] * 40)
    first = selected(RULE, many, 7)
    assert selected(RULE, many[::-1], 7) == first
    assert any(selected(RULE, many, seed) != first for seed in range(8, 12))


def test_a_code_tells_nothing_of_the_branch():
    """Over many seeds the first code is as often a success as not."""
    many = candidates(9, 9, 9, 1, 1, 1)
    firsts = [selected(RULE, many, seed)[0].branch for seed in range(200)]
    assert 60 < firsts.count("berhasil") < 140
