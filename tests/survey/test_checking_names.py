"""Names that SPSS refuses: by the rules themselves, since an XLSForm lets only some of them be written."""

import pytest

from bot.survey.checking_names import name_findings
from bot.survey.questionnaire import Item, Questionnaire
from bot.survey.sheets import Sheets
from bot.survey.xlsform import Form

NAMES = [
    ("a01", []), ("ümlaut", []), ("a.b", []), ("nilai[2]", []), ("a" * 64, []),
    ("a" * 65, ["cek_spss_panjang"]), ("ü" * 33, ["cek_spss_panjang"]),
    ("NOT", ["cek_spss_kata"]), ("with", ["cek_spss_kata"]), ("without", []),
    ("_a", ["cek_spss_awal"]), ("1a", ["cek_spss_awal"]),
    ("a-b", ["cek_spss_huruf"]), ("a b", ["cek_spss_huruf"]),
    ("a.", ["cek_spss_akhir"]), ("a_", ["cek_spss_garis"]),
]  # fmt: skip


def told(*names: str) -> list[str]:
    items = tuple(Item(name, "text", {"id": "?"}) for name in names)
    form = Form(Questionnaire("coba", "1", {}, ("id",), items), Sheets(), {})
    return [finding.key for finding in name_findings(form)]


@pytest.mark.parametrize(("name", "keys"), NAMES)
def test_a_name_is_refused_as_spss_would(name, keys):
    assert told(name) == keys


def test_names_that_differ_in_case_only_are_one():
    assert told("Umur", "umur") == ["cek_spss_kembar"]


def test_a_note_is_no_variable():
    items = (Item("not", "note", {"id": "Halo"}),)
    form = Form(Questionnaire("coba", "1", {}, ("id",), items), Sheets(), {})
    assert list(name_findings(form)) == []
