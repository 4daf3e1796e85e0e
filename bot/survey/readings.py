"""What a typed text means to an item: one value, several readings to choose from, or a Notice that says what is wrong.

Pure. The author's own constraint is checked in outcomes.py, because it may look at other answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from bot.survey.domains import bounds, spoken
from bot.survey.prompts import Notice, OptionView
from bot.survey.questionnaire import Item, Language
from bot.survey.typed import number, number_text, numbers
from bot.survey.typed_choices import choice, choices
from bot.survey.typed_clock import clock_text, clocks
from bot.survey.typed_days import day_text, days

CODED: Final = frozenset({"select_one", "select_multiple", "rank"})
OK: Final = "OK"  # the value of an acknowledge, as ODK stores it
_AGREED: Final = frozenset(
    {"ok", "oke", "okay", "ya", "baik", "siap", "mengerti", "yes", "understood"}
)
_NEEDED: Final = {
    "audio": "suara_diperlukan", "image": "foto_diperlukan", "file": "berkas_diperlukan",
}  # fmt: skip
_MOST_REPEATED: Final = 40


@dataclass(frozen=True, slots=True)
class Readings:
    """The likeliest first. `asks` is the notice that asks which one is meant; without it the first that fits is taken."""

    values: tuple[str, ...]
    asks: Notice | None = None


def read(
    item: Item, options: Sequence[OptionView], text: str, language: Language, now: datetime
) -> Readings | Notice:
    """Of a cleaned text; for a choice the codes, space-joined."""
    match item.kind:
        case "select_one" | "select_multiple" | "rank" | "acknowledge":
            return _read_choice(item, options, text)
        case "integer" | "decimal" | "range":
            return _read_number(item, text, language)
        case "date":
            return _read_day(text, language, now)
        case "time":
            return _read_clock(text, language)
        case "datetime":
            return _read_moment(text, language, now)
        case _:
            return Readings((text,)) if text else Notice("tulisan_diperlukan")


def read_clock_on(day: str, text: str, language: Language) -> Readings | Notice:
    """The hour that was missing to a day."""
    found = _read_clock(text, language)
    if isinstance(found, Notice):
        return found
    return Readings(tuple(f"{day}T{one}" for one in found.values), found.asks)


def refuse_unsupported(
    item: Item, options: Sequence[OptionView], kind: str, language: Language, now: datetime
) -> Notice:
    """A sticker, a photo, a voice message: what this item needs instead."""
    match item.kind:
        case "integer" | "decimal" | "range":
            return Notice("angka_diperlukan", {"contoh": _example(item, language)})
        case "date" | "datetime":
            return Notice("tanggal_diperlukan", {"contoh": day_text(now.date(), language)})
        case "time":
            return Notice("jam_diperlukan", {"contoh": clock_example(language)})
        case "audio" | "image" | "file":
            return Notice(_NEEDED[item.kind])
        case "text":
            return Notice("suara_tidak_diterima" if kind == "voice" else "tulisan_diperlukan")
        case _:
            return needs_choice(options)


def needs_choice(options: Sequence[OptionView]) -> Notice:
    return Notice("jawaban_perlu_pilihan", {"n": str(len(options))})


def number_refused(item: Item, value: str, language: Language) -> Notice | None:
    """The sentence with from-to for a number that the constraint refuses, where its bounds are known."""
    return None if bounds(item) == ("", "") else _number_notice(item, value, language)


def clock_example(language: Language) -> str:
    return "14.30" if language == "id" else "14:30"


def spoken_value(item: Item, value: str, language: Language) -> str:
    """A number, a day or an hour as that language writes it."""
    match item.kind:
        case "date":
            return _spoken_day(value, language)
        case "time":
            return value.replace(":", ".") if language == "id" else value
        case "datetime":
            day, _, clock = value.partition("T")
            spelt = clock.replace(":", ".") if language == "id" else clock
            return f"{_spoken_day(day, language)}, {spelt}" if clock else _spoken_day(day, language)
        case _:
            return spoken(value, language)


def _read_choice(item: Item, options: Sequence[OptionView], text: str) -> Readings | Notice:
    labels = [option.label for option in options]
    meant: tuple[int, ...] | None
    match item.kind:
        case "select_one":
            index = choice(text, labels)
            meant = None if index is None else (index,)
        case "acknowledge":
            meant = (0,) if text.casefold().strip(" .!") in _AGREED else None
        case _:
            meant = choices(text, labels)
    return needs_choice(options) if meant is None else _codes(options, meant)


def _codes(options: Sequence[OptionView], indexes: Sequence[int]) -> Readings:
    return Readings((" ".join(options[index].code for index in indexes),))


def _read_number(item: Item, text: str, language: Language) -> Readings | Notice:
    fitting = [value for value in numbers(text, language) if _fits(item, value)]
    if not fitting:
        return _number_notice(item, text, language)
    values = tuple(number_text(value) for value in fitting)
    return Readings(values, Notice("maksud_angka", {"masukan": text[:_MOST_REPEATED]}))


def _read_day(text: str, language: Language, now: datetime) -> Readings | Notice:
    found = days(text, now.date())
    if not found:
        example = day_text(now.date(), language)
        return Notice("tanggal_salah", {"masukan": text[:_MOST_REPEATED], "contoh": example})
    return Readings(tuple(day.isoformat() for day in found))


def _read_clock(text: str, language: Language) -> Readings | Notice:
    entered = text[:_MOST_REPEATED]
    found = clocks(text)
    if not found:
        return Notice("jam_salah", {"masukan": entered, "contoh": clock_example(language)})
    asks = Notice("maksud_jam", {"masukan": entered})
    return Readings(tuple(clock_text(clock, "en") for clock in found), asks)


def _read_moment(text: str, language: Language, now: datetime) -> Readings | Notice:
    """As in "besok 14.30", "25/11/2026 pukul 2 siang": a day, then an hour; a day alone asks for its hour."""
    words = text.replace(",", " ").split()
    for cut in range(len(words), 0, -1):
        found = days(" ".join(words[:cut]), now.date())
        if found and cut == len(words):
            return Readings((found[0].isoformat(),))
        if found and (hours := clocks(" ".join(words[cut:]))):
            moments = tuple(f"{found[0].isoformat()}T{clock_text(one, 'en')}" for one in hours)
            return Readings(moments, Notice("maksud_jam", {"masukan": text[:_MOST_REPEATED]}))
    example = f"{day_text(now.date(), language)} {clock_example(language)}"
    return Notice("tanggal_salah", {"masukan": text[:_MOST_REPEATED], "contoh": example})


def _fits(item: Item, value: Decimal) -> bool:
    if item.kind == "integer":
        return value == value.to_integral_value()
    if item.kind == "range":
        start, stop, step = (Decimal(str(edge)) for edge in (item.start, item.stop, item.step))
        return start <= value <= stop and (step <= 0 or (value - start) % step == 0)
    return True


def _number_notice(item: Item, text: str, language: Language) -> Notice:
    least, most = bounds(item)
    example = _example(item, language)
    entered = text[:_MOST_REPEATED]
    if (value := number(text, language)) is not None and (
        stated := _step_notice(item, value, language)
    ):
        return replace(stated, arguments={"masukan": entered, **stated.arguments})
    if not least or not most:
        return Notice("angka_saja", {"masukan": entered, "contoh": example})
    limits = {"min": spoken(least, language), "maks": spoken(most, language)}
    return Notice("angka_salah", {"masukan": entered, **limits, "contoh": example})


def _step_notice(item: Item, value: Decimal, language: Language) -> Notice | None:
    """For a number that has its size right, but falls between those that are asked for."""
    if item.kind == "integer" and value != value.to_integral_value():
        return Notice("angka_bulat", {"contoh": _example(item, language)})
    if item.kind != "range" or not item.start <= value <= item.stop:
        return None
    first = (number_text(Decimal(str(item.start + item.step * place))) for place in range(3))
    steps = "; ".join(spoken(one, language) for one in first)
    return Notice("angka_langkah", {"urutan": steps, "maks": spoken(bounds(item)[1], language)})


def _example(item: Item, language: Language) -> str:
    least, most = bounds(item)
    if least and most:
        between = (Decimal(least) + Decimal(most)) / 2
        return spoken(number_text(between.to_integral_value()), language)
    return spoken("1250.5" if item.kind == "decimal" else "12", language)


def _spoken_day(value: str, language: Language) -> str:
    try:
        return day_text(date.fromisoformat(value), language)
    except ValueError:
        return value
