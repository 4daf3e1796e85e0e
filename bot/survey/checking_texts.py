"""What a chat cannot show well: buttons without room, long labels, long lists, half a translation. Pure.

How much fits is told by `Chat`; how long a whole card gets is measured in checking_sizes.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.survey.findings import Finding
from bot.survey.questionnaire import SILENT, Item, Labels, Option
from bot.survey.xlsform import Form

Found = Iterator[tuple[str, Mapping[str, str]]]  # key and arguments, without the item's name

_MAIN_LANGUAGE: Final = "id"


@dataclass(frozen=True, slots=True)
class Chat:
    """What one message can carry."""

    longest_label: int  # UTF-16 units that a button shows; longer ones are numbered in the text
    most_options: int  # on one card; more are shown in pages
    longest_text: int  # UTF-16 units
    frame: int  # of these, what the card writes around question, hint and notes
    fits: Callable[[int, str, int], bool]  # place of item, code, place of option: does its button?


def text_findings(form: Form, chat: Chat) -> Iterator[Finding]:
    yield from _title_findings(form)
    seen: list[tuple[Option, ...]] = []
    sections: list[Labels] = []
    for place, item in enumerate(form.questionnaire.items):
        if item.kind in SILENT:
            continue
        row = form.sheets.item(item.name)
        found = [*_button_findings(place, item, chat), *_list_findings(item, chat)]
        if item.options not in seen:  # items may share a list: its labels are told once
            seen.append(item.options)
            found += _label_findings(item, chat)
        if item.section not in sections:
            sections.append(item.section)
            found += _section_findings(item, form.questionnaire.languages)
        for key, words in found:
            yield Finding(key, "survey", row, {"butir": item.name, **words})


def units(text: str) -> int:
    """As Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _title_findings(form: Form) -> Iterator[Finding]:
    default, *others = form.questionnaire.languages
    if _MAIN_LANGUAGE not in form.questionnaire.languages:
        yield Finding("cek_tanpa_indonesia", "survey", 1, {"bahasa": ", ".join([default, *others])})
    for language in others:
        if not form.settings.get(f"title_{language}"):
            yield Finding("cek_judul_separuh", "settings", 2, {"bahasa": language})


def _section_findings(item: Item, languages: tuple[str, ...]) -> Found:
    """The titles of groups; labels, hints and messages are looked at by the form reader."""
    for language in languages if item.section else ():
        if not item.section.get(language, "").strip():
            yield "cek_bahasa_separuh", {"bagian": _some(item.section), "bahasa": language}


def _some(labels: Labels) -> str:
    return next((text for text in labels.values() if text), "")


def _button_findings(place: int, item: Item, chat: Chat) -> Found:
    for at, option in enumerate(item.options):
        if not chat.fits(place, option.code, at):
            yield "cek_data_tombol", {"kode": option.code}


def _label_findings(item: Item, chat: Chat) -> Found:
    for option in item.options:
        for language, label in option.labels.items():
            if (size := units(label)) > chat.longest_label:
                most = str(chat.longest_label)
                sizes = {"panjang": str(size), "maks": most}
                yield "cek_label_panjang", {"kode": option.code, "bahasa": language, **sizes}


def _list_findings(item: Item, chat: Chat) -> Found:
    if len(item.options) > chat.most_options:
        sizes = {"jumlah": str(len(item.options)), "maks": str(chat.most_options)}
        yield "cek_daftar_panjang", sizes
