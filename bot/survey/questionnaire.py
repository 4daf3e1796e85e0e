"""A questionnaire as frozen data, and which item comes next. Pure; knows no file format and no chat.

A Questionnaire is compiled from an XLSForm (xlsform.py), stored as JSON with its version, and never
changed afterwards. Expressions are kept as their XPath source; expressions.py evaluates them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

Kind = Literal[
    "select_one", "select_multiple", "rank", "acknowledge", "integer", "decimal", "range", "date",
    "time", "datetime", "text", "audio", "image", "file", "note", "hidden", "calculate",
]  # fmt: skip
Missing = Literal["", "not_asked", "not_applicable", "skipped", "refused", "dont_know"]
Language = str  # "id", "en"
Labels = Mapping[Language, str]
End = Literal["", "refused", "ineligible", "wrong_person"]  # how an option ends the interview

SILENT: frozenset[Kind] = frozenset({"hidden", "calculate"})  # never shown
UNANSWERED: frozenset[Kind] = frozenset({"hidden", "calculate", "note"})  # never asked


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    labels: Labels
    score: float | None = None
    missing: Missing = ""  # what choosing it means to the analyst: dont_know, not_applicable
    exclusive: bool = False  # choosing it clears the others
    free_text: bool = False  # "Lainnya (tulis)": the text is asked at once
    fixed: bool = False  # stays in place when the order is shuffled
    end: End = ""
    extra: Mapping[str, str] = field(default_factory=dict)  # further columns: group, ltsi, filters


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    kind: Kind
    labels: Labels = field(default_factory=dict)
    hints: Labels = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    required: bool = False  # counts for completeness; never forces an answer
    required_messages: Labels = field(default_factory=dict)  # said before it is skipped
    relevant: str = ""  # XPath, with the groups' own conditions already joined by "and"
    constraint: str = ""
    constraint_messages: Labels = field(default_factory=dict)
    choice_filter: str = ""
    calculation: str = ""
    default: str = ""  # of a question: the answer that is proposed
    computed_default: str = ""  # the same, as XPath
    read_only: bool = False  # shown with its value like a note, never asked
    randomize: bool = False
    start: float = 0  # range only
    stop: float = 0
    step: float = 1
    section: Labels = field(default_factory=dict)  # label of the innermost labelled group
    dimension: str = ""
    level: str = ""
    moment: str = ""
    pair: str = ""
    scm: str = ""
    voice: bool = False
    probes: tuple[Labels, ...] = ()  # the first is asked after a short answer; the guide has all
    once_per_respondent: bool = False
    store_as: str = ""  # the answer is kept with the enrolment under this name
    extra: Mapping[str, str] = field(default_factory=dict)

    # Worked out once, for the walk from the first item to the last that every answer takes.
    asked: bool = field(init=False, repr=False, compare=False)
    conditional: bool = field(init=False, repr=False, compare=False)
    codes: frozenset[str] = field(init=False, repr=False, compare=False)
    endings: Mapping[str, End] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keep = partial(object.__setattr__, self)
        keep("asked", self.kind not in UNANSWERED and not self.read_only)
        keep("conditional", bool(self.relevant) or self.once_per_respondent)
        keep("codes", frozenset(option.code for option in self.options))
        keep("endings", {option.code: option.end for option in self.options if option.end})

    @property
    def computed(self) -> bool:
        """Its value follows from other answers."""
        return self.kind == "calculate" or self.read_only

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    name: str  # the form id: post_training
    version: str
    titles: Labels
    languages: tuple[Language, ...]  # the first is the default
    items: tuple[Item, ...]
    anonymous: bool = False  # once given, answers are taken off their person

    named: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    calculated: tuple[str, ...] = field(
        init=False, repr=False, compare=False
    )  # their values are data

    def __post_init__(self) -> None:
        object.__setattr__(self, "named", {item.name: item for item in self.items})
        computed = (item.name for item in self.items if item.computed and item.kind != "note")
        object.__setattr__(self, "calculated", tuple(computed))
        if len(self.named) != len(self.items):
            raise ValueError(f"{self.name}: an item name stands twice")

    def item(self, name: str) -> Item:
        return self.named[name]

    def asked(self) -> Iterator[Item]:
        return (item for item in self.items if item.asked)


def in_language(labels: Labels, language: Language) -> str:
    """The label in that language, else in any the author did write."""
    return labels.get(language) or next((text for text in labels.values() if text), "")
