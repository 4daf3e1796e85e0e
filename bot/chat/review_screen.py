"""The review: every answer with a number to change it by, twenty on a page. Pure.

An answer keeps its number on every page. Questions and answers are shortened until a page fits into one message.
"""

import html
from typing import Final

from bot.chat.buttons import AnswerButton, answer_data
from bot.chat.notices import notice_line
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.shortening import clipped, shortened, units
from bot.chat.texts import Texts
from bot.fieldwork.records import Card
from bot.survey.prompts import Review, ReviewRow

LONGEST_TEXT: Final = 4096
IN_A_ROW: Final = 5
ON_A_PAGE: Final = 20
LENGTHS: Final = (300, 160, 100, 60, 40)  # of a question and of an answer; the first that fits

Numbered = list[tuple[int, ReviewRow]]


def review_screen(texts: Texts, card: Card, review: Review, *, after_tap: bool = False) -> Screen:
    count = max(1, -(-len(review.rows) // ON_A_PAGE))
    page = min(max(review.page, 1), count)
    listed = list(enumerate(review.rows, 1))[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    above, below = _around(texts, card.language, review, page, count, after_tap=after_tap)
    for length in LENGTHS:
        text = "\n\n".join(
            part for part in (above, _lines(texts, card, listed, length), below) if part
        )
        if units(text) <= LONGEST_TEXT:
            break
    rows = (*_numbers(card, listed), *_pages(card, page, count), (_leaving(texts, card, review),))
    return Screen(shortened(text, LONGEST_TEXT), rows)


def _around(
    texts: Texts, language: str, review: Review, page: int, count: int, *, after_tap: bool
) -> tuple[str, str]:
    """What stands above the answers, and below."""
    if not review.rows:
        above = texts.say("lihat_jawaban_kosong", language)
    else:
        above = texts.say("lihat_jawaban", language, jumlah=len(review.rows))
    if count > 1:
        above += "\n" + texts.say("halaman_jawaban", language, hal=page, dari=count)
    open_still = review.unanswered
    waiting = texts.say("belum_terjawab", language, jumlah=open_still) if open_still else ""
    notice = notice_line(texts, language, review.notice, after_tap=after_tap)
    return above.strip(), "\n\n".join(part for part in (waiting, notice) if part)


def _lines(texts: Texts, card: Card, listed: Numbered, length: int) -> str:
    return "\n".join(
        f"{number}. {_escaped(row.question, length)}\n   <b>{_answer(texts, card, row, length)}</b>"
        for number, row in listed
    )


def _answer(texts: Texts, card: Card, row: ReviewRow, length: int) -> str:
    if row.answer_label:
        return _escaped(row.answer_label, length)
    return texts.say("dilewati", card.language)


def _numbers(card: Card, listed: Numbered) -> Rows:
    numbers = [
        Button(str(number), _data(card, "edit", row.item)) for number, row in listed if row.can_edit
    ]
    return tuple(tuple(numbers[at : at + IN_A_ROW]) for at in range(0, len(numbers), IN_A_ROW))


def _pages(card: Card, page: int, count: int) -> Rows:
    turns = [
        Button(label, _data(card, "page", value=str(number)))
        for label, number in ((f"◀ {page - 1}", page - 1), (f"{page + 1} ▶", page + 1))
        if 1 <= number <= count
    ]
    return (tuple(turns),) if turns else ()


def _leaving(texts: Texts, card: Card, review: Review) -> Button:
    key = "tombol_lanjutkan" if review.unanswered else "tombol_selesai"
    return Button(texts.plain(key, card.language), _data(card, "submit"))


def _data(card: Card, action: str, item: str = "", value: str = "") -> str:
    place = card.positions[item] if item else 0
    return answer_data(AnswerButton(card.response_id, place, card.revision, action, value))


def _escaped(text: str, length: int) -> str:
    return html.escape(clipped(" ".join(text.split()), length), quote=False)
