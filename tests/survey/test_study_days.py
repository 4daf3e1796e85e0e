"""The office's own holidays: what is written otherwise than in the example is understood, or named with its key."""

import tomllib
from datetime import date

import pytest

from bot.errors import StudyPlanError
from bot.survey.study import Study, study_from
from tests.fieldwork.office import CONFIG


def study_with(lines: str) -> Study:
    """`lines` in the place of both lists."""
    text = (CONFIG / "study.toml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("extra_")]
    return study_from(tomllib.loads("\n".join(kept).replace("[hours]", f"[hours]\n{lines}", 1)))


def test_a_day_may_be_written_with_quotation_marks_or_without() -> None:
    hours = study_with('extra_holidays = ["2027-03-01", 2027-03-02]\nextra_working_days = []').hours
    assert hours.extra_holidays == {date(2027, 3, 1), date(2027, 3, 2)}


@pytest.mark.parametrize(
    "given", ['["1 Maret 2027"]', '["2027-02-30"]', '"2027-03-01"', "[2027-03-01T00:00:00]", "[1]"]
)
def test_what_is_no_list_of_days_is_told_with_its_key(given: str) -> None:
    with pytest.raises(StudyPlanError, match=r"hours\.extra_working_days must be a list of days"):
        study_with(f"extra_holidays = []\nextra_working_days = {given}")


def test_a_day_cannot_be_a_holiday_and_a_working_day() -> None:
    with pytest.raises(StudyPlanError, match=r"2027-03-01 stands in hours\.extra_holidays and"):
        study_with('extra_holidays = ["2027-03-01"]\nextra_working_days = ["2027-03-01"]')
