"""The report of one training as a document: its chapters, what it may not show, and where its recommendations come from."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evaluation.errors import EvaluationError
from evaluation.frames import read_tables
from evaluation.reminders import reminder_days
from evaluation.report.chapters import report_of
from evaluation.report.model import Block, Bullets, Document, Heading, Paragraph, Picture, Table
from evaluation.report.office import read_office
from evaluation.report.stories import stories_of
from evaluation.study import read_study
from evaluation.texts import read_texts
from tests.evaluation.tables import ROOT, World, class_of_thirty, response, round_, training

PLAN = read_study(ROOT / "config/study.toml")
OFFICE = read_office(ROOT / "config/study.toml")
OFFICE_SHEET = {
    "office_budget_planned": "125000000", "office_budget_used": "100000000", "office_in_plan": "ya",
    "office_needs_analysis": "sebagian", "office_selection": "usulan", "office_skm": "ada",
    "office_skm_before": "82.4", "office_skm_after": "", "office_note": "Hotel dibatalkan.",
}  # fmt: skip


def document(world: World, language: str = "id") -> Document:
    results = world.results()
    names = ("responses.csv", "codebook.csv", "trainings.csv")
    tables = read_tables(*(world.folder / name for name in names))
    texts = read_texts(ROOT / "config/texts", language)
    return report_of("MKD-2", results, tables, (PLAN, OFFICE, texts))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Document:
    world = class_of_thirty(
        tmp_path_factory.mktemp("report"), answered=26, followed=24, superiors=20
    )
    return document(world)


def words(blocks: tuple[Block, ...]) -> str:
    found = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Bullets():
                found += block.items
            case Table():
                found += [block.caption, *(" | ".join(row) for row in block.rows), block.note]
            case Picture():
                found += [block.caption, block.figure.says]
            case _:
                pass
    return "\n".join(found)


def table(found: Document, caption: str) -> Table:
    return next(
        block
        for block in (*found.blocks, *found.annex)
        if isinstance(block, Table) and block.caption == caption
    )


def test_the_chapters_stand_in_the_order_that_offices_use(full: Document):
    chapters = [block.text for block in full.blocks if isinstance(block, Heading) and block.level == 1]  # fmt: skip
    assert chapters[:2] == ["Kata Pengantar", "Ringkasan Eksekutif"]
    numerals = [chapter.split()[1] for chapter in chapters[2:]]
    assert numerals[:-1] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    assert chapters[-1] == "Lembar Pengesahan"


def test_every_row_of_a_table_has_a_cell_a_column(full: Document):
    tables = [block for block in (*full.blocks, *full.annex) if isinstance(block, Table)]
    assert len(tables) > 15
    for each in tables:
        assert {len(row) for row in each.rows} <= {len(each.columns)}, each.caption


def test_every_indicator_of_the_study_has_a_heading_in_the_annex(full: Document):
    texts = read_texts(ROOT / "config/texts", "id")
    headings = [block.text for block in full.annex if isinstance(block, Heading)][2:-1]
    assert headings == [texts.name_of("indikator", name) for name in PLAN.indicators]


def test_no_placeholder_key_or_nan_is_left(full: Document):
    text = words((*full.blocks, *full.annex))
    assert "nan" not in text.lower().split()
    assert "{" not in text
    assert "lap_" not in text


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("answered", [0, 1, 4, 30])
def test_few_or_all_answers_give_sentences_instead_of_numbers(
    tmp_path: Path, answered: int, language: str
):
    found = document(class_of_thirty(tmp_path, answered=answered), language)
    text = words((*found.blocks, *found.annex))
    assert "nan" not in text.lower().split()
    name = read_texts(ROOT / "config/texts", language).name_of("dimensi", "materi")
    pictures = [block for block in found.blocks if isinstance(block, Picture)]
    has_indices = any(f"{name} (n = " in each.figure.says for each in pictures)
    assert has_indices == (answered >= PLAN.k)


def test_peers_stand_beside_the_alumni_where_they_were_asked(tmp_path: Path):
    world = class_of_thirty(tmp_path, followed=30)
    assert "rekan kerja atas alumni" not in str(document(world))
    rounds = [round_("post_training", "closed"), round_("followup_alumni"), round_("followup_peer")]
    world.trainings = [training("MKD-2", *rounds)]
    for place in range(20):
        world.responses += response(
            f"r{place}", {"r02": "3"}, kind="followup_peer", about=f"p{place:02}"
        )
    shown = table(document(world), "Penilaian mandiri dan rekan kerja atas alumni yang sama")
    assert shown.rows[0][-1] == "20"


def with_barriers_of_others(folder: Path, peers: int) -> Table:
    """Alumni name the budget, all six superiors the surroundings, peers the workload."""
    rounds = [
        round_(kind, "closed") for kind in ("followup_alumni", "followup_superior", "followup_peer")
    ]
    world = World(folder, trainings=[training("MKD-2", *rounds)])
    for place in range(6):
        about = f"p{place}"
        world.responses += response(about, {"b13": "anggaran"}, kind="followup_alumni")
        world.responses += response(
            f"s{place}", {"c08": "rekan"}, kind="followup_superior", about=about
        )
    for place in range(peers):
        world.responses += response(
            f"r{place}", {"r08": "waktu"}, kind="followup_peer", about=f"p{place}"
        )
    return table(document(world), "Hambatan penerapan menurut alumni")


def test_what_only_superiors_or_peers_call_a_barrier_stands_in_the_table_too(tmp_path: Path):
    shown = with_barriers_of_others(tmp_path, 5)
    assert [column.title for column in shown.columns][-2:] == ["Atasan", "Rekan kerja"]
    told = {row[0]: row[2:] for row in shown.rows}
    assert told == {
        "Anggaran terbatas": ("100,0%", "100,0%", "0,0%", "0,0%"),
        "Lingkungan kurang mendukung": ("0,0%", "0,0%", "100,0%", "0,0%"),
        "Beban kerja tinggi": ("0,0%", "0,0%", "0,0%", "100,0%"),
    }


def test_the_barriers_of_four_peers_are_not_shown(tmp_path: Path):
    shown = with_barriers_of_others(tmp_path, 4)
    assert shown.columns[-1].title == "Atasan"
    assert "Beban kerja tinggi" not in {row[0] for row in shown.rows}


def test_a_question_of_a_scale_is_told_in_the_words_of_its_two_highest_points(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "closed"))])
    for place, value in enumerate("1233444"):
        world.responses += response(f"p{place}", {"a07": value})
    shown = table(document(world), "Relevansi: jawaban per pertanyaan")
    assert shown.rows[0][3] == "Setuju atau Sangat setuju 71,4%; rata-rata 3,00 pada skala 1-4"


def test_the_abilities_and_instructors_of_a_question_have_their_names(tmp_path: Path):
    world = class_of_thirty(tmp_path)
    world.trainings[0]["competences"] = '["menyusun RKA"]'
    asked = {
        "a11_now": "Kemampuan: ${kompetensi_1}. SEKARANG?",
        "a04_2": "${instruktur_2}: menguasai materi?",
    }
    for row in world.codes:
        row["label"] = asked.get(row["item"], row["label"])
    text = words(document(world).annex)
    assert "Kemampuan: menyusun RKA. SEKARANG? | Peserta" in text
    assert "Instruktur kedua yang dinilai: menguasai materi? | Peserta" in text


def test_the_annex_sets_the_indices_beside_themselves_and_shows_groups(tmp_path: Path):
    """Of 20 in A ten answered 4, of 20 in B all answered 2, five of them in haste: 66.67, weighted 75, without haste 70."""
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "closed"))])
    for place in range(40):
        answers = {"a01": "4"} if place < 10 else {"a01": "2"} if place >= 20 else None
        more = {"unit_group": "Badan" if place < 20 else "Dinas"}
        rows = response(
            f"r{place:02}", answers, disposition="complete" if answers else "noncontact"
        )
        rows[0]["flag"] = "straightlining" if place >= 35 else ""
        world.responses += [row | more for row in rows]
    found = document(world)
    others = table(found, "Indeks menurut cara hitung lain: Peserta")
    assert others.rows == (("Materi", "66,67", "75,00", "70,00", ""),)
    groups = table(found, "Indeks menurut kelompok perangkat daerah: Peserta")
    assert groups.rows == (("Badan", "10", "100,00"), ("Dinas", "20", "50,00"))


def test_many_dimensions_by_group_fill_two_tables_whose_heads_are_not_torn(tmp_path: Path):
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "closed"))])
    for row in world.codes:
        row["dimension"] = "metode" if row["item"] == "a02" else row["dimension"]
    answers = {"a01": "3", "a02": "4", "a04_1": "3", "a07": "2", "a10": "4"}
    for place in range(20):
        more = {"unit_group": "Badan" if place < 10 else "Dinas"}
        world.responses += [row | more for row in response(f"r{place:02}", answers)]
    caption = "Indeks menurut kelompok perangkat daerah: Peserta"
    first, second = (table(document(world), caption + more) for more in ("", " (lanjutan)"))
    heads = [[column.title for column in each.columns[2:]] for each in (first, second)]
    assert heads == [["Materi", "Metode"], ["Instruktur", "Relevansi", "Fasilitas"]]
    assert first.rows == (("Badan", "10", "75,00", "100,00"), ("Dinas", "10", "75,00", "100,00"))


def test_an_open_round_has_nothing_to_be_compared_with(tmp_path: Path):
    assert "Angka pembanding dibuat setelah putaran ditutup." in words(
        document(class_of_thirty(tmp_path)).annex
    )


def answered(full: Document, question: str) -> dict[str, tuple[str, str]]:
    return {answer: (count, share) for answer, count, share in table(full, question).rows}


def test_a_scale_is_told_in_its_order_and_adds_up(full: Document):
    told = answered(full, "Pertanyaan b02")
    assert list(told) == ["0", "1", "2", "3", "4"]
    assert sum(int(count) for count, _ in told.values()) == 24
    assert told["4"] == ("0", "0,0%")


def test_evidence_is_told_by_how_many_named_it(tmp_path: Path):
    """Of ten: eight the index, three the time, nobody a mere impression."""
    world = class_of_thirty(tmp_path, followed=10)
    for place, who in enumerate(f"p{number}" for number in range(20, 30)):
        named = " ".join(code for code, of in (("waktu", place < 3), ("skm", place >= 2)) if of)
        world.responses += response(who, {"b07": named}, kind="followup_alumni")[1:]
    told = answered(document(world), "Pertanyaan b07")
    assert told == {"Nilai SKM naik": ("8", "80,0%"), "Lebih singkat": ("3", "30,0%")}


def test_names_of_an_indicator_are_told_with_their_shares(tmp_path: Path):
    world = class_of_thirty(tmp_path, followed=10)
    for number in range(20, 30):
        named = "skm" if number < 28 else "kesan"
        world.responses += response(f"p{number}", {"b07": named}, kind="followup_alumni")[1:]
    shown = table(document(world), "Kepuasan masyarakat: jawaban per pertanyaan")
    assert [row[3] for row in shown.rows if "b07" in row[0]] == ["Nilai SKM naik 80,0%; Baru kesan 20,0%"]  # fmt: skip


def test_what_became_of_those_asked_hides_who_refused(tmp_path: Path):
    world = class_of_thirty(tmp_path, answered=26)
    for row in world.responses:
        if row["respondent"] in {"p27", "p28"}:
            row["disposition"] = {"p27": "refused", "p28": "ineligible"}[row["respondent"]]
    status = table(document(world), "Rekapitulasi status responden")
    assert status.rows == (("Peserta", "30", "1", "26", "0", "3"),)


def test_of_many_groups_the_largest_are_told_and_the_rest_in_one_line(tmp_path: Path):
    """Fifteen units of 20 down to 6 people, half of whom answered."""
    world = World(tmp_path, trainings=[training("MKD-2", round_("post_training", "closed"))])
    for unit, people in enumerate(range(20, 5, -1)):
        for person in range(people):
            done = person % 2 == 0
            rows = response(f"u{unit:02}p{person}", {"a01": "3"} if done else None, disposition="complete" if done else "noncontact")  # fmt: skip
            world.responses += [row | {"unit_group": f"Dinas {unit:02}"} for row in rows]
    tables = [block for block in document(world).blocks if isinstance(block, Table)]
    rows = next(table.rows for table in tables if "perangkat daerah" in table.caption)
    assert [row[0] for row in rows] == [f"Dinas {unit:02}" for unit in range(11)] + [
        "Kelompok lainnya (4)"
    ]
    assert rows[-1][1:] == ("30", "16", "53,3%")
    assert sum(int(row[1]) for row in rows) == sum(range(6, 21))


def test_a_recommendation_follows_from_the_main_barrier_and_says_so(full: Document):
    plan = table(full, "Rencana Tindak Lanjut (RTL)")
    first = plan.rows[0]
    assert "berbiaya rendah" in first[1]
    assert "Anggaran terbatas, hambatan utama bagi 50,0%" in first[1]
    assert first[2] == "Kepala OPD, Bappeda, dan BPKAD"
    assert [row[0] for row in plan.rows] == [str(place) for place in range(1, len(plan.rows) + 1)]


def test_without_follow_up_no_barrier_is_recommended_against(tmp_path: Path):
    found = document(class_of_thirty(tmp_path, answered=26))
    assert "hambatan utama bagi" not in words(found.blocks)


def test_the_offices_sheet_is_shown_with_what_was_spent(tmp_path: Path):
    world = class_of_thirty(tmp_path, followed=24)
    world.trainings[0] |= OFFICE_SHEET
    text = words(document(world).blocks)
    assert "Anggaran yang direncanakan | Rp125.000.000" in text
    assert "Anggaran yang terpakai 80,0% dari rencana." in text
    assert "Nilai SKM sebelum pelatihan | 82,40" in text
    assert "Nilai SKM sesudah pelatihan" not in text


def test_without_the_offices_sheet_a_sentence_stands_in_its_place(full: Document):
    assert "belum diisi untuk pelatihan ini" in words(full.blocks)


def test_an_unknown_training_is_named(tmp_path: Path):
    world = class_of_thirty(tmp_path)
    with pytest.raises(EvaluationError, match="MKD-9"):
        report_of(
            "MKD-9",
            world.results(),
            read_tables(*(world.folder / f"{name}.csv" for name in ("responses", "codebook", "trainings"))),
            (PLAN, OFFICE, read_texts(ROOT / "config/texts", "id")),
        )  # fmt: skip


INTERVIEW = {"d00": "izin", "d10": "penerapan", "d11": "hasil"}


def interviewed(world: World, who: str, permission: str, evidence: str) -> None:
    told = {"d00": permission, "d10": f"Saya ubah SOP {who}", "d11": f"Antrean turun {who}"}
    row = response(who, told, kind="post_training")
    world.responses += [each | {"round": "interview", "questionnaire": "interview"} for each in row]
    for each in world.responses:
        if each["respondent"] == who and each["item"] == "b07":
            each["value"] = evidence


@pytest.mark.parametrize(
    ("permission", "evidence", "counts"),
    [
        ("kutip", "skm", (1, 0, 0)),
        ("kutip", "kesan", (0, 0, 1)),
        ("ringkas", "skm waktu", (0, 1, 0)),
        ("tidak", "skm", (0, 0, 0)),
        ("!skipped", "skm", (0, 0, 0)),
    ],
)
def test_a_story_is_told_only_with_permission_and_evidence(
    tmp_path: Path, permission: str, evidence: str, counts: tuple[int, int, int]
):
    """Counts: told, to be summarised by people, allowed but without evidence."""
    world = class_of_thirty(tmp_path, followed=24)
    for item, dimension in INTERVIEW.items():
        codes = ("kutip", "ringkas", "tidak") if item == "d00" else ("",)
        base = {"questionnaire": "interview", "version": "1", "position": "1", "item": item, "label": item, "dimension": dimension, "type": "select_one" if item == "d00" else "text"}  # fmt: skip
        world.codes += [base | {"value": code, "value_label": code} for code in codes]
    for each in response("p20", {"b07": "skm"}, kind="followup_alumni")[1:]:
        world.responses.append(each)
    interviewed(world, "p20", permission, evidence)
    world.write()
    tables = read_tables(
        *(world.folder / f"{name}.csv" for name in ("responses", "codebook", "trainings"))
    )
    found = stories_of(tables, "MKD-2")
    assert (len(found.told), found.to_summarise, found.unproven) == counts


def test_reminders_are_counted_in_working_days():
    """Over 24 and 25 December, New Year and Isra Mikraj on 5 January 2027."""
    friday_before_christmas = date(2026, 12, 18)
    assert reminder_days(friday_before_christmas, "followup_alumni", PLAN) == (5, 13, 24)


def test_an_office_working_on_a_holiday_reminds_on_it():
    plan = replace(PLAN, extra_working_days=(date(2026, 12, 24),))
    assert reminder_days(date(2026, 12, 18), "followup_alumni", plan)[1] == 12
