"""The doctor's line on names in study.toml that no questionnaire has."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.doctor_study import study_line
from bot.survey.questionnaire import Questionnaire
from bot.survey.xlsform import compile_form
from config.settings import load_study

CONFIG = Path(__file__).parents[1] / "config"


@pytest.fixture(scope="module")
def forms() -> list[Questionnaire]:
    return [compile_form(path) for path in sorted((CONFIG / "questionnaires").glob("*.md"))]


def test_the_study_that_we_deliver_names_nothing_unknown(forms: list[Questionnaire]):
    line = study_line(load_study(CONFIG / "study.toml"), forms)
    assert (line.found, line.remedy) == (f"every name in it is in one of {len(forms)} questionnaires", "")  # fmt: skip


def _indicator(study: dict[str, Any]) -> None:
    study["indicators"]["materi"].append("a99")


def _code(study: dict[str, Any]) -> None:
    study["indicators"]["anggaran"].append("b13=uang")


def _quoted(study: dict[str, Any]) -> None:
    study["disclosure"]["quoted"] = ["a18", "saran"]


def _willing(study: dict[str, Any]) -> None:
    study["scm"]["willing"] = "b19=yes"


def _round(study: dict[str, Any]) -> None:
    study["rounds"]["interview"]["questionnaire"] = "interviews"


def _finding(study: dict[str, Any]) -> None:
    study["report"]["recommendations"][0]["findings"] = ["atasan", "atasan_langsung"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_indicator, "indicators.materi: a99"),
        (_code, "indicators.anggaran: b13=uang"),
        (_quoted, "disclosure.quoted: saran"),
        (_willing, "scm.willing: b19=yes"),
        (_round, "rounds.interview: interviews"),
        (_finding, "report.recommendations: atasan_langsung"),
    ],
)
def test_a_name_that_no_questionnaire_has_is_told_with_its_key(
    forms: list[Questionnaire], spoil: Callable[[dict[str, Any]], None], says: str
):
    study = load_study(CONFIG / "study.toml")
    spoil(study)
    line = study_line(study, forms)
    assert line.found == f"no questionnaire has {says}"
    assert "study.toml" in line.remedy


def _tables_of_indicators(study: dict[str, Any]) -> None:
    study["indicators"] = [study["indicators"]]


def _text_for_a_list(study: dict[str, Any]) -> None:
    study["indicators"]["materi"] = "a01"


def _rule_without_findings(study: dict[str, Any]) -> None:
    del study["report"]["recommendations"][0]["findings"]


def _report_of_text(study: dict[str, Any]) -> None:
    study["report"] = "no"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_tables_of_indicators, "indicators is no table"),
        (_text_for_a_list, "indicators.materi is no list"),
        (_rule_without_findings, "findings"),
        (_report_of_text, "report is no table"),
    ],
)
def test_a_part_of_the_wrong_kind_is_a_line_with_a_remedy(
    forms: list[Questionnaire], spoil: Callable[[dict[str, Any]], None], says: str
):
    study = load_study(CONFIG / "study.toml")
    spoil(study)
    line = study_line(study, forms)
    assert says in line.found
    assert "config/study.toml" in line.remedy


def test_a_file_of_another_office_does_not_fill_the_screen(forms: list[Questionnaire]):
    study = load_study(CONFIG / "study.toml")
    study["indicators"] = {"x": [f"q{number}" for number in range(12)]}
    assert study_line(study, forms).found.endswith("indicators.x: q4 and 7 more")


def test_before_the_first_start_nothing_is_compared():
    assert study_line(load_study(CONFIG / "study.toml"), []).remedy == ""
