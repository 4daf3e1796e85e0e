"""Reads a roster as an office has it: bytes in, a Report out, whatever they are. Opens no file; knows no database.

1. What is no table gets a remedy (`files.py`). Of several sheets the one called Peserta counts, else the one with the best
   headings; others that hold people too are named.
2. A sheet Pelatihan (Kode, Judul, Angkatan, Mulai, Selesai) says which training it is; Pengajar and Kompetensi what it has.
   docs/roster.md describes them. A plain list has none of the three.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.fieldwork.cells import as_date, as_text
from bot.fieldwork.rosters.files import kind_of
from bot.fieldwork.rosters.finding import Header, find_header
from bot.fieldwork.rosters.people import read_people
from bot.fieldwork.rosters.record import MOST_ROWS, Problem, Report, TrainingFacts
from bot.fieldwork.rosters.row_kinds import sorted_rows
from bot.fieldwork.rosters.tables import Table, Unreadable, book_tables, text_table

TRAINING_COLUMNS: Final = ("Kode", "Judul", "Angkatan", "Mulai", "Selesai")
OPTIONAL: Final = frozenset({"Angkatan"})
LONGEST_CODE: Final = 20
OTHER_SHEETS: Final = frozenset({"pelatihan", "pengajar", "kompetensi", "instruktur", "narasumber"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The report, and where in the file it comes from: None when no list was found."""

    report: Report
    table: Table | None = None
    header: Header | None = None


def read_roster(content: bytes, today: date) -> Report:
    return read(content, today).report


def read(content: bytes, today: date) -> Reading:
    kind = kind_of(content)
    if kind not in {"book", "text"}:
        return _refused("daftar_bukan_formulir" if kind == "form" else kind)
    try:
        tables = book_tables(content) if kind == "book" else (text_table(content),)
    except Unreadable:
        return _refused("daftar_rusak")
    return _read(tables, today)


def roster_table(tables: Sequence[Table]) -> tuple[Table, Header, list[Table]] | None:
    """The sheet of people, its headings, and other sheets that hold people too."""
    named = [one for one in tables if _matched(one.title) == "peserta"]
    candidates = named or [one for one in tables if _matched(one.title) not in OTHER_SHEETS]
    found = [(one, header) for one in candidates if (header := find_header(one))]
    if not found:
        return None
    table, header = max(
        found, key=lambda one: (not one[0].is_hidden, len(one[1].places), len(one[0].rows))
    )
    others = [
        one for one, its in found
        if one is not table and not one.is_hidden and sorted_rows(one, its).people
    ]  # fmt: skip
    return table, header, others


def _read(tables: Sequence[Table], today: date) -> Reading:
    sheets = {_matched(one.title): one for one in tables}
    problems: list[Problem] = []
    training = _training(sheets, problems)
    instructors = _names(sheets, ("pengajar", "instruktur", "narasumber"), "Nama", problems)
    competences = _names(sheets, ("kompetensi",), "Kemampuan", problems)
    found = roster_table(tables)
    if found is None:
        key = "daftar_kosong" if not any(one.rows for one in tables) else "daftar_tanpa_judul"
        problems.append(Problem(tables[0].title if tables else "", None, key))
        return Reading(Report(problems=tuple(problems)))
    table, header, others = found
    rows = sorted_rows(table, header)
    problems.extend(_about_sheet(table, header, others, len(rows.people)))
    if len(rows.people) > MOST_ROWS or table.is_cut:
        return Reading(Report(table.title, header.row, len(rows.people), problems=tuple(problems)))
    ready, of_rows = read_people(table.title, rows.people, header, today)
    report = Report(
        table.title, header.row, len(rows.people), ready, (*problems, *of_rows),
        rows.passed_over, header.headings, training, instructors, competences,
    )  # fmt: skip
    return Reading(report, table, header)


