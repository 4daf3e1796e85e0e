"""One tiny form per question type, column and setting of XLSForm, to see what the compiler does with it."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from bot.errors import QuestionnaireError
from bot.survey.form_problems import QuestionnaireProblems
from bot.survey.questionnaire import Questionnaire
from bot.survey.xlsform import compile_form

Row = Mapping[str, object]

LIST_FILE = "kota.csv"
_SETTINGS: Row = {"form_title": "Coba", "form_id": "coba"}
_CHOICES: tuple[Row, ...] = (
    {"list name": "yn", "name": "ya", "label": "Ya"},
    {"list name": "yn", "name": "tidak", "label": "Tidak"},
)
_QUESTION: Row = {"type": "select_one yn", "name": "awal", "label": "Setuju?"}
_COUNTED: Row = {"type": "integer", "name": "berapa", "label": "Berapa?"}
_LISTED = ("select", "rank", "add select", "q select")
BEGUN: Mapping[str, Row] = {
    "begin_group": {"label": "Bagian"},
    "begin_repeat": {"label": "Ulangan", "repeat_count": "2"},
    "begin_repeat without repeat_count": {"label": "Ulangan"},
    "begin_lgroup": {"label": "Ulangan", "repeat_count": "2"},
    "begin_looped group": {"label": "Ulangan", "repeat_count": "2"},
    "begin_loop over yn": {"label": "Putaran"},
}
OTHER_HEADINGS = {
    "caption": "label", "command": "type", "tag": "name", "value": "name", "list_name": "list name",
    "set_form_id": "form_id", "set_form_title": "form_title", "title": "form_title",
    "id_string": "form_id", "calculate": "calculation", "readonly": "read_only",
    "relevance": "relevant", "constraining_message": "constraint_message",
    "jr:constraintMsg": "constraint_message", "requiredmsg": "required_message",
    "jr:requiredMsg": "required_message", "count": "repeat_count", "jr:count": "repeat_count",
    "noapperrorstring": "no_app_error_string",
}  # fmt: skip
CELLS: Mapping[
    str, Row
] = {  # what stands in a column, and the rest of the row that makes sense of it
    "type": {},
    "name": {},
    "label": {},
    "hint": {"hint": "Boleh perkiraan"},
    "guidance_hint": {"guidance_hint": "Bacakan pelan"},
    "default": {"default": "Tidak ada"},
    "default (an expression)": {"default": "${berapa}"},
    "calculation": {"type": "calculate", "label": "", "calculation": "1 + 1"},
    "choice_filter": {"type": "select_one yn", "choice_filter": "name != 'tidak'"},
    "parameters": {"type": "select_one yn", "parameters": "randomize=true"},
    "parameters (seed)": {"type": "select_one yn", "parameters": "randomize=true seed=7"},
    "trigger": {"type": "calculate", "label": "", "calculation": "1", "trigger": "${berapa}"},
    "read_only": {"read_only": "yes"},
    "relevant": {"relevant": "${berapa} > 1"},
    "constraint": {"constraint": "string-length(.) > 1"},
    "constraint_message": {"constraint": "string-length(.) > 1", "constraint_message": "Pendek."},
    "required": {"required": "yes"},
    "required_message": {"required": "yes", "required_message": "Wajib."},
    "image": {"media::image": "a.png"},
    "big-image": {"media::image": "a.png", "media::big-image": "b.png"},
    "audio": {"media::audio": "a.mp3"},
    "video": {"media::video": "a.mp4"},
    "repeat_count": {"type": "begin_repeat", "repeat_count": "2"},
}


def refusals_of_type(folder: Path, written: str) -> tuple[QuestionnaireError, ...]:
    """Written as it stands in the table: "select_one", "begin_repeat", "select_one or_other"."""
    return refusals(folder, survey=rows_of_type(written))


def rows_of_type(written: str, name: str = "b") -> tuple[Row, ...]:
    if written not in BEGUN:
        return ({"type": _typed(written), **_rest(written, name)},)
    kind = written.removesuffix(" without repeat_count")
    ends = {"begin_group": "end_group", "begin_loop over yn": "end_loop"}
    return (
        {"type": kind, "name": name, **BEGUN[written]},
        {"type": "text", "name": f"{name}_isi", "label": "Apa?"},
        {"type": ends.get(kind, "end_repeat")},
    )


def refusals_of_column(folder: Path, column: str) -> tuple[QuestionnaireError, ...]:
    if usual := OTHER_HEADINGS.get(column):
        return refusals(folder, survey=rows_of_column(usual), renamed={usual: column})
    return refusals(folder, survey=rows_of_column(column))


def rows_of_column(column: str, name: str = "b") -> tuple[Row, ...]:
    cells = CELLS.get(column, {column: "1"})
    row: Row = {"type": "text", "name": name, "label": "Apa?", **cells}
    return rows_of_type("begin_repeat", name) if row["type"] == "begin_repeat" else (row,)


def refusals_of_setting(folder: Path, setting: str) -> tuple[QuestionnaireError, ...]:
    if setting in OTHER_HEADINGS:
        return refusals(folder, survey=(), renamed={OTHER_HEADINGS[setting]: setting})
    return refusals(folder, survey=(), settings=settings_with(setting))


def settings_with(*names: str) -> Row:
    written = {"default_language": "default", "form_id": "coba", "name": "data"}
    return {**_SETTINGS, **{name: written.get(name, "1") for name in names}}


def refusals_of_option_column(folder: Path, column: str) -> tuple[QuestionnaireError, ...]:
    if column in OTHER_HEADINGS:
        return refusals(folder, survey=(), renamed={OTHER_HEADINGS[column]: column})
    return refusals(folder, survey=(), choices=choices_with(column))


def choices_with(column: str) -> tuple[Row, ...]:
    heading = f"media::{column}" if column in {"image", "big-image", "audio", "video"} else column
    plain = column in {"list name", "name", "label"}
    more = {} if plain else {heading: "a.png"}
    if column == "big-image":
        more["media::image"] = "b.png"
    return tuple({**choice, **more} for choice in _CHOICES)


def refusals(
    folder: Path,
    survey: tuple[Row, ...],
    settings: Row = _SETTINGS,
    choices: tuple[Row, ...] = _CHOICES,
    renamed: Mapping[str, str] | None = None,
) -> tuple[QuestionnaireError, ...]:
    try:
        compiled(folder, survey, settings, choices, renamed)
    except QuestionnaireProblems as found:
        return found.problems
    return ()


def compiled(
    folder: Path,
    survey: tuple[Row, ...],
    settings: Row = _SETTINGS,
    choices: tuple[Row, ...] = _CHOICES,
    renamed: Mapping[str, str] | None = None,
) -> Questionnaire:
    (folder / LIST_FILE).write_text("name,label\nmb,Muara Bungo\nrb,Rimbo Bujang\n", "utf-8")
    sheets = {"survey": (_QUESTION, _COUNTED, *survey), "choices": choices, "settings": (settings,)}
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet = book.create_sheet(title)
        others = {} if title == "choices" and "name" in (renamed or {}) else renamed or {}
        sheet.append([others.get(heading, heading) for heading in headings])
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    book.save(folder / "coba.xlsx")
    return compile_form(folder / "coba.xlsx")


def _typed(written: str) -> str:
    if "file" in written and "select" in written:
        return f"{written} {LIST_FILE}"
    if written.endswith(" or_other"):
        return f"{written.removesuffix(' or_other')} yn or_other"
    return f"{written} yn" if written.startswith(_LISTED) else written


def _rest(written: str, name: str) -> Row:
    calculated = "calculate" in written
    label: Row = {} if calculated else {"label": "Apa?"}
    extra: Row = {"calculation": "1 + 1"} if calculated else {}
    return {"name": "audit" if written == "audit" else name, **label, **extra}
