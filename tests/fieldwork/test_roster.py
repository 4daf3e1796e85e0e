from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Connection, event, func, select

from bot.chat.texts import load_texts
from bot.fieldwork.cells import as_date, as_phone, as_text
from bot.fieldwork.links_workbook import LinkLine, write_links
from bot.fieldwork.nip import BadNip, Nip, read_nip
from bot.fieldwork.roster import grade_group, make_links, person_code, save_roster
from bot.fieldwork.roster_workbook import (
    PARTICIPANT_COLUMNS,
    TRAINING_COLUMNS,
    Problem,
    Roster,
    read_roster,
)
from bot.roster_cli import explain, link_line
from bot.store import tables
from tests.fieldwork.office import (
    CONFIG,
    IMPORTED,
    SECRET,
    STUDY,
    connect,
    participant,
    people,
    roster,
    superior,
)

TODAY = date(2026, 11, 25)
TRAINING = ("MKD-2026-2", "Manajemen Keuangan Daerah", "Angk. II", date(2026, 10, 13), "16/10/2026")
PERSON = (
    "198609262015051999", "Siti Aminah", "BPKAD", "Badan", "III/a", "Bendahara", "0812-5550-2201",
    "Ahmad Hidayat", "196804111993032998", "Kepala Bidang", "",
)  # fmt: skip


def workbook(
    path: Path,
    training: Sequence[Sequence[object]] = (TRAINING,),
    people: Sequence[Sequence[object]] = (PERSON,),
    *,
    headers: Sequence[str] = PARTICIPANT_COLUMNS,
    without: str = "",
) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Pelatihan": (TRAINING_COLUMNS, *training),
        "Peserta": (headers, *people),
        "Pengajar": (("Nama",), ("Hasan Basri",), ("Rosmalina",), ("Hasan Basri",)),
        "Kompetensi": (("Kemampuan",), ("menyusun SPJ",)),
    }
    for title, rows in sheets.items():
        if title != without:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
    book.save(path)
    return path


def person(**changes: object) -> list[object]:
    """PERSON with other cells, named by their header without spaces: NIPAtasan=..."""
    cells: list[object] = list(PERSON)
    for column, value in changes.items():
        matched = [name.replace(" ", "") for name in PARTICIPANT_COLUMNS].index(column)
        cells[matched] = value
    return cells


def problems_of(path: Path) -> list[tuple[str, int | None, str]]:
    read, problems = read_roster(path, TODAY)
    assert (read is None) == bool(problems)
    return [(one.sheet, one.row, one.key) for one in problems]


def good(path: Path) -> Roster:
    read, problems = read_roster(path, TODAY)
    assert problems == ()
    assert read is not None
    return read


# ---- NIP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "born", "is_pppk"),
    [
        ("198609262015051999", date(1986, 9, 26), False),
        ("196804111993032998", date(1968, 4, 11), False),
        ("200012312024121997", date(2000, 12, 31), False),
        ("200012312024211999", date(2000, 12, 31), True),
        ("199009132025242998", date(1990, 9, 13), True),
        ("19860926 201505 1 999", date(1986, 9, 26), False),
        ("'198609262015051999", date(1986, 9, 26), False),
        ("１９８６０９２６２０１５０５１９９９", date(1986, 9, 26), False),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٩٩٩", date(1986, 9, 26), False),
    ],
)
def test_a_nip_says_when_its_owner_was_born(text: str, born: date, is_pppk: bool) -> None:
    found = read_nip(text, TODAY)
    assert isinstance(found, Nip)
    assert (found.born, found.is_pppk, len(found.digits)) == (born, is_pppk, 18)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("20001231202421199", "nip_panjang"),
        ("200013312024211999", "nip_lahir"),
        ("200012312024213999", "nip_kelamin"),
        ("198609262015131999", "nip_tmt"),
        ("198609262027051999", "nip_tmt"),  # in the future
        ("202609262015051999", "nip_tmt"),  # born after the start
        ("198609262015051000", "nip_urut"),
        ("130555999", "nip_lama"),
        ("19860926201505199X", "nip_huruf"),
    ],
)
def test_an_impossible_nip_is_refused_with_its_fault(text: str, fault: str) -> None:
    found = read_nip(text, TODAY)
    assert isinstance(found, BadNip)
    assert found.fault == fault


