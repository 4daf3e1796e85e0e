"""Writes docs/xlsform.md from what the compiler does with each word of XLSForm: python -m tests.survey.xlsform_page."""

import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import QuestionnaireError
from bot.survey.xpath_functions import FUNCTIONS, REFUSED
from tests.survey import tiny_forms, xlsform_words

PAGE = Path(__file__).parents[2] / "docs" / "xlsform.md"
LEFT_OUT = "Left out: the bot keeps times and persons itself."
READ_PAST = "Read past: a chat has nothing to do with it."
INSIDE = "Inside a repeat, written position(..)."

_FROM_FILE = (
    "The options stand in a .csv beside the form: name, label or label::Language (xx), further "
    "columns; at most 1,000."
)
_REPEATED = (
    "Asked as often as repeat_count says, at most 20 times; its questions are x[1], x[2], ... "
    "(x_1 in SPSS)."
)
_AS_MESSAGE = "As required_message."
_TYPES: Mapping[str, str] = {
    "select_one or_other": (
        "The option `other` is added last; its text is asked at once and kept with the answer, "
        "not as an item of its own."
    ),
    "select_multiple or_other": "As select_one or_other.",
    "audio": "A voice message; the answer is [voice SECONDS FILE_ID].",
    "image": "A photo sent in the chat; the answer is [photo FILE_ID].",
    "photo": "As image.",
    "file": "A document sent in the chat; the answer is [file FILE_ID NAME].",
    "rank": "Tapped in order; the answer is the codes in that order, with spaces.",
    "hidden": "Filled from the enrolment (training title, instructors), by the item's name.",
    "range": "Up to 21 steps are buttons; a longer range is typed.",
    "note": "Joined to the next question; the last ones close the chat.",
    "begin_group": "Its condition holds for all inside; its label is the section title on the cards.",
    "select_multiple": "count-selected(.) <= N in the constraint is shown as the maximum.",
    **dict.fromkeys(("begin_repeat", "begin_lgroup", "begin_looped group"), _REPEATED),
    **dict.fromkeys(
        (
            "select_one_from_file", "select one from file", "select_multiple_from_file",
            "select multiple from file",
        ),
        _FROM_FILE,
    ),
}  # fmt: skip
_COLUMNS: Mapping[str, str] = {
    "guidance_hint": "Not shown: it tells an interviewer how to ask, and a chat has none.",
    "required": "Counts for completeness; a person may still skip the question.",
    "required_message": 'Said before a required question is skipped, which asks "sure?" once.',
    "requiredmsg": _AS_MESSAGE,
    "jr:requiredMsg": _AS_MESSAGE,
    "default": (
        'Proposed on the card; it becomes the answer when the person taps "Tetap seperti ini". '
        "Of a hidden item: its value."
    ),
    "default (an expression)": (
        "Read when the card is drawn, so that it may look at earlier answers."
    ),
    "calculation": "Of a question: proposed like a default. With read_only, or of a note: shown.",
    "calculate": "As calculation.",
    "read_only": "Shown like a note, with its value; kept in the data like a calculate.",
    "readonly": "As read_only.",
    "repeat_count": "A number, an answer with a limit (. <= 5), or an expression and the column repeat_max.",
    "appearance": "multiline lets a text come in several messages; others are read past.",
    "count": "As repeat_count.",
    "jr:count": "As repeat_count.",
    "parameters": "randomize=true on selects; start, end, step on range.",
    "parameters (seed)": "The seed is not used: the order is shuffled by person, the same every time.",
    **dict.fromkeys(
        (
            "autoplay", "rows", "compact_tag", "no_app_error_string",
            "noapperrorstring", "sms_allow_media", "sms_date_format",
            "sms_datetime_format", "sms_field", "sms_option", "sms_response", "sms_separator",
        ),
        READ_PAST,
    ),
}  # fmt: skip
_SETTINGS: Mapping[str, str] = {
    "version": "A mark of the content is added: an edited form is never the old one.",
    **dict.fromkeys(
        ("form_title", "form_id", "default_language", "set_form_title", "set_form_id", "title", "id_string"), ""
    ),
}  # fmt: skip
_FUNCTIONS: Mapping[str, str] = {
    "random": "One draw per person and question: it stays the same.",
    "today": "The day in the zone of the training.",
}

