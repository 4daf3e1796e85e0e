"""What an anonymous form may not do: tie an answer to the same person elsewhere, or tell of a person in a question. Pure."""

from collections.abc import Iterator
from typing import Final

from bot.survey.form_checks import PIPED
from bot.survey.questionnaire import Item, Questionnaire

# Hidden values that say something of the training, the same for a whole class; every other one points to a person.
OF_THE_CLASS: Final = frozenset({
    "nama_pelatihan", "penyelenggara", "instruktur_1", "instruktur_2", "kompetensi_1", "kompetensi_2",
    "tgl_pelatihan", "tgl_tutup",
})  # fmt: skip


def ties(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """(item, column that ties it)."""
    for item in questionnaire.items:
        for column in _tied_by(item):
            yield item.name, column


def quotes(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """(item, what it quotes of a person)."""
    items = {item.name: item for item in questionnaire.items}
    for item in items.values():
        for name in sorted(_piped(item)):
            if name in items and _tells_of_a_person(items[name]):
                yield item.name, name


def _tied_by(item: Item) -> Iterator[str]:
    if item.pair:
        yield "pair"
    if item.store_as:
        yield "store_as"
    if item.once_per_respondent:
        yield "once_per_respondent"


def _piped(item: Item) -> set[str]:
    texts = (*item.labels.values(), *item.hints.values(), *item.constraint_messages.values())
    return {name for text in texts for name in PIPED.findall(text)}


def _tells_of_a_person(item: Item) -> bool:
    return item.kind != "hidden" or item.name not in OF_THE_CLASS
