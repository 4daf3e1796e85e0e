"""Questionnaires on paper: the built-in forms and every form of the corpus stand wholly on their pages, in the order of the chat."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.papers import form_sheet
from bot.papers.facts import FormCopy, FormFacts, form_facts, to_json
from bot.papers.questions import Grid, Note, Question, Section, blocks_of, questions_in
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import to_json as form_to_json
from bot.survey.xlsform import compile_form
from tests.chat.staff_desk import NOW, TEXTS
from tests.papers.watched import Watched
from tests.survey.forms import form, item, labels, options

ROOT = Path(__file__).parents[2]
BUILT_IN = sorted((ROOT / "config" / "questionnaires").glob("*.md"))
CORPUS = sorted((ROOT / "tests" / "chat" / "corpus").glob("*.md"))
HIDDEN = {
    "nama_pelatihan": "Manajemen Keuangan Daerah Angk. II", "penyelenggara": "BKPSDMD Kab. Bungo",
    "instruktur_1": "Hasan Basri", "instruktur_2": "Rosmalina", "kompetensi_1": "menyusun SPJ",
    "kompetensi_2": "", "nama_alumni": "Budi Santoso", "pertama": "1", "kasus": "berhasil",
    "komitmen_t0": "memakai daftar periksa",
}  # fmt: skip


@cache
def compiled(path: Path) -> Questionnaire:
    return compile_form(path)


def sheet(form_: Questionnaire, *copies: FormCopy, role: str = "participant") -> Watched:
    facts = FormFacts(
        form_to_json(form_), "Manajemen Keuangan Daerah Angk. II", role, "BKPSDMD Kab. Bungo",
        "Koordinator Pelatihan, telepon (0747) 555-0100", "Petugas Pelindungan Data", "1.1",
        "800/____/BKPSDMD/2026", 5, 24, "2026-10-16", copies or (FormCopy(HIDDEN),),
    )  # fmt: skip
    pdf = Watched()
    form_sheet.draw(pdf, form_facts(to_json(facts)), TEXTS)
    return pdf


@pytest.mark.parametrize("path", [*BUILT_IN, *CORPUS], ids=lambda path: path.stem)
def test_all_of_it_stands_on_its_pages_and_every_question_has_its_number(path: Path):
    form_ = compiled(path)
    pdf = sheet(form_)
    assert pdf.outside() == []
    asked = questions_in(blocks_of(form_, HIDDEN, TEXTS, NOW))
    begun = [line.text for line in pdf.drawn if line.text.rstrip(".").isdecimal()]
    numbers = [int(text[:-1]) for text in begun if text.endswith(".")]
    assert numbers == list(range(1, asked + 1))
    for page in range(1, pdf.page + 1):
        assert f"halaman {page} dari {pdf.page}" in pdf.text_of(page)


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_no_two_lines_of_a_page_lie_on_each_other(path: Path):
    pdf = sheet(compiled(path))
    for one in pdf.drawn:
        for other in pdf.drawn:
            if one is other or one.page != other.page or one.left != other.left:
                continue
            assert other.top >= one.bottom - 0.4 or other.top <= one.top


def test_questions_on_one_scale_stand_in_a_grid_in_the_order_of_the_chat():
    found = blocks_of(compiled(BUILT_IN[-1]), HIDDEN, TEXTS, NOW)
    grids = [one for one in found if isinstance(one, Grid)]
    assert grids[0].labels == ("Tidak setuju", "Kurang setuju", "Setuju", "Sangat setuju")
    assert [number for number, _ in grids[0].rows] == [3, 4, 5]


def test_who_ticks_what_rules_out_the_next_questions_is_told_where_to_go_on():
    superior = compiled(next(path for path in BUILT_IN if path.stem == "followup_superior"))
    first = next(one for one in blocks_of(superior, HIDDEN, TEXTS, NOW) if isinstance(one, Question))  # fmt: skip
    jumps = {one.label: one.jump for one in first.answer.choices}
    assert jumps["Tidak pernah"] == "→ ke no. 8"
    assert jumps["Saya bukan atasannya (lagi)"] == "→ selesai"
    assert jumps["Sering"] == ""


def test_what_is_known_of_the_person_rules_questions_out():
    without = {**HIDDEN, "instruktur_2": "", "kompetensi_1": "", "komitmen_t0": ""}
    form_ = compiled(BUILT_IN[-1])
    fewer = blocks_of(form_, without, TEXTS, NOW)
    assert questions_in(blocks_of(form_, HIDDEN, TEXTS, NOW)) - questions_in(fewer) == 5
    assert not any("SEKARANG" in one.text for one in fewer if isinstance(one, Note))
    titles = [one.text for one in fewer if isinstance(one, Section)]
    assert "Kemampuan" not in titles


def test_earlier_answers_are_called_by_their_number():
    form_ = form(
        item("apa", "text"),
        item("hari", "integer", labels=labels("Berapa hari ${apa}?")),
        item("ulang", "note", labels=labels("Tercatat ${apa}.")),
    )
    found = blocks_of(form_, {}, TEXTS, NOW)
    assert [one.text for one in found] == ["Pertanyaan apa?", "Berapa hari [jawaban no. 1]?"]


def test_a_list_too_long_for_paper_is_written_by_hand():
    form_ = form(item("opd", options=options(*(f"opd{n}" for n in range(60)))))
    (question,) = blocks_of(form_, {}, TEXTS, NOW)
    assert question.answer.lines == 1
    assert "daftarnya ada pada petugas" in question.hint


def test_a_sheet_by_name_says_for_whom_it_is():
    text = sheet(
        compiled(BUILT_IN[-1]), FormCopy(HIDDEN, "Siti Aminah", "198609262015051999", "BPKAD")
    ).text
    assert "Siti Aminah" in text
    assert "198609262015051999" in text


def test_each_copy_counts_its_own_pages():
    form_ = compiled(CORPUS[0])
    pdf = sheet(form_, FormCopy(HIDDEN, "Siti"), FormCopy(HIDDEN, "Budi"))
    assert pdf.page == 2
    assert "Siti - halaman 1 dari 1" in pdf.text_of(1)
    assert "Budi - halaman 1 dari 1" in pdf.text_of(2)


def test_an_anonymous_form_has_no_place_for_a_name():
    form_ = replace(compiled(CORPUS[0]), anonymous=True)
    text = sheet(form_, FormCopy(HIDDEN, "Siti Aminah", "198609262015051999")).text
    assert "anonim" in text
    assert "Siti" not in text
    assert "198609262015051999" not in text
    assert "Unit kerja" not in text


@pytest.mark.parametrize(
    ("role", "promise"),
    [
        ("participant", "Atasan tidak melihat jawaban"),
        ("superior", "Jawaban tidak ditampilkan kepada"),
        ("peer", "minimal 5 rekan"),
    ],
)
def test_each_role_reads_its_own_notice_which_says_who_reads_the_sheet(role: str, promise: str):
    text = " ".join(sheet(compiled(CORPUS[0]), role=role).text.split())
    assert promise in text
    assert "memasukkan isi lembar ini dan karena itu membacanya" in text


def test_what_nobody_knows_beforehand_gets_a_line_in_the_head():
    superior = compiled(next(path for path in BUILT_IN if path.stem == "followup_superior"))
    text = sheet(superior, FormCopy(HIDDEN, written=("nama_alumni",)), role="superior").text
    assert "Alumni yang dinilai" in text
    assert "pekerjaan alumni yang" in " ".join(text.split())