# ---- reading --------------------------------------------------------------------------------------


def test_a_complete_workbook_is_read(tmp_path: Path) -> None:
    read = good(workbook(tmp_path / "roster.xlsx"))
    assert (read.code, read.starts_on, read.ends_on) == (
        "MKD-2026-2", date(2026, 10, 13), date(2026, 10, 16),
    )  # fmt: skip
    assert (read.instructors, read.competences) == (
        ("Hasan Basri", "Rosmalina"), ("menyusun SPJ",),
    )  # fmt: skip
    (one,) = read.participants
    assert (one.name, one.phone, one.nip.born) == (
        "Siti Aminah", "+6281255502201", date(1986, 9, 26),
    )  # fmt: skip
    assert one.superior is not None
    assert one.superior.name == "Ahmad Hidayat"


def test_headers_are_matched_whatever_their_case_spaces_and_dots(tmp_path: Path) -> None:
    headers = [
        f" {name.upper()}. " if len(name) > 3 else name.lower() for name in PARTICIPANT_COLUMNS
    ]
    assert good(workbook(tmp_path / "roster.xlsx", headers=headers)).participants[0].unit == "BPKAD"


def test_empty_rows_and_missing_optional_columns_do_no_harm(tmp_path: Path) -> None:
    rows = [PERSON[:3], [None] * 3, [" ", "", None]]
    read = good(workbook(tmp_path / "r.xlsx", people=rows, headers=PARTICIPANT_COLUMNS[:3]))
    (one,) = read.participants
    assert one.superior is None


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([person(NIP="20001231202421199")], [(2, "nip_panjang")]),
        ([person(NIP=198609262015051999)], [(2, "nip_angka")]),
        ([person(NIP=1.98609262015052e17)], [(2, "nip_angka")]),
        ([person(NIP=None)], [(2, "sel_kosong")]),
        ([person(Nama="")], [(2, "sel_kosong")]),
        ([person(NIPAtasan="19680411199303299")], [(2, "nip_panjang")]),
        ([person(NIPAtasan=PERSON[0])], [(2, "atasan_diri_sendiri")]),
        ([person(NamaAtasan="")], [(2, "atasan_tanpa_nama")]),
        ([PERSON, person(Nama="Orang Lain")], [(3, "nip_ganda")]),
        ([], [(None, "peserta_kosong")]),
        (
            [person(NIP="2000123120242119"), PERSON, person(Nama="", NIP="198609262015131999")],
            [(2, "nip_panjang"), (4, "nip_tmt"), (4, "sel_kosong")],
        ),
    ],
)
def test_every_bad_row_is_reported_at_once_with_its_number(
    tmp_path: Path, people: list[list[object]], expected: list[tuple[int | None, str]]
) -> None:
    found = problems_of(workbook(tmp_path / "roster.xlsx", people=people))
    assert found == [("Peserta", row, key) for row, key in expected]


@pytest.mark.parametrize(
    ("training", "keys"),
    [
        ([], ["pelatihan_satu_baris"]),
        ([TRAINING, TRAINING], ["pelatihan_satu_baris"]),
        ([("", "Judul", "", "13/10/2026", "16/10/2026")], ["sel_kosong"]),
        ([("X" * 21, "Judul", "", "13/10/2026", "16/10/2026")], ["kode_panjang"]),
        ([("X", "Judul", "", "besok", None)], ["tanggal_tidak_terbaca", "tanggal_tidak_terbaca"]),
        ([("X", "Judul", "", "16/10/2026", "13/10/2026")], ["selesai_sebelum_mulai"]),
    ],
)
def test_a_bad_training_row_is_reported(
    tmp_path: Path, training: list[tuple[object, ...]], keys: list[str]
) -> None:
    found = problems_of(workbook(tmp_path / "roster.xlsx", training=training))
    assert [key for _, _, key in found] == keys


