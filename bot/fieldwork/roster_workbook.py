"""Reading a roster workbook (.xlsx): a Roster, or every problem in it at once. Opens one file; knows no database.

1. Sheets Pelatihan, Peserta (both needed), Pengajar, Kompetensi; docs/roster.md describes the columns.
2. Headers stand in the first row and are matched without regard to case, spaces and dots.
3. A NIP must be text: as a number Excel has rounded it to 15 digits already, and guessing would be wrong.
4. A Problem names sheet, row and the key of a sentence in config/texts that says what is wrong and what to do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.fieldwork.cells import as_date, as_phone, as_text
from bot.fieldwork.nip import BadNip, Nip, normalised, read_nip

TRAINING_COLUMNS = ("Kode", "Judul", "Angkatan", "Mulai", "Selesai")
PARTICIPANT_COLUMNS = (
    "NIP", "Nama", "Unit Kerja", "Kelompok Unit", "Golongan", "Jabatan", "HP",
    "Nama Atasan", "NIP Atasan", "Jabatan Atasan", "HP Atasan",
)  # fmt: skip
MAY_LACK = frozenset({"Angkatan", "Kelompok Unit", "Golongan", "Jabatan", "HP", "Nama Atasan", "NIP Atasan", "Jabatan Atasan", "HP Atasan"})  # fmt: skip
MOST_ROWS = 5000
LONGEST_CODE = 20

Row = tuple[int, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Problem:
    sheet: str
    row: int | None
    key: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Superior:
    name: str
    nip: Nip | None
    position: str
    phone: str


@dataclass(frozen=True, slots=True)
class Participant:
    nip: Nip
    name: str
    unit: str
    unit_group: str
    grade: str
    position: str
    phone: str
    superior: Superior | None


@dataclass(frozen=True, slots=True)
class Roster:
    code: str
    title: str
    cohort: str
    starts_on: date
    ends_on: date
    participants: tuple[Participant, ...]
    instructors: tuple[str, ...]
    competences: tuple[str, ...]


def read_roster(path: Path, today: date) -> tuple[Roster | None, tuple[Problem, ...]]:
    """The roster, or None and all problems."""
    try:
        sheets = _sheets(path)
    except (InvalidFileException, BadZipFile, KeyError, OSError, ValueError):
        return None, (Problem(path.name, None, "berkas_bukan_xlsx"),)
    problems: list[Problem] = []
    training = _training(sheets, problems)
    participants = _participants(sheets, today, problems)
    instructors = _names(sheets, "Pengajar", "Nama", problems)
    competences = _names(sheets, "Kompetensi", "Kemampuan", problems)
    if problems or training is None:
        return None, tuple(problems)
    code, title, cohort, starts_on, ends_on = training
    return Roster(
        code, title, cohort, starts_on, ends_on, participants, instructors, competences
    ), ()


def _sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return {
            _matched(sheet.title): [
                tuple(row)
                for row, _ in zip(
                    sheet.iter_rows(values_only=True), range(MOST_ROWS + 2), strict=False
                )
            ]
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _training(
    sheets: Mapping[str, list[tuple[object, ...]]], problems: list[Problem]
) -> tuple[str, str, str, date, date] | None:
    rows = _rows(sheets, "Pelatihan", TRAINING_COLUMNS, problems)
    if rows is None:
        return None
    if len(rows) != 1:
        problems.append(Problem("Pelatihan", None, "pelatihan_satu_baris", {"n": str(len(rows))}))
        return None
    number, cells = rows[0]
    before = len(problems)
    code, title = as_text(cells["Kode"]), as_text(cells["Judul"])
    days = [as_date(cells[column]) for column in ("Mulai", "Selesai")]
    for column, value in (("Kode", code), ("Judul", title)):
        if not value:
            problems.append(Problem("Pelatihan", number, "sel_kosong", {"kolom": column}))
    if len(code) > LONGEST_CODE:
        problems.append(Problem("Pelatihan", number, "kode_panjang", {"maks": str(LONGEST_CODE)}))
    for column, day in zip(("Mulai", "Selesai"), days, strict=True):
        if day is None:
            seen = as_text(cells[column])
            problems.append(
                Problem(
                    "Pelatihan", number, "tanggal_tidak_terbaca", {"kolom": column, "isi": seen}
                )
            )
    starts_on, ends_on = days
    if starts_on and ends_on and ends_on < starts_on:
        problems.append(Problem("Pelatihan", number, "selesai_sebelum_mulai"))
    if len(problems) > before or starts_on is None or ends_on is None:
        return None
    return code, title, as_text(cells.get("Angkatan")), starts_on, ends_on


def _participants(
    sheets: Mapping[str, list[tuple[object, ...]]], today: date, problems: list[Problem]
) -> tuple[Participant, ...]:
    rows = _rows(sheets, "Peserta", PARTICIPANT_COLUMNS, problems)
    if rows is None:
        return ()
    if not rows:
        problems.append(Problem("Peserta", None, "peserta_kosong"))
    if len(rows) > MOST_ROWS:
        problems.append(
            Problem("Peserta", None, "peserta_terlalu_banyak", {"maks": str(MOST_ROWS)})
        )
    found: list[Participant] = []
    first_seen: dict[str, int] = {}
    for number, cells in rows:
        participant = _participant(number, cells, today, problems)
        if participant is None:
            continue
        earlier = first_seen.setdefault(participant.nip.digits, number)
        if earlier != number:
            arguments = {"nip": participant.nip.digits, "baris": str(earlier)}
            problems.append(Problem("Peserta", number, "nip_ganda", arguments))
        found.append(participant)
    return tuple(found)


def _participant(
    number: int, cells: Mapping[str, object], today: date, problems: list[Problem]
) -> Participant | None:
    def report(key: str, **arguments: str) -> None:
        problems.append(Problem("Peserta", number, key, arguments))

    before = len(problems)
    nip = _nip(cells["NIP"], "NIP", today, report)
    if nip is None and len(problems) == before:
        report("sel_kosong", kolom="NIP")
    for column in ("Nama", "Unit Kerja"):
        if not as_text(cells[column]):
            report("sel_kosong", kolom=column)
    superior = _superior(cells, today, report)
    if nip and superior and superior.nip and superior.nip.digits == nip.digits:
        report("atasan_diri_sendiri")
    if nip is None or len(problems) > before:
        return None
    return Participant(
        nip, as_text(cells["Nama"]), as_text(cells["Unit Kerja"]),
        as_text(cells.get("Kelompok Unit")), as_text(cells.get("Golongan")),
        as_text(cells.get("Jabatan")), as_phone(cells.get("HP")), superior,
    )  # fmt: skip


def _superior(
    cells: Mapping[str, object], today: date, report: Callable[..., None]
) -> Superior | None:
    name = as_text(cells.get("Nama Atasan"))
    nip = _nip(cells.get("NIP Atasan"), "NIP Atasan", today, report)
    position, phone = as_text(cells.get("Jabatan Atasan")), as_phone(cells.get("HP Atasan"))
    if not name:
        if nip or position or phone:
            report("atasan_tanpa_nama")
        return None
    return Superior(name, nip, position, phone)


def _nip(value: object, column: str, today: date, report: Callable[..., None]) -> Nip | None:
    if isinstance(value, int | float):
        report("nip_angka", kolom=column)
        return None
    text = as_text(value)
    if not normalised(text):
        return None
    found = read_nip(text, today)
    if isinstance(found, BadNip):
        report(found.fault, kolom=column, nip=text, n=str(len(found.digits)))
        return None
    return found


def _names(
    sheets: Mapping[str, list[tuple[object, ...]]],
    sheet: str,
    column: str,
    problems: list[Problem],
) -> tuple[str, ...]:
    if _matched(sheet) not in sheets:
        return ()
    rows = _rows(sheets, sheet, (column,), problems) or []
    names = (as_text(cells[column]) for _, cells in rows)
    return tuple(dict.fromkeys(name for name in names if name))


def _rows(
    sheets: Mapping[str, list[tuple[object, ...]]],
    sheet: str,
    columns: Sequence[str],
    problems: list[Problem],
) -> list[Row] | None:
    """None when the sheet or a column is not there, which is reported."""
    rows = sheets.get(_matched(sheet))
    if rows is None:
        problems.append(Problem(sheet, None, "lembar_tidak_ada"))
        return None
    header = {_matched(as_text(cell)): place for place, cell in enumerate(rows[0] if rows else ())}
    places = {column: header.get(_matched(column)) for column in columns}
    lacking = [name for name, place in places.items() if place is None and name not in MAY_LACK]
    problems.extend(Problem(sheet, 1, "kolom_tidak_ada", {"kolom": name}) for name in lacking)
    return None if lacking else list(_filled(rows, places))


def _filled(rows: Sequence[tuple[object, ...]], places: Mapping[str, int | None]) -> Iterator[Row]:
    for number, row in enumerate(rows[1:], start=2):
        cells = {
            column: row[place] if place is not None and place < len(row) else None
            for column, place in places.items()
        }
        if any(as_text(cell) for cell in cells.values()):
            yield number, cells


def _matched(title: str) -> str:
    return "".join(title.casefold().replace(".", "").split())
