"""The buttons with which a question is answered: options, pages of a long list, a ranking, a small calendar. Pure.

1. One option per row; a range stands in two rows, a calendar in weeks of seven.
2. Each button aims at a state: tick on or off, this page, that month. Pressed twice it changes nothing twice.
3. What only looks like a button (a weekday, a day that may not be chosen) stays: the card comes back as it is.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from babel.dates import format_date, get_day_names

from bot.chat.buttons import AnswerButton, answer_data, option_value
from bot.chat.outgoing import Button, Rows
from bot.chat.shortening import clipped
from bot.chat.texts import Texts
from bot.fieldwork.records import Card
from bot.survey.prompts import Ask, Month, OptionView, Page

LONGEST_LABEL = 32  # what a full-width button of a small phone shows
ONE_ROW, MOST_IN_A_ROW = 5, 8
TICKED, UNTICKED = "☑", "☐"
ANSWERED_BY_TAP = frozenset({"", "which", "append"})  # awaiting: the options are still on the card
BLANK = "·"


def answer_rows(texts: Texts, card: Card, ask: Ask, *, numbered: bool) -> Rows:
    if ask.awaiting not in ANSWERED_BY_TAP:
        return ()
    if ask.month is not None:
        return tuple(_calendar(card, ask, ask.month))
    buttons = [
        _option_button(card, ask, index, option, numbered=numbered)
        for index, option in enumerate(ask.options)
    ]
    if ask.item.kind == "range" and not ask.awaiting:
        return _in_rows(buttons)
    return (*((button,) for button in buttons), *_pages(texts, card, ask, ask.page))


def number_of(option: OptionView, index: int) -> int:
    """The number it has in the whole list; on a list of one page, its place."""
    return option.number or index + 1


def taking_back(texts: Texts, card: Card, ask: Ask) -> Button:
    """The last place of a ranking is free again."""
    last = ask.ranked[-1]
    label = texts.plain("tombol_batalkan", card.language, pilihan=last.label)
    return Button(
        clipped(label, LONGEST_LABEL + len("Batalkan: ")),
        tap_data(card, ask, "off", _value(ask, last, 0)),
    )


def tap_data(card: Card, ask: Ask, action: str, value: str = "") -> str:
    place = card.positions[ask.item.name]
    return answer_data(AnswerButton(card.response_id, place, card.revision, action, value))


def _option_button(
    card: Card, ask: Ask, index: int, option: OptionView, *, numbered: bool
) -> Button:
    label = f"{number_of(option, index)}. {option.label}" if numbered else option.label
    action = "choose"
    if ask.item.kind == "select_multiple":
        label = f"{TICKED if option.chosen else UNTICKED} {label}"
        action = "off" if option.chosen else "on"
    elif ask.item.kind == "rank":
        action = "on"
    elif option.chosen:
        label = f"• {label}"
    short = clipped(label, LONGEST_LABEL + len("☑ 12. ")) if numbered else label
    return Button(short, tap_data(card, ask, action, _value(ask, option, index)))


def _value(ask: Ask, option: OptionView, index: int) -> str:
    if ask.awaiting == "which":
        return option.code
    places = (at for at, other in enumerate(ask.item.options) if other.code == option.code)
    return option_value(option.code, next(places, index))


def _in_rows(buttons: list[Button]) -> Rows:
    """Two rows where that is enough: 0-10 becomes 0-5 and 6-10."""
    width = min(MOST_IN_A_ROW, -(-len(buttons) // 2)) if len(buttons) > ONE_ROW else len(buttons)
    return tuple(
        tuple(buttons[begin : begin + width]) for begin in range(0, len(buttons), max(width, 1))
    )


def _pages(texts: Texts, card: Card, ask: Ask, page: Page | None) -> Rows:
    if page is None:
        return ()
    turn = [
        Button(sign, tap_data(card, ask, "page", str(number)))
        for sign, number in ((f"◀ {page.number - 1}", page.number - 1), (f"{page.number + 1} ▶", page.number + 1))
        if 1 <= number <= page.count
    ]  # fmt: skip
    rows: list[tuple[Button, ...]] = [tuple(turn)] if turn else []
    if page.search:
        everything = texts.plain("tombol_semua_pilihan", card.language)
        rows.append((Button(everything, tap_data(card, ask, "page", "all")),))
    return tuple(rows)


def _calendar(card: Card, ask: Ask, month: Month) -> Iterator[tuple[Button, ...]]:
    def still(label: str) -> Button:
        return Button(label, tap_data(card, ask, "stay"))

    def other(sign: str, first: date) -> Button:
        inside = month.least <= first <= month.most
        return (
            Button(sign, tap_data(card, ask, "page", f"{first:%Y-%m}")) if inside else still(BLANK)
        )

    def day(number: int) -> Button:
        if number not in month.open_days:
            return still(BLANK)
        label = f"[{number}]" if number == month.chosen else str(number)
        return Button(
            label, tap_data(card, ask, "choose", month.first.replace(day=number).isoformat())
        )

    name = format_date(month.first, "MMMM y", locale=card.language)
    before, after = month.first - timedelta(days=1), month.first + timedelta(days=31)
    yield (other("◀", before.replace(day=1)), still(name), other("▶", after.replace(day=1)))
    names = get_day_names("abbreviated", locale=card.language)
    yield tuple(still(names[weekday]) for weekday in range(7))
    for week in calendar.Calendar().monthdayscalendar(month.first.year, month.first.month):
        yield tuple(day(number) for number in week)
