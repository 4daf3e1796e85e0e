"""A list of options in a .csv beside the form (select_one_from_file). Pure; reads that one file and nothing else.

1. The first row has the headings name and label, or label::Language (xx); others are what they are on the sheet choices.
2. Separated by commas, semicolons or tabs, as a spreadsheet saves it; UTF-8.
3. At most MOST_OPTIONS options: the whole list is kept with the version of the questionnaire.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.errors import QuestionnaireError
from bot.survey.form_reading import Node
from bot.survey.workbook_parts import LONGEST_CELL

SUFFIX: Final = ".csv"
MOST_BYTES: Final = 1_000_000
MOST_OPTIONS: Final = 1_000

Problem = tuple[int | None, str, str]  # row, what, remedy

_OTHERS: Final = (".xml", ".geojson")
_SHEETS: Final = frozenset({"survey", "choices", "settings", "external_choices", "entities", "osm"})
_LABEL: Final = "label"


@dataclass(frozen=True, slots=True)
class OptionFile:
    """Which file, and which of its columns are the code and the label."""

    name: str
    value: str = "name"
    label: str = _LABEL

    @property
    def listed(self) -> str:
        """The list's name among the lists of the form; its first word is the file."""
        plain = (self.value, self.label) == ("name", _LABEL)
        return self.name if plain else f"{self.name} {self.value} {self.label}"


@dataclass(frozen=True, slots=True)
class Files:
    """The lists that the questions of a form take from files, and what is wrong with them."""

    lists: Mapping[str, tuple[Node, ...]]  # options as pyxform gives those of the sheet choices
    rows: Mapping[tuple[str, str], int]  # (list, code) -> row
    problems: tuple[QuestionnaireError, ...]


def named_in(tree: Node, folder: Path) -> Files:
    """Each list is read once; where it cannot be read it is empty."""
    lists: dict[str, tuple[Node, ...]] = {}
    rows: dict[tuple[str, str], int] = {}
    problems: list[QuestionnaireError] = []
    for wanted in dict.fromkeys(_wanted(tree)):
        table, found = _sound_table(folder, wanted)
        problems += found
        options = _nodes(wanted, table) if table else {}
        lists[wanted.listed] = tuple(options.values())
        rows |= {(wanted.listed, str(node["name"])): row for row, node in options.items()}
    return Files(lists, rows, tuple(problems))


def named_by(node: Node) -> OptionFile | None:
    """The file that a question names, if it takes its options from one."""
    listed, parameters = str(node.get("itemset") or ""), node.get("parameters") or {}
    if not listed.lower().endswith((SUFFIX, *_OTHERS)):
        return None
    return OptionFile(
        listed, str(parameters.get("value") or "name"), str(parameters.get("label") or _LABEL)
    )


def is_option_list(path: Path) -> bool:
    """A .csv in the folder of the forms that is no form: its first cell names no sheet."""
    if path.suffix.lower() != SUFFIX:
        return False
    with path.open("rb") as file:
        first = file.readline(LONGEST_CELL).decode("utf-8-sig", errors="replace")
    headings = [cell.strip(' "\r\n').lower() for cell in first.split(_delimiter(first))]
    return headings[0] not in _SHEETS and len(headings) > 1 and "name" in headings


@dataclass(frozen=True, slots=True)
class _Table:
    headings: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]  # those that hold something, with their numbers


def _wanted(node: Node) -> Iterator[OptionFile]:
    for child in node.get("children", ()):
        if wanted := named_by(child):
            yield wanted
        yield from _wanted(child)


def _sound_table(
    folder: Path, wanted: OptionFile
) -> tuple[_Table | None, list[QuestionnaireError]]:
    table = _read(folder, wanted)
    if isinstance(table, QuestionnaireError):
        return None, [table]
    found = _problems(wanted, table)
    return (None if found else table), found


