"""Every nasty roster gives the report that stands for it in reports.txt; `python -m` this module writes it anew, to be read by a person."""

from datetime import date
from pathlib import Path

import pytest

from bot.chat.roster_lines import report_lines
from bot.fieldwork.rosters.as_json import report_from_json, report_to_json
from bot.fieldwork.rosters.reading import read_roster
from bot.fieldwork.rosters.record import Participant, Rater, Report
from tests.fieldwork.rosters.nasty import ALL, in_sheet, one_sheet
from tests.sentences import TEXTS

TODAY = date(2026, 11, 25)
REPORTS = Path(__file__).parent / "reports.txt"


def shown(name: str, report: Report) -> str:
    people = [_person(one) for one in report.ready]
    about = [f"  training {report.training}"] if report.training else []
    return "\n".join([f"== {name}", *report_lines(TEXTS, "id", report), *about, *people, ""])


def _person(one: Participant) -> str:
    parts = [
        one.nip.digits if one.nip else "-", one.name, one.unit, one.grade, one.position, one.phone,
        f"{one.birth_date or ''}", one.zone, *(f"atasan {_rater(each)}" for each in one.raters("superior")),
        *(f"rekan {_rater(each)}" for each in one.peers),
    ]  # fmt: skip
    return f"  {one.row}: " + " | ".join(part for part in parts if part)


def _rater(one: Rater) -> str:
    said = [one.name, one.nip.digits if one.nip else "-", one.position, one.phone]
    return ", ".join([*said, one.zone] if one.zone else said)


def expected() -> dict[str, str]:
    reports = REPORTS.read_text("utf-8").split("== ")[1:]
    return {one.partition("\n")[0]: f"== {one}" for one in reports}


@pytest.mark.parametrize("name", ALL)
def test_a_nasty_roster_gives_its_report(name: str) -> None:
    assert shown(name, read_roster(ALL[name](), TODAY)).strip() == expected()[name].strip()


@pytest.mark.parametrize("name", ALL)
def test_a_report_is_the_same_after_it_was_told_as_json(name: str) -> None:
    report = read_roster(ALL[name](), TODAY)
    assert report_from_json(report_to_json(report)) == report


@pytest.mark.parametrize(
    ("number", "is_believed"), [("198609262015051904", False), ("198609262015051905", True)]
)
def test_a_number_that_a_spreadsheet_may_have_rounded_to_is_not_believed(
    number: str, is_believed: bool
) -> None:
    """198609262015051904 is what a floating-point number makes of ...901 to ...919."""
    content = in_sheet(one_sheet((("Nama", "NIP"), ("Siti", 7))), {"<v>7</v>": f"<v>{number}</v>"})
    report = read_roster(content, TODAY)
    assert [one.key for one in report.faults] == ([] if is_believed else ["nip_angka"])


def test_there_are_thirty_and_more() -> None:
    assert len(ALL) >= 30
    assert expected().keys() == ALL.keys()


if __name__ == "__main__":
    now = (shown(name, read_roster(build(), TODAY)) for name, build in ALL.items())
    REPORTS.write_text("\n".join(now), "utf-8")
