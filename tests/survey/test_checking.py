"""The questionnaire compiler: what it says of a form with one mistake, and that it is silent when that is mended."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.finding_lines import chat, line
from bot.chat.texts import placeholders
from bot.survey.checking import check
from bot.survey.findings import KINDS
from tests.sentences import TEXTS
from tests.survey.check_cases import CASES, SETTINGS, YN, Case
from tests.survey.forms import NOW

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / "config" / "questionnaires").glob("*.md"))


def lines(path: Path, **given) -> list[str]:
    report = check(path, given.pop("chat", chat()), NOW, **given)
    return [line(TEXTS, "en", path.name, finding) for finding in report.findings]


def named(case: Case) -> str:
    return f"{case.key}-{CASES.index(case)}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_mistake_is_told_in_one_line(case, tmp_path):
    assert lines(case.written(tmp_path, mended=False)) == [case.line]


@pytest.mark.parametrize("case", CASES, ids=named)
def test_nothing_is_told_when_it_is_mended(case, tmp_path):
    assert lines(case.written(tmp_path, mended=True)) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_the_built_in_forms_pass_without_a_line(form):
    assert lines(form) == []


def test_every_finding_has_its_sentences_in_both_languages_that_its_arguments_fill():
    for key, kind in KINDS.items():
        for language in TEXTS.languages():
            for sentence in (key, f"{key}_cara"):
                template = TEXTS.sentences[language][sentence]
                assert placeholders(template) <= set(kind.arguments), sentence


def test_a_button_without_room_for_its_data_is_told(tmp_path):
    narrow = replace(chat(), fits=lambda _place, code, _at: code != "tidak")
    path = Case("", "", ("", ""), YN).written(tmp_path, mended=False)
    (told,) = lines(path, chat=narrow)
    assert told == (
        'coba.md: survey, row 2: a: the option "tidak" does not fit the data of a Telegram button '
        "(64 bytes); shorten its name, or divide the form in two"
    )


@pytest.mark.parametrize(
    ("place", "code", "fits"),
    [(0, "ya", True), (9_999, "x" * 500, True), (9_999, "ü" * 30, True), (10_000, "ya", False)],
)
def test_room_is_measured_by_the_encoder_that_draws_the_buttons(place, code, fits):
    assert chat().fits(place, code, 3) is fits


def test_one_mistake_does_not_hide_the_others(tmp_path):
    rows = f"{YN}\n| | apa | b | B? | B? |\n| | text | not | C? | C? |"
    told = lines(Case("", "", ("", ""), rows).written(tmp_path, mended=False))
    assert [one.split(": ")[1] for one in told] == ["survey, row 3", "survey, row 4"]
    assert "reserved word" in told[1]


def test_a_file_that_is_no_form_is_one_line(tmp_path):
    (tmp_path / "coba.xlsx").write_bytes(b"prose")
    (told,) = lines(tmp_path / "coba.xlsx")
    assert told.startswith("coba.xlsx: file: ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("select_one yn", "select_multiple yn"), "from select_one to select_multiple"),
        (("| | yn | tidak | Tidak | No |", "| | yn | ragu | Ragu | Unsure |"), "gone: tidak; new: ragu"),
        (("| Ya | Yes |\n| | yn | tidak | Tidak | No |", "| Tidak | No |\n| | yn | tidak | Ya | Yes |"),
         "the code ya now carries the label of another option"),
    ],
)  # fmt: skip
def test_what_makes_old_and_new_answers_incomparable_is_told(change, said, tmp_path):
    former = check(Case("", "", ("", ""), YN).written(tmp_path, mended=False), chat(), NOW)
    path = Case("", "", change, YN).written(tmp_path, mended=True)
    told = lines(path, before={"coba": former.questionnaire}.get)
    assert told
    assert said in told[0]
    assert former.questionnaire.version in told[0]


def test_new_words_and_new_items_make_no_line(tmp_path):
    former = check(Case("", "", ("", ""), YN).written(tmp_path, mended=False), chat(), NOW)
    path = Case(
        "", "", ("A? | A?", "A sekarang? | A now?"), f"{YN}\n{YN.replace('| a |', '| b |')}"
    )
    assert (
        lines(path.written(tmp_path, mended=True), before={"coba": former.questionnaire}.get) == []
    )


def test_the_documentation_shows_every_finding_with_its_line():
    page = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    assert [case.line for case in CASES if case.line not in page] == []
    told = {line.split("`")[1] for line in page.splitlines() if line.startswith("### `")}
    assert told == set(KINDS)


def test_every_finding_that_a_form_can_earn_has_a_case():
    elsewhere = {
        "cek_data_tombol",  # above, by a narrow chat
        "cek_spss_awal", "cek_spss_huruf", "cek_spss_akhir", "cek_spss_kembar",  # test_checking_names
        "cek_ubah_jenis", "cek_ubah_kode", "cek_ubah_skor", "cek_ubah_arti", "cek_ubah_rentang",
    }  # fmt: skip
    assert {case.key for case in CASES} | elsewhere == set(KINDS)


def test_a_form_of_one_language_needs_no_second_title(tmp_path):
    survey = "| survey | type | name | label |\n| | text | a | A? |"
    settings = SETTINGS.replace("| Trial |", "| |").replace("Indonesia (id)", "")
    assert (
        lines(Case("", "", ("", ""), survey, settings=settings).written(tmp_path, mended=False))[1:]
        == []
    )