def test_a_missing_sheet_or_column_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", without="Pelatihan", headers=("NIP", "Nama"))
    assert problems_of(path) == [
        ("Pelatihan", None, "lembar_tidak_ada"),
        ("Peserta", 1, "kolom_tidak_ada"),
    ]


def test_what_is_no_workbook_gets_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"%PDF-1.4 not a workbook")
    assert problems_of(path) == [("roster.xlsx", None, "berkas_bukan_xlsx")]


def test_every_problem_has_a_sentence_with_what_and_remedy() -> None:
    texts = load_texts(CONFIG / "texts")
    problem = Problem(
        "Peserta", 7, "nip_panjang", {"kolom": "NIP", "nip": "20001231202421199", "n": "17"}
    )
    assert explain(texts, problem) == (
        "Peserta, baris 7: NIP 20001231202421199 berisi 17 digit; NIP berisi 18 digit. "
        "Cocokkan dengan SK atau kartu pegawai."
    )


# ---- cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), ("  Siti \n Aminah ", "Siti Aminah"), (81.0, "81"), ("a\x00b", "a b")],
)
def test_a_cell_becomes_one_line(cell: object, text: str) -> None:
    assert as_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0812-5550-2201", "+6281255502201"),
        (81255502201, "+6281255502201"),  # a number that lost its zero
        ("+62 812 5550 2201", "+6281255502201"),
        ("tanya panitia", "tanya panitia"),
        (None, ""),
    ],
)
def test_phone_numbers_are_normalised(cell: object, phone: str) -> None:
    assert as_phone(cell) == phone


@pytest.mark.parametrize(
    ("cell", "day"),
    [("16/10/2026", date(2026, 10, 16)), ("2026-10-16", date(2026, 10, 16)), ("31/02/2026", None)],
)
def test_dates_are_read_day_first(cell: object, day: date | None) -> None:
    assert as_date(cell) == day


# ---- saving ---------------------------------------------------------------------------------------


def count(connection: Connection, table: str) -> int:
    query = select(func.count()).select_from(tables.metadata.tables[table])
    return connection.execute(query).scalar_one()


def test_a_roster_becomes_people_enrolments_and_planned_rounds(connection: Connection) -> None:
    saved = save_roster(connection, STUDY, roster(), SECRET, IMPORTED)
    assert (saved.added, saved.changed, saved.participants, saved.superiors) == (4, 0, 3, 1)
    assert len(people(connection, saved.training_id)) == 3
    assert count(connection, "enrolments") == 6  # three participants, three pairs
    assert count(connection, "instructors") == 3


def test_importing_again_changes_the_same_people(connection: Connection) -> None:
    first = save_roster(connection, STUDY, roster(), SECRET, IMPORTED)
    moved = tuple(participant(number, unit="Bappeda") for number in range(3))
    again = save_roster(connection, STUDY, roster(participants=moved), SECRET, IMPORTED)
    assert again.training_id == first.training_id
    assert (again.added, again.changed) == (0, 4)
    units = connection.execute(
        select(tables.people.c.unit).where(tables.people.c.name.startswith("Peserta"))
    )
    assert set(units.scalars()) == {"Bappeda"}


def test_importing_again_under_another_secret_keeps_the_people(connection: Connection) -> None:
    save_roster(connection, STUDY, roster(), SECRET, IMPORTED)
    again = save_roster(connection, STUDY, roster(), b"another secret", IMPORTED)
    assert again.added == 0
    assert count(connection, "people") == 4


def test_a_new_superior_replaces_the_former_one(connection: Connection) -> None:
    save_roster(connection, STUDY, roster(1), SECRET, IMPORTED)
    changed = roster(participants=(participant(0, superior=superior(61)),))
    save_roster(connection, STUDY, changed, SECRET, IMPORTED)
    active = (
        select(tables.people.c.name)
        .join(tables.enrolments, tables.enrolments.c.person_id == tables.people.c.id)
        .where(tables.enrolments.c.role == "superior", tables.enrolments.c.left_at.is_(None))
    )
    assert list(connection.execute(active).scalars()) == ["Atasan 61"]


