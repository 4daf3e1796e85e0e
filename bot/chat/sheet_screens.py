"""The office's own sheet in the chat: the card of a respondent with buttons that reach the sheet only. Pure.

Its answer buttons `a:` become `o:`; the others, which would pause or open a survey, give way to "Tutup lembar".
"""

from dataclasses import replace

from bot.chat.buttons import AnswerButton, decode
from bot.chat.handlers.participant_replies import (
    TappedMessage,
    of_no_account,
    replies,
)
from bot.chat.outgoing import AnswerTap, Button, Outgoing, Rows, Screen, SendMessage, ShowCard
from bot.chat.staff_buttons import encode
from bot.chat.texts import Texts
from bot.fieldwork.office_sheet import Shown
from bot.fieldwork.records import Outcome

ANSWER, SHEET = "a:", "o:"


def decode_sheet(data: str) -> AnswerButton | None:
    if not data.startswith(SHEET):
        return None
    found = decode(ANSWER + data.removeprefix(SHEET))
    return found if isinstance(found, AnswerButton) else None


def sheet_shown(
    texts: Texts, chat_id: int, tapped: TappedMessage | None, shown: Shown
) -> list[Outgoing]:
    if shown.card is None:
        answered: list[Outgoing] = [] if tapped is None else [AnswerTap(tapped.query_id)]
        return [*answered, _over(texts, chat_id, shown)]
    outcome = Outcome(shown.language, shown.card_message_id, (shown.card,))
    return [_marked(texts, shown, one) for one in replies(texts, chat_id, tapped, outcome)]


def _over(texts: Texts, chat_id: int, shown: Shown) -> Outgoing:
    key = "lembar_lengkap" if shown.is_kept else "lembar_ditutup"
    text = texts.say(
        key, shown.language, judul=shown.title, jumlah=shown.answered, dari=shown.asked
    )
    rows: Rows = (
        (Button(texts.plain("tombol_lembar_lagi", shown.language), encode("sheet", shown.training_id)),),
        (Button(texts.plain("tombol_rinci_saja", shown.language), encode("detail", shown.training_id)),),
    )  # fmt: skip
    return ShowCard(chat_id, Screen(text, rows), retire=shown.card_message_id)


def _marked(texts: Texts, shown: Shown, outgoing: Outgoing) -> Outgoing:
    if not isinstance(outgoing, ShowCard | SendMessage):
        return outgoing
    if isinstance(outgoing, ShowCard):
        outgoing = of_no_account(outgoing)
    mark = texts.say("lembar_tanda", shown.language, judul=shown.title)
    closing = Button(
        texts.plain("tombol_tutup_lembar", shown.language), encode("closesheet", shown.training_id)
    )
    rows = (*_ours(outgoing.screen.buttons), (closing,))
    return replace(outgoing, screen=Screen(f"{mark}\n{outgoing.screen.text}", rows))


def _ours(rows: Rows) -> Rows:
    kept = (
        tuple(
            replace(button, data=SHEET + button.data.removeprefix(ANSWER))
            for button in row
            if button.data.startswith(ANSWER)
        )
        for row in rows
    )
    return tuple(row for row in kept if row)