def _read(folder: Path, wanted: OptionFile) -> _Table | QuestionnaireError:
    path = folder / wanted.name
    if refused := _unreadable(path, wanted.name):
        return _refused(wanted.name, None, *refused)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        headings, *rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    except (UnicodeDecodeError, ValueError, csv.Error):
        remedy = "Save it as CSV UTF-8, with the headings name and label."
        return _refused(wanted.name, None, "It cannot be read.", remedy)
    filled = ((row, cells) for row, cells in enumerate(rows, 2) if any(map(str.strip, cells)))
    return _Table(tuple(heading.strip() for heading in headings), tuple(filled))


def _unreadable(path: Path, name: str) -> tuple[str, str] | None:
    if Path(name).name != name or "\\" in name:
        return "The name is a path.", "Put the file beside the form and write only its name."
    if path.suffix.lower() != SUFFIX:
        return "It is no table.", "Save it as .csv with the columns name and label."
    if not path.is_file():
        return (
            "The file with the options is missing.",
            "Put it beside the form, or write the options on the sheet choices.",
        )
    if path.stat().st_size > MOST_BYTES:
        remedy = f"Leave out columns and rows; at most {MOST_OPTIONS} options."
        return f"The file is larger than {MOST_BYTES // 1_000_000} MB.", remedy
    return None


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _problems(wanted: OptionFile, table: _Table) -> list[QuestionnaireError]:
    found = (
        _heading_problems(wanted, table) or _size_problems(table) or _row_problems(wanted, table)
    )
    return [_refused(wanted.name, *problem) for problem in found]


def _heading_problems(wanted: OptionFile, table: _Table) -> list[Problem]:
    labelled = any(_labels(wanted, heading) for heading in table.headings)
    missing = [
        *(() if wanted.value in table.headings else (wanted.value,)),
        *(() if labelled else (wanted.label,)),
    ]
    told = ", ".join(table.headings)
    return [
        (
            1,
            f"There is no column {name} (there is: {told}).",
            "Write that heading in the first row.",
        )
        for name in missing
    ]


def _size_problems(table: _Table) -> list[Problem]:
    if not table.rows:
        return [(2, "There is no option in it.", "Write one in each row.")]
    if len(table.rows) > MOST_OPTIONS:
        remedy = "Ask in steps: a question for the group first, and a list for each."
        return [(None, f"There are more than {MOST_OPTIONS} options.", remedy)]
    return []


def _row_problems(wanted: OptionFile, table: _Table) -> list[Problem]:
    found: list[Problem] = []
    first: dict[str, int] = {}
    place = table.headings.index(wanted.value)
    for row, cells in table.rows:
        code = cells[place].strip() if place < len(cells) else ""
        if len(cells) > len(table.headings):
            what = f"The row has {len(cells)} cells under {len(table.headings)} headings."
            found.append((row, what, 'Write a text with commas in "quotes".'))
        elif not code:
            found.append((row, "The option has no name.", "Write a short code."))
        elif first.setdefault(code, row) != row:
            what = f'The name "{code}" stands in row {first[code]} already.'
            found.append((row, what, "Give each option a name of its own."))
    return found


def _labels(wanted: OptionFile, heading: str) -> bool:
    return heading == wanted.label or heading.startswith(f"{wanted.label}::")


def _nodes(wanted: OptionFile, table: _Table) -> dict[int, Node]:
    return {row: _node(wanted, table.headings, cells) for row, cells in table.rows}


def _node(wanted: OptionFile, headings: Sequence[str], row: Sequence[str]) -> Node:
    cells = {heading: cell.strip() for heading, cell in zip(headings, row, strict=False)}
    labels = {heading: cell for heading, cell in cells.items() if _labels(wanted, heading)}
    translated = {
        heading.partition("::")[2]: cell for heading, cell in labels.items() if "::" in heading
    }
    others = {
        heading: cell
        for heading, cell in cells.items()
        if heading and cell and heading != wanted.value and heading not in labels
    }
    label = translated or labels.get(wanted.label, "")
    return {**others, "name": cells[wanted.value], "label": label}


def _refused(file: str, row: int | None, what: str, remedy: str) -> QuestionnaireError:
    return QuestionnaireError(file, row, what, remedy)
