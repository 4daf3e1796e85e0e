"""A questionnaire as a paper has it: numbered questions with what is to be ticked or written, conditions in words, jumps. Pure.

1. What is known of the person beforehand (hidden values) is filled in; what it rules out does not stand on the paper at all.
2. The order is that of the chat, so a sheet can be keyed in question by question. Nothing is shuffled.
3. Questions in a row that are answered on one scale stand together in a grid.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.papers.conditions import Condition, Known, condition_of, is_settled
from bot.survey.domains import bounds, longest, most_ticked, steps
from bot.survey.expressions import references, value_of
from bot.survey.flow import holds, offered
from bot.survey.questionnaire import Item, Option, Questionnaire, in_language

Mark = Literal["circle", "square", "rank"]
Boxes = Literal["date", "time", "datetime", "number"]
MOST_LISTED = 45  # options; a longer list is written by hand
GRID_OPTIONS, GRID_LABEL = range(3, 7), 26  # so many options, of so many letters at most
LEAST_ROWS = 2  # of a grid
SHORT, MIDDLE = 120, 320  # letters of a text that takes one line, three lines
_PIPE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    jump: str = ""  # "→ ke no. 9"
    is_written: bool = False  # with a line for what "Lainnya" means


@dataclass(frozen=True, slots=True)
class Ticks:
    mark: Mark
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps of a short range, side by side."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    lines: int  # to write on
    kind: Boxes | None = None


@dataclass(frozen=True, slots=True)
class Section:
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    condition: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    number: int
    text: str
    hint: str
    condition: str
    answer: Ticks | Scale | Blank
    section: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    labels: tuple[str, ...]
    rows: tuple[tuple[int, str], ...]
    hint: str
    condition: str
    section: str = ""


Block = Section | Note | Question | Grid


def blocks_of(
    form: Questionnaire, hidden: Mapping[str, str], texts: Texts, now: datetime
) -> list[Block]:
    known = _settled(form, hidden, texts, now)
    shown = [item for item in form.items if _is_shown(item, known)]
    numbers = {item.name: n for n, item in enumerate((one for one in shown if one.asked), start=1)}
    known = replace(known, numbers=numbers)
    made = [_block(item, shown[place + 1 :], known) for place, item in enumerate(shown)]
    return list(_sectioned(_gridded(made)))


def questions_in(blocks: Sequence[Block]) -> int:
    return sum(
        len(one.rows) if isinstance(one, Grid) else isinstance(one, Question) for one in blocks
    )


def _settled(form: Questionnaire, hidden: Mapping[str, str], texts: Texts, now: datetime) -> Known:
    """Hidden values, what is computed of them alone, and '' for what they rule out."""
    values: dict[str, str] = {}
    for item in form.items:
        known = Known(form, values, {}, now, texts)
        if is_settled(item.relevant, known) and condition_of(item.relevant, known).is_never:
            values[item.name] = ""
        elif item.kind == "hidden":
            values[item.name] = hidden.get(item.name, item.default)
        elif item.computed and not references(item.calculation) - values.keys():
            values[item.name] = value_of(item.calculation, values, now=now) if item.calculation else item.default  # fmt: skip
    return Known(form, values, {}, now, texts)


def _is_shown(item: Item, known: Known) -> bool:
    if item.kind in {"hidden", "calculate"} or (item.read_only and item.name not in known.values):
        return False
    if item.options and not _offered(item, known):
        return False
    if item.kind == "note" and _looks_back(item, known):
        return False
    return not (is_settled(item.relevant, known) and condition_of(item.relevant, known).is_never)


def _looks_back(item: Item, known: Known) -> bool:
    """It says again what was answered: that is on the paper already."""
    said = in_language(item.labels, DEFAULT_LANGUAGE)
    return any(name not in known.values for name in _PIPE.findall(said))


def _block(item: Item, after: Sequence[Item], known: Known) -> Note | Question:
    text, condition = _piped(item.labels, known), _in_words(item.relevant, known)
    if not item.asked:
        value = known.values.get(item.name, "")
        said = text if item.kind == "note" else f"{text} {value}".strip()
        return Note(said, condition, _piped(item.section, known))
    hint = " ".join(part for part in (_piped(item.hints, known), _limits(item, known)) if part)
    number, section = known.numbers[item.name], _piped(item.section, known)
    return Question(number, text, hint, condition, _answer(item, after, known), section)


def _in_words(source: str, known: Known) -> str:
    found: Condition = condition_of(source, known)
    return known.say("cetak_bila", syarat=found.words) if found.words else ""


def _answer(item: Item, after: Sequence[Item], known: Known) -> Ticks | Scale | Blank:
    match item.kind:
        case "select_one" | "select_multiple" | "rank":
            return _ticks(item, after, known)
        case "acknowledge":
            return Ticks("square", (Choice(known.say("cetak_ok")),))
        case "range" if steps(item):
            return Scale(steps(item))
        case "integer" | "decimal" | "range":
            return Blank(1, "number")
        case "date" | "time" | "datetime":
            return Blank(1, item.kind)
        case _:
            return Blank(_lines(item))


def _lines(item: Item) -> int:
    room = longest(item)
    if item.kind in {"image", "file"} or room <= SHORT:
        return 1
    return 3 if room <= MIDDLE else 4


def _ticks(item: Item, after: Sequence[Item], known: Known) -> Ticks | Blank:
    listed = _offered(item, known)
    if len(listed) > MOST_LISTED:
        return Blank(1 if item.kind == "select_one" else 3)
    marks: Mapping[str, Mark] = {
        "select_one": "circle",
        "select_multiple": "square",
        "rank": "rank",
    }
    jumps = item.kind == "select_one"
    choices = (
        Choice(
            _piped(option.labels, known),
            _jump(item, option, after, known) if jumps else "",
            option.free_text,
        )
        for option in listed
    )
    return Ticks(marks[item.kind], tuple(choices))


def _offered(item: Item, known: Known) -> Sequence[Option]:
    """All that could be offered; a filter that looks at answers filters nothing here."""
    is_open = bool(references(item.choice_filter) - known.values.keys())
    return item.options if is_open else offered(item, known.values, known.now)


def _jump(item: Item, option: Option, after: Sequence[Item], known: Known) -> str:
    """Where to go on when the questions that follow at once are not for who ticks this."""
    if option.end:
        return known.say("cetak_selesai")
    values = {**known.values, item.name: option.code}
    asked, left_out = [one for one in after if one.asked], 0
    for one in asked:
        if references(one.relevant) - values.keys() or holds(one.relevant, values, known.now):
            break
        values[one.name] = ""
        left_out += 1
    if not left_out:
        return ""
    if left_out == len(asked):
        return known.say("cetak_selesai")
    return known.say("cetak_lanjut", n=known.numbers[asked[left_out].name])


def _limits(item: Item, known: Known) -> str:
    """What a card of the chat refuses, said beforehand."""
    match item.kind:
        case "select_multiple":
            return _how_many(item, known)
        case "rank":
            return known.say("cetak_urutkan")
        case "integer" | "decimal" | "range" if all(bounds(item)) and not steps(item):
            least, most_allowed = bounds(item)
            return known.say("cetak_antara", dari=least, sampai=most_allowed)
        case "select_one" if len(item.options) > MOST_LISTED:
            return known.say("cetak_tulis_satu")
        case "image" | "file":
            return known.say("cetak_lampirkan")
        case _:
            return ""


def _how_many(item: Item, known: Known) -> str:
    """Unless the question says so itself."""
    said, most = in_language(item.labels, DEFAULT_LANGUAGE).lower(), most_ticked(item)
    if most:
        return "" if "paling banyak" in said else known.say("cetak_paling_banyak", n=most)
    return "" if "lebih dari satu" in said else known.say("cetak_boleh_lebih")


def _piped(labels: Mapping[str, str], known: Known) -> str:
    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name in known.numbers:
            return known.say("cetak_jawaban_no", n=known.numbers[name])
        return known.values.get(name, "…")

    return _PIPE.sub(filled, in_language(labels, DEFAULT_LANGUAGE)).strip()


def _gridded(made: Sequence[Note | Question]) -> Iterator[Note | Question | Grid]:
    for scale, together in groupby(made, _scale):
        found = list(together)
        questions = [one for one in found if isinstance(one, Question)]
        if scale is None or len(questions) < LEAST_ROWS:
            yield from found
            continue
        first = questions[0]
        rows = tuple((one.number, one.text) for one in questions)
        yield Grid(scale[0], rows, first.hint, first.condition, first.section)


def _scale(one: Note | Question) -> tuple[tuple[str, ...], str, str, str] | None:
    """What questions of one grid have in common; None: it stands alone."""
    if not isinstance(one, Question) or not isinstance(one.answer, Ticks):
        return None
    choices = one.answer.choices
    is_plain = all(not each.jump and not each.is_written for each in choices)
    fits = len(choices) in GRID_OPTIONS and all(len(each.label) <= GRID_LABEL for each in choices)
    if one.answer.mark != "circle" or not is_plain or not fits:
        return None
    return tuple(each.label for each in choices), one.hint, one.condition, one.section


def _sectioned(made: Iterator[Note | Question | Grid]) -> Iterator[Block]:
    section = ""
    for one in made:
        if one.section != section:
            section = one.section
            if section:
                yield Section(section)
        yield one