def test_a_superior_without_a_nip_is_recognised_by_name_and_position(
    connection: Connection,
) -> None:
    nameless = tuple(participant(number, superior=superior(nip=None)) for number in range(2))
    save_roster(connection, STUDY, roster(participants=nameless), SECRET, IMPORTED)
    save_roster(connection, STUDY, roster(participants=nameless), SECRET, IMPORTED)
    assert count(connection, "people") == 3


def test_who_takes_part_and_is_a_superior_is_one_person(connection: Connection) -> None:
    boss = participant(5, name="Kepala", superior=None)
    staff = participant(6, superior=superior(name="Kepala", nip=boss.nip))
    save_roster(connection, STUDY, roster(participants=(boss, staff)), SECRET, IMPORTED)
    assert count(connection, "people") == 2


def test_a_pseudonym_depends_on_the_secret_and_tells_no_nip() -> None:
    assert person_code(SECRET, "198609262015051999") == person_code(SECRET, "198609262015051999")
    assert person_code(SECRET, "198609262015051999") != person_code(b"x", "198609262015051999")
    assert len(person_code(SECRET, "198609262015051999")) <= 16


@pytest.mark.parametrize(
    ("grade", "pppk", "group"),
    [
        ("II/c", False, "I-II"), ("I/a", False, "I-II"), ("III/a", False, "III"),
        ("Gol. IV/b", False, "IV"), ("IX", True, "PPPK"), ("", False, ""),
    ],
)  # fmt: skip
def test_grades_are_grouped(grade: str, pppk: bool, group: str) -> None:
    assert grade_group(grade, is_pppk=pppk) == group


def test_three_hundred_rows_are_saved_by_a_handful_of_statements(connection: Connection) -> None:
    """So that the one writer is held for milliseconds: a statement per row would not do."""
    many = roster(participants=tuple(participant(n, superior=superior(999)) for n in range(300)))
    statements = []
    event.listen(connection, "before_cursor_execute", lambda *given: statements.append(given[2]))
    saved = save_roster(connection, STUDY, many, SECRET, IMPORTED)
    assert saved.participants == 300
    assert len(statements) < 40


# ---- links ----------------------------------------------------------------------------------------


def test_only_who_is_not_connected_gets_a_personal_link(connection: Connection) -> None:
    saved = save_roster(connection, STUDY, roster(), SECRET, IMPORTED)
    first, *_ = people(connection, saved.training_id)
    connect(connection, first, 77)
    links = make_links(connection, saved.training_id, IMPORTED)
    assert [(link.name, link.role) for link in links] == [
        ("Peserta 1", "participant"), ("Peserta 2", "participant"), ("Atasan 60", "superior"),
    ]  # fmt: skip
    assert len({link.token for link in links}) == 3


def test_the_link_workbook_keeps_every_digit_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    line = LinkLine("=1+1", "198609262015051999", "Peserta", "BPKAD", "https://t.me/x", "Yth.")
    write_links(
        path, "Tautan", ["Nama", "NIP", "Peran", "Unit", "Tautan", "Teks"], [line], IMPORTED
    )
    sheet = load_workbook(path).worksheets[0]
    cells = [(cell.value, cell.data_type) for cell in sheet[2]]
    assert cells[:2] == [("=1+1", "s"), ("198609262015051999", "s")]


def test_a_superiors_text_quotes_the_letter_and_carries_the_link(connection: Connection) -> None:
    saved = save_roster(connection, STUDY, roster(1), SECRET, IMPORTED)
    boss = make_links(connection, saved.training_id, IMPORTED)[-1]
    texts = load_texts(CONFIG / "texts")
    line = link_line(texts, STUDY, "Manajemen Keuangan Daerah", boss, "bungo_bot")
    assert line.link == f"https://t.me/bungo_bot?start={boss.token}"
    assert line.link in line.whatsapp
    assert STUDY.office.letter_number in line.whatsapp
