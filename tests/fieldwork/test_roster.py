from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Connection, event, func, select

from bot.chat.link_lines import link_line
from bot.chat.texts import load_texts
from bot.fieldwork.cells import as_date, as_phone, as_text
from bot.fieldwork.links_workbook import LinkLine, write_links
from bot.fieldwork.nip import BadNip, Nip, read_nip
from bot.fieldwork.personal_links import make_links
from bot.fieldwork.roster import save_roster
from bot.fieldwork.rosters.identity import grade_group, person_code
from bot.fieldwork.rosters.reading import TRAINING_COLUMNS, read_roster
from bot.fieldwork.rosters.record import Report
from bot.store import people as stored_people
from bot.store import tables
from tests.fieldwork.office import (
    CONFIG,
    IMPORTED,
    SECRET,
    STUDY,
    connect,
    import_class,
    open_round,
    participant,
    people,
    roster,
    superior,
)

PARTICIPANT_COLUMNS = (
    "NIP", "Nama", "Unit Kerja", "Kelompok Unit", "Golongan", "Jabatan", "HP",
    "Nama Atasan", "NIP Atasan", "Jabatan Atasan", "HP Atasan",
)  # fmt: skip
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


def read(path: Path) -> Report:
    return read_roster(path.read_bytes(), TODAY)


def problems_of(path: Path) -> list[tuple[str, int | None, str]]:
    return [(one.sheet, one.row, one.key) for one in read(path).problems]


def good(path: Path) -> Report:
    report = read(path)
    assert report.problems == ()
    return report


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
    report = good(workbook(tmp_path / "roster.xlsx"))
    assert report.training is not None
    assert (report.training.code, report.training.starts_on, report.training.ends_on) == (
        "MKD-2026-2", date(2026, 10, 13), date(2026, 10, 16),
    )  # fmt: skip
    assert (report.instructors, report.competences) == (
        ("Hasan Basri", "Rosmalina"), ("menyusun SPJ",),
    )  # fmt: skip
    (one,) = report.ready
    assert (one.name, one.phone, one.born) == ("Siti Aminah", "+6281255502201", date(1986, 9, 26))
    assert one.superior is not None
    assert one.superior.name == "Ahmad Hidayat"


def test_headers_are_matched_whatever_their_case_spaces_and_dots(tmp_path: Path) -> None:
    headers = [
        f" {name.upper()}. " if len(name) > 3 else name.lower() for name in PARTICIPANT_COLUMNS
    ]
    assert good(workbook(tmp_path / "roster.xlsx", headers=headers)).ready[0].unit == "BPKAD"


def test_empty_rows_and_missing_optional_columns_do_no_harm(tmp_path: Path) -> None:
    rows = [PERSON[:3], [None] * 3, [" ", "", None]]
    report = good(workbook(tmp_path / "r.xlsx", people=rows, headers=PARTICIPANT_COLUMNS[:3]))
    (one,) = report.ready
    assert one.superior is None


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
def test_a_bad_training_row_is_reported_and_the_people_are_read_all_the_same(
    tmp_path: Path, training: list[tuple[object, ...]], keys: list[str]
) -> None:
    report = read(workbook(tmp_path / "roster.xlsx", training=training))
    assert [one.key for one in report.problems] == keys
    assert (report.training, len(report.ready)) == (None, 1)


def test_a_missing_column_of_the_training_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = load_workbook(workbook(path))
    book["Pelatihan"]["A1"] = "Nomor"
    book.save(path)
    assert problems_of(path) == [("Pelatihan", 1, "kolom_tidak_ada")]


def test_more_rows_than_any_class_has_are_refused_whole(tmp_path: Path) -> None:
    rows = [[f"Peserta {number}"] for number in range(5001)]
    report = read(workbook(tmp_path / "a.xlsx", people=rows, headers=["Nama"]))
    assert (report.ready, [one.key for one in report.faults]) == ((), ["peserta_terlalu_banyak"])


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
    assert (again.added, again.changed) == (0, 3)  # their superior is as before
    units = connection.execute(
        select(tables.people.c.unit).where(tables.people.c.name.startswith("Peserta"))
    )
    assert set(units.scalars()) == {"Bappeda"}


def test_an_empty_cell_replaces_nothing(connection: Connection) -> None:
    save_roster(connection, STUDY, roster(1), SECRET, IMPORTED)
    bare = participant(0, unit="", grade="", position="", superior=None)
    again = save_roster(connection, STUDY, roster(participants=(bare,)), SECRET, IMPORTED)
    assert (again.added, again.changed) == (0, 0)
    rows = connection.execute(select(tables.people.c.unit, tables.people.c.grade))
    assert ("BPKAD", "III/a") in [tuple(row) for row in rows]
    rated = select(func.count()).where(
        tables.enrolments.c.role == "superior", tables.enrolments.c.left_at.is_(None)
    )
    assert connection.execute(rated).scalar_one() == 1


