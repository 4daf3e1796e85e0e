"""The review: every answer on one screen, each with a number to change it by. Pure."""

import html

from bot.chat.buttons import AnswerButton, answer_data
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.shortening import shortened, units
from bot.chat.texts import Texts
from bot.fieldwork.records import Card
from bot.survey.prompts import Review, ReviewRow

LONGEST_TEXT = 4096
IN_A_ROW = 5
MOST_NUMBERS = 90  # Telegram takes about a hundred buttons
LENGTHS = (
    300,
    160,
    100,
    60,
    40,
    25,
    12,
)  # of a question and of an answer; the first that fits is taken


def review_screen(texts: Texts, card: Card, review: Review) -> Screen:
    for length in LENGTHS:
        text = _text(texts, card.language, review, length)
        if units(text) <= LONGEST_TEXT:
            break
    return Screen(shortened(text, LONGEST_TEXT), _rows(texts, card, review))


def _text(texts: Texts, language: str, review: Review, length: int) -> str:
    head = texts.say("lihat_jawaban", language, jumlah=len(review.rows))
    lines = [
        f"{number}. {_escaped(row.question, length)}\n   <b>{_answer(texts, language, row, length)}</b>"
        for number, row in enumerate(review.rows, 1)
    ]
    tail = (
        [texts.say("belum_terjawab", language, jumlah=review.unanswered)]
        if review.unanswered
        else []
    )
    return "\n\n".join([head, "\n".join(lines), *tail]).strip()


def _answer(texts: Texts, language: str, row: ReviewRow, length: int) -> str:
    if row.answer_label:
        return _escaped(row.answer_label, length)
    return texts.say("dilewati", language)


def _rows(texts: Texts, card: Card, review: Review) -> Rows:
    def data(action: str, item: str | None) -> str:
        place = card.positions[item] if item else 0
        return answer_data(AnswerButton(card.response_id, place, card.revision, action))

    numbers = [
        Button(str(number), data("edit", row.item))
        for number, row in enumerate(review.rows[:MOST_NUMBERS], 1)
        if row.can_edit
    ]
    rows = [tuple(numbers[at : at + IN_A_ROW]) for at in range(0, len(numbers), IN_A_ROW)]
    key = "tombol_lanjutkan" if review.unanswered else "tombol_selesai"
    return (*rows, (Button(texts.plain(key, card.language), data("submit", None)),))


def _escaped(text: str, length: int) -> str:
    return html.escape(shortened(" ".join(text.split()), length), quote=False)