Probe = Callable[[Path, str], tuple[QuestionnaireError, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: str
    words: Callable[[], Collection[str]]
    probe: Probe
    notes: Mapping[str, str]
    otherwise: str = ""
    before: str = ""


TABLES = (
    Table("Question types", "type", xlsform_words.types, tiny_forms.refusals_of_type, _TYPES),
    Table(
        "Columns of the sheet survey", "column", xlsform_words.survey_columns,
        tiny_forms.refusals_of_column, _COLUMNS,
        before="Translations are columns `label::Bahasa Indonesia (id)`. `${name}` puts an earlier "
        "answer into a label, hint or message.",
    ),
    Table(
        "Columns of the sheet choices", "column of choices", xlsform_words.choice_columns,
        tiny_forms.refusals_of_option_column, {},
    ),
    Table(
        "Settings", "setting", xlsform_words.settings, tiny_forms.refusals_of_setting, _SETTINGS,
        otherwise=READ_PAST,
        before="`title_en` (the title in another language) and `minutes` (what the form promises) are ours.",
    ),
)  # fmt: skip
_HEAD = """# XLSForm in a chat

What becomes of every question type, column and setting that pyxform knows, and of the ODK functions. A test compiles tiny
forms and compares; for what is refused, the last column is the sentence that the form's author reads, behind sheet and row.
`python -m bot template --out FILE.xlsx` writes a workbook to begin with: one example of each thing, every column explained.
A form may be .md, .xlsx, .xls or .csv. `python -m bot check FORM` reads one and lists everything at once.
`python -m tests.survey.xlsform_page` writes this page anew.
"""


def note_of(table: Table, word: str, folder: Path) -> str:
    """What is to be known of a word that runs."""
    known = table.notes.get(word, table.otherwise)
    if known or table.title != "Question types":
        return known
    name = "audit" if word == "audit" else "b"
    made = tiny_forms.compiled(folder, tiny_forms.rows_of_type(word, name))
    return "" if any(item.name == name for item in made.items) else LEFT_OUT


def page(folder: Path) -> str:
    tables = (_section(table, folder) for table in TABLES)
    functions = _table("function", sorted(_functions()))
    return "\n".join([_HEAD, *tables, f"## Functions in expressions\n\n{functions}\n"])


def _section(table: Table, folder: Path) -> str:
    before = f"{table.before}\n\n" if table.before else ""
    return f"## {table.title}\n\n{before}{_table(table.head, _rows(table, folder))}\n"


def _rows(table: Table, folder: Path) -> Iterator[tuple[str, str, str]]:
    for word in sorted(table.words()):
        if found := table.probe(folder, word):
            yield word, "refused", f"{found[0].what} {found[0].remedy}".strip()
        else:
            note = note_of(table, word, folder)
            yield word, "runs with a note" if note else "runs", note


def _functions() -> Iterator[tuple[str, str, str]]:
    yield "position", "runs with a note", INSIDE
    for name in FUNCTIONS.keys() - {"each"}:  # written by the compiler, never by an author
        note = _FUNCTIONS.get(name, "")
        yield name, "runs with a note" if note else "runs", note
    for name, reason in REFUSED.items():
        if name != "position":
            yield name, "refused", reason


def _table(
    head: str, rows: Collection[tuple[str, str, str]] | Iterator[tuple[str, str, str]]
) -> str:
    lines = (f"| `{word}` | {becomes} | {note} |" for word, becomes, note in rows)
    return "\n".join([f"| {head} | what becomes of it | note or reason |", "|---|---|---|", *lines])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="xlsform-page-") as scratch:
        PAGE.write_text(page(Path(scratch)), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} is written.\n")