def _about_sheet(
    table: Table, header: Header, others: Sequence[Table], people: int
) -> Iterator[Problem]:
    def say(key: str, **words: str) -> Problem:
        return Problem(table.title, None, key, words, weight="note")

    if people > MOST_ROWS or table.is_cut:
        yield Problem(table.title, None, "peserta_terlalu_banyak", {"maks": str(MOST_ROWS)})
    elif not people:
        yield Problem(table.title, None, "peserta_kosong")
    if others:
        yield say("daftar_lembar_lain", lembar=", ".join(one.title for one in others)[:200])
    if not header.places.keys() & {"NIP", "Nama dan NIP"}:
        yield say("daftar_tanpa_nip")
    hidden = sum(number in table.hidden for number, _ in table.rows if number > header.last_row)
    if hidden:
        yield say("daftar_baris_tersembunyi", n=str(hidden))


def _refused(key: str) -> Reading:
    return Reading(Report(problems=(Problem("", None, key),)))


def _training(sheets: Mapping[str, Table], problems: list[Problem]) -> TrainingFacts | None:
    table = sheets.get("pelatihan")
    rows = _rows(table, TRAINING_COLUMNS, problems) if table is not None else None
    if table is None or rows is None:
        return None
    if len(rows) != 1:
        problems.append(Problem(table.title, None, "pelatihan_satu_baris", {"n": str(len(rows))}))
        return None
    number, cells = rows[0]
    found = list(_training_problems(table.title, number, cells))
    problems.extend(found)
    starts_on, ends_on = as_date(cells["Mulai"]), as_date(cells["Selesai"])
    if found or starts_on is None or ends_on is None:
        return None
    code, title, cohort = (as_text(cells[name]) for name in TRAINING_COLUMNS[:3])
    return TrainingFacts(code, title, cohort, starts_on, ends_on)


def _training_problems(sheet: str, number: int, cells: Mapping[str, object]) -> Iterator[Problem]:
    for column in ("Kode", "Judul"):
        if not as_text(cells[column]):
            yield Problem(sheet, number, "sel_kosong", {"kolom": column})
    if len(as_text(cells["Kode"])) > LONGEST_CODE:
        yield Problem(sheet, number, "kode_panjang", {"maks": str(LONGEST_CODE)})
    for column in ("Mulai", "Selesai"):
        if as_date(cells[column]) is None:
            seen = {"kolom": column, "isi": as_text(cells[column])[:60]}
            yield Problem(sheet, number, "tanggal_tidak_terbaca", seen)
    starts_on, ends_on = as_date(cells["Mulai"]), as_date(cells["Selesai"])
    if starts_on and ends_on and ends_on < starts_on:
        yield Problem(sheet, number, "selesai_sebelum_mulai")


def _names(
    sheets: Mapping[str, Table], titles: Sequence[str], column: str, problems: list[Problem]
) -> tuple[str, ...] | None:
    table = next((sheets[title] for title in titles if title in sheets), None)
    rows = _rows(table, (column,), problems) if table is not None else None
    if rows is None:
        return None
    names = (as_text(cells[column]) for _, cells in rows)
    return tuple(dict.fromkeys(name for name in names if name))


def _rows(
    table: Table, columns: Sequence[str], problems: list[Problem]
) -> list[tuple[int, Mapping[str, object]]] | None:
    """Below the first row that has them all; None when there is none, which is reported."""
    needed = {_matched(name) for name in columns if name not in OPTIONAL}
    for begin, (_, cells) in enumerate(table.rows):
        header = {
            _matched(as_text(cell)): place for place, cell in enumerate(cells) if as_text(cell)
        }
        if needed <= header.keys():
            places = {name: header.get(_matched(name)) for name in columns}
            return list(_filled(table.rows[begin + 1 :], places))
    first = {_matched(as_text(cell)) for cell in table.rows[0][1]} if table.rows else set()
    lacking = [name for name in columns if name not in OPTIONAL and _matched(name) not in first]
    problems.extend(Problem(table.title, 1, "kolom_tidak_ada", {"kolom": name}) for name in lacking)
    return None


def _filled(
    rows: Sequence[tuple[int, Sequence[object]]], places: Mapping[str, int | None]
) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, row in rows:
        cells = {
            column: row[place] if place is not None and place < len(row) else None
            for column, place in places.items()
        }
        if any(as_text(cell) for cell in cells.values()):
            yield number, cells


def _matched(title: str) -> str:
    return "".join(title.casefold().replace(".", "").split())
