"""Whether a card can get longer than a message, with the longest answers piped into it. Pure.

Counted are the notes that join the question, the question, its hint, and the options where they are numbered in the
text. A text answer counts two UTF-16 units a character (an emoji takes two), a hidden value LONGEST_HIDDEN characters.
"""

from collections.abc import Iterator
from typing import Final

from bot.survey.checking_texts import Chat, units
from bot.survey.domains import LONGEST_OTHER, LONGEST_TEXT, longest, most_ticked
from bot.survey.expressions import ExpressionError, references
from bot.survey.findings import Finding
from bot.survey.form_checks import PIPED
from bot.survey.questionnaire import SILENT, Item, Labels, Language, Option, in_language
from bot.survey.xlsform import Form

LONGEST_HIDDEN: Final = 300  # characters: the longest a commitment, a name, a training's title is
LONGEST_SPOKEN: Final = 40  # a number or a date in words
_UNITS: Final = 2  # of one written character
_DEEPEST: Final = 20  # calculates of calculates


def size_findings(form: Form, chat: Chat) -> Iterator[Finding]:
    for language in form.questionnaire.languages:
        sizes = _Sizes({item.name: item for item in form.questionnaire.items}, language, chat)
        for item, size in sizes.cards(form.questionnaire.items):
            if size > chat.longest_text:
                most = str(chat.longest_text)
                words = {"bahasa": language, "panjang": str(size), "maks": most}
                row = form.sheets.item(item.name)
                yield Finding("cek_teks_panjang", "survey", row, {"butir": item.name, **words})


class _Sizes:
    """The longest that texts of one form can get in one language."""

    def __init__(self, items: dict[str, Item], language: Language, chat: Chat) -> None:
        self._items = items
        self._language = language
        self._chat = chat

    def cards(self, items: tuple[Item, ...]) -> Iterator[tuple[Item, int]]:
        """Each question with the notes before it; notes at the end are a card of their own."""
        waiting: list[tuple[Item, int]] = []
        for item in items:
            if item.kind in SILENT:
                continue
            value = self._answer(item.name, 0) if item.read_only else 0
            waiting.append((item, self.text(item.labels) + self.text(item.hints) + value))
            if item.asked:
                notes = sum(size for _, size in waiting)
                yield item, self._chat.frame + notes + self._numbered(item.options)
                waiting = []
        if waiting:
            yield waiting[0][0], self._chat.frame + sum(size for _, size in waiting)

    def text(self, labels: Labels) -> int:
        label = in_language(labels, self._language)
        piped = sum(self._answer(name, 0) for name in PIPED.findall(label))
        return units(PIPED.sub("", label)) + piped

    def _numbered(self, options: tuple[Option, ...]) -> int:
        labels = [units(in_language(option.labels, self._language)) for option in options]
        if max(labels, default=0) <= self._chat.longest_label:
            return 0
        return sum(labels) + len("12. \n") * len(labels)

    def _answer(self, name: str, depth: int) -> int:
        item = self._items.get(name)
        if item is None or depth > _DEEPEST:
            return 0
        if item.computed and not item.options:
            return (
                self._computed(item.calculation, depth) if item.calculation else units(item.default)
            )
        match item.kind:
            case "text":
                return _UNITS * longest(item)
            case "hidden":
                return _UNITS * LONGEST_HIDDEN
        return self._chosen(item) if item.options else LONGEST_SPOKEN

    def _computed(self, source: str, depth: int) -> int:
        """At worst everything it looks at, one behind the other, with its own words between."""
        try:
            named = sum(self._answer(name, depth + 1) for name in references(source))
        except ExpressionError:
            return 0
        return min(len(source) + named, _UNITS * LONGEST_TEXT)

    def _chosen(self, item: Item) -> int:
        sizes = sorted((self._option(option) for option in item.options), reverse=True)
        most = 1 if item.kind == "select_one" else most_ticked(item) or len(sizes)
        return sum(size + len(", ") for size in sizes[:most])

    def _option(self, option: Option) -> int:
        label = units(in_language(option.labels, self._language))
        return max(label, _UNITS * LONGEST_OTHER) if option.free_text else label
