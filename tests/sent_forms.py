"""Forms as a colleague would send them: small workbooks, and the folder with the version in use."""

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[str]]

SURVEY_HEAD = ("type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "required")
CHOICES_HEAD = ("list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)")
SETTINGS_HEAD = ("form_title", "form_id", "version", "default_language", "title_en")
SETTINGS = (
    "Evaluasi akhir pelatihan", "post_training", "2", "Bahasa Indonesia (id)",
    "Post-training evaluation",
)  # fmt: skip
TITLE = ("hidden", "nama_pelatihan", "", "", "")
USEFUL = (
    "select_one skala", "a01", "Apakah ${nama_pelatihan} berguna bagi pekerjaan Bapak/Ibu?",
    "Was ${nama_pelatihan} useful for your work?", "yes",
)  # fmt: skip
DAYS = ("integer", "a02", "Berapa hari Bapak/Ibu hadir?", "How many days did you attend?", "")
ADVICE = ("text", "a03", "Apa saran Bapak/Ibu?", "What do you suggest?", "")
SCALE = (
    ("skala", "ya", "Ya", "Yes"), ("skala", "sebagian", "Sebagian", "In part"),
    ("skala", "tidak", "Tidak", "No"),
)  # fmt: skip
TWO = (SCALE[0], SCALE[2])
OLD_FORM: Rows = (TITLE, USEFUL, DAYS)
NEW_FORM: Rows = (TITLE, USEFUL, ADVICE)


def workbook(
    survey: Rows = NEW_FORM, choices: Rows = SCALE, settings: Sequence[str] = SETTINGS
) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, head, rows in (
        ("survey", SURVEY_HEAD, survey), ("choices", CHOICES_HEAD, choices),
        ("settings", SETTINGS_HEAD, [settings]),
    ):  # fmt: skip
        sheet = book.create_sheet(title)
        for row in (head, *rows):
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def folder_with(path: Path, content: bytes) -> Path:
    """A folder of questionnaires as the operator keeps it, with this one in it."""
    path.mkdir()
    (path / "post_training.xlsx").write_bytes(content)
    return path


def old_version() -> bytes:
    return workbook(OLD_FORM, TWO, (SETTINGS[0], SETTINGS[1], "1", *SETTINGS[3:]))
