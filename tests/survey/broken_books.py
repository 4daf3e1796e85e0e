"""Spreadsheets that are wrong in one way each: a workbook or text that would be fine, and what is done to it."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
Book = dict[str, list[list[object]]]

SURVEY: Rows = (
    ("type", "name", "label::Indonesia (id)", "label::English (en)", "relevant"),
    ("select_one yn", "a", "Setuju?", "Agree?", ""),
    ("text", "b", "Mengapa?", "Why?", "${a} = 'ya'"),
)
CHOICES: Rows = (
    ("list_name", "name", "label::Indonesia (id)", "label::English (en)"),
    ("yn", "ya", "Ya", "Yes"),
    ("yn", "tidak", "Tidak", "No"),
)
SETTINGS: Rows = (
    ("form_title", "form_id", "version", "default_language"),
    ("Coba", "coba", "1", "Indonesia (id)"),
)


def book() -> Book:
    """One that works."""
    sheets = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}
    return {name: [list(row) for row in rows] for name, rows in sheets.items()}


def saved(sheets: Book, path: Path, change: Callable[[Workbook], object] | None = None) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change is not None:
        change(workbook)
    workbook.save(path)
    return path


def with_sheets(change: Callable[[Book], object]) -> Callable[[Path], Path]:
    """Something is wrong in the cells."""

    def make(folder: Path) -> Path:
        sheets = book()
        change(sheets)
        return saved(sheets, folder / "coba.xlsx")

    return make


def with_workbook(change: Callable[[Workbook], object]) -> Callable[[Path], Path]:
    """Something is wrong with the workbook: merged, hidden, formulas."""
    return lambda folder: saved(book(), folder / "coba.xlsx", change)


def with_parts(change: Callable[[dict[str, bytes]], object]) -> Callable[[Path], Path]:
    """Something is wrong inside the zip."""

    def make(folder: Path) -> Path:
        path = saved(book(), folder / "coba.xlsx")
        with zipfile.ZipFile(path) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        change(parts)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                packed.writestr(name, content)
        return path

    return make


def with_bytes(name: str, content: bytes | Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    """A file of that name with other bytes, or with those of a good workbook changed."""

    def make(folder: Path) -> Path:
        path = folder / name
        good = saved(book(), folder / "good.xlsx").read_bytes()
        path.write_bytes(content if isinstance(content, bytes) else content(good))
        return path

    return make


def csv_text(separator: str = ",") -> str:
    lines = []
    for name, rows in book().items():
        lines.append([name, *[""] * 5])
        lines += [["", *(f'"{cell}"' for cell in row)] for row in rows]
    return "\n".join(separator.join(map(str, line)) for line in lines)


def markdown(*survey: str, choices: Sequence[str] = (), settings: str = "") -> bytes:
    head = "| survey | type | name | label::Indonesia (id) | label::English (en) | relevant |"
    options = "| choices | list_name | name | label::Indonesia (id) | label::English (en) |"
    about = "| settings | form_title | form_id | default_language |"
    rows = [head, *survey, "", options, *(choices or ("| | yn | ya | Ya | Yes |",)), "", about]
    return "\n".join([*rows, settings or "| | Coba | coba | Indonesia (id) |", ""]).encode()


def bomb(good: bytes) -> bytes:
    """50 MB of spaces in 50 kB."""
    packed = io.BytesIO(good)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as book_:
        book_.writestr("xl/worksheets/sheet9.xml", b" " * 50_000_000)
    return packed.getvalue()


def lying_bomb(good: bytes) -> bytes:
    """The same in the sheet itself, said to be 100 bytes in every header."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            is_sheet = part.filename.endswith("sheet1.xml")
            new.writestr(part.filename, b" " * 9_000_000 if is_sheet else old.read(part))
    return packed.getvalue().replace((9_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))


def encrypted(good: bytes) -> bytes:
    """Every part says that it needs a password."""
    changed = bytearray(good)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + flags] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


def without_value(parts: dict[str, bytes]) -> None:
    """A formula as a program writes it that cannot calculate."""
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(
        rb'<c r="C2"[^>]*>.*?</c>', b'<c r="C2"><f>A1&amp;"?"</f></c>', parts[sheet], count=1
    )