def test_who_is_listed_by_name_is_the_same_person_next_time_and_with_a_nip(
    connection: Connection,
) -> None:
    one = participant(0, name="Siti Aminah", superior=None)
    for again in (
        replace(one, nip=None), replace(one, nip=None, name="SITI AMINAH, S.E."), one,
        replace(one, nip=None),
    ):  # fmt: skip
        saved = save_roster(connection, STUDY, roster(participants=(again,)), SECRET, IMPORTED)
    assert count(connection, "people") == 1
    (person_id,) = people(connection, saved.training_id)
    assert one.nip is not None
    assert stored_people.person(connection, person_id).nip == one.nip.digits


def test_two_trainings_have_each_their_own_siti_without_a_nip(connection: Connection) -> None:
    siti = (participant(0, nip=None, name="Siti", superior=None),)
    save_roster(connection, STUDY, roster(participants=siti), SECRET, IMPORTED)
    save_roster(connection, STUDY, roster(participants=siti, code="LAIN"), SECRET, IMPORTED)
    assert count(connection, "people") == 2


def test_importing_again_under_another_secret_keeps_the_people(connection: Connection) -> None:
    save_roster(connection, STUDY, roster(), SECRET, IMPORTED)
    again = save_roster(connection, STUDY, roster(), b"another secret", IMPORTED)
    assert again.added == 0
    assert count(connection, "people") == 4


def test_a_zone_of_the_list_is_that_persons_and_that_of_a_superior_nobody_knew(
    connection: Connection,
) -> None:
    east = participant(0, zone="Asia/Jayapura")
    elsewhere = participant(1, superior=superior(61, zone="Asia/Makassar"))
    listed = roster(participants=(east, elsewhere, participant(2)))
    save_roster(connection, STUDY, listed, SECRET, IMPORTED)
    save_roster(connection, STUDY, roster(participants=(participant(0),)), SECRET, IMPORTED)
    zones = select(tables.people.c.name, tables.people.c.zone).order_by(tables.people.c.name)
    assert connection.execute(zones).all() == [
        ("Atasan 60", "Asia/Jayapura"), ("Atasan 61", "Asia/Makassar"),
        ("Peserta 0", "Asia/Jayapura"), ("Peserta 1", None), ("Peserta 2", None),
    ]  # fmt: skip


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


def test_a_superior_who_was_replaced_is_not_asked_what_was_not_begun(
    connection: Connection,
) -> None:
    training_id = import_class(connection, roster(2))
    open_round(connection, training_id, "followup_superior", now=IMPORTED)
    changed = (participant(0, superior=superior(61)), participant(1))
    save_roster(connection, STUDY, roster(participants=changed), SECRET, IMPORTED)
    about = tables.people.alias()
    asked = (
        select(tables.people.c.name, about.c.name)
        .select_from(tables.responses)
        .join(tables.people, tables.people.c.id == tables.responses.c.person_id)
        .join(about, about.c.id == tables.responses.c.about_id)
        .order_by(tables.people.c.name)
    )
    assert connection.execute(asked).all() == [
        ("Atasan 60", "Peserta 1"), ("Atasan 61", "Peserta 0"),
    ]  # fmt: skip


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
    assert len(statements) < 60  # three pieces


# ---- links ----------------------------------------------------------------------------------------


def test_only_who_is_not_connected_gets_a_personal_link(connection: Connection) -> None:
    saved = save_roster(connection, STUDY, roster(), SECRET, IMPORTED)
    first, *_ = people(connection, saved.training_id)
    connect(connection, first, 77)
    links = make_links(connection, saved.training_id, SECRET, IMPORTED)
    assert [(link.name, link.role) for link in links] == [
        ("Peserta 1", "participant"), ("Peserta 2", "participant"), ("Atasan 60", "superior"),
    ]  # fmt: skip
    assert len({link.token for link in links}) == 3


def test_the_link_workbook_keeps_every_digit_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    line = LinkLine("=1+1", "198609262015051999", "Peserta", "BPKAD", "https://t.me/x", "Yth.")
    write_links(
        path,
        "Tautan",
        ["Nama", "NIP", "Peran", "Unit", "Tautan", "Teks", "WA", "Kode"],
        [line],
        IMPORTED,
    )
    sheet = load_workbook(path).worksheets[0]
    cells = [(cell.value, cell.data_type) for cell in sheet[2]]
    assert cells[:2] == [("=1+1", "s"), ("198609262015051999", "s")]


def test_a_superiors_text_quotes_the_letter_and_carries_the_link(connection: Connection) -> None:
    saved = save_roster(connection, STUDY, roster(1), SECRET, IMPORTED)
    boss = make_links(connection, saved.training_id, SECRET, IMPORTED)[-1]
    texts = load_texts(CONFIG / "texts")
    line = link_line(texts, STUDY, "Manajemen Keuangan Daerah", boss, "bungo_bot")
    assert line.link == f"https://t.me/bungo_bot?start={boss.token}"
    assert line.link in line.whatsapp
    assert STUDY.office.letter_number in line.whatsapp
