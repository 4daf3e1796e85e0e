"""Keying in from paper: the card of a respondent, marked with whose sheet it is. Pure.

A card is drawn by the same code as a respondent's. Its answer buttons `a:` become `i:`; the others give way to "Lanjut nanti".
"""

from dataclasses import replace

from bot.chat.buttons import AnswerButton, decode
from bot.chat.class_buttons import class_data
from bot.chat.handlers.participant_replies import TappedMessage, replies
from bot.chat.outgoing import AnswerTap, Button, Outgoing, Screen, SendMessage, ShowCard
from bot.chat.screens import LONGEST_TEXT
from bot.chat.shortening import shortened
from bot.chat.texts import Texts
from bot.fieldwork.keying_in import KeyedIn, PaperSheet, Sheets
from bot.fieldwork.records import Outcome

ANSWER, KEYED = "a:", "i:"
LABEL_LENGTH = 48


def decode_keyed(data: str) -> AnswerButton | None:
    if not data.startswith(KEYED):
        return None
    found = decode(ANSWER + data.removeprefix(KEYED))
    return found if isinstance(found, AnswerButton) else None


def sheets(texts: Texts, listed: Sheets) -> Screen:
    language, training = listed.language, listed.training
    several = len({one.kind for one in listed.found}) > 1
    rows = tuple(
        (
            Button(
                _label(texts, language, one, with_round=several),
                class_data("sheet", training.id, one.response_id),
            ),
        )
        for one in listed.found
    )
    key = "kertas_pilih" if rows else "kertas_tidak_ditemukan"
    if not listed.letters:
        key = "kertas_tanya"
    text = texts.say(key, language, judul=training.full_title, masukan=listed.letters)
    stop = (
        Button(texts.plain("tombol_lanjut_nanti", language), class_data("keystop", training.id)),
    )
    blank = Button(
        texts.plain("tombol_cetak_kuesioner", language), class_data("papers", training.id)
    )
    return Screen(text, (*rows, stop) if listed.letters else (*rows, (blank,), stop))


def _label(texts: Texts, language: str, one: PaperSheet, *, with_round: bool) -> str:
    """Whose it is; of which round, where several are open."""
    more = texts.plain(f"putaran_{one.kind}", language) if with_round else one.unit
    said = one.whose if one.about and not with_round else f"{one.whose} - {more}"
    return shortened(said.strip(" -"), LABEL_LENGTH)


def keyed(
    texts: Texts, chat_id: int, tapped: TappedMessage | None, done: KeyedIn
) -> list[Outgoing]:
    if done.card is None:
        return _complete(texts, chat_id, tapped, done)
    outcome = Outcome(done.language, done.card_message_id, (done.card,))
    return [_marked(texts, done, one) for one in replies(texts, chat_id, tapped, outcome)]


def _complete(
    texts: Texts, chat_id: int, tapped: TappedMessage | None, done: KeyedIn
) -> list[Outgoing]:
    text = texts.say("kertas_selesai", done.language, nama=done.name)
    more = Button(
        texts.plain("tombol_lembar_berikut", done.language), class_data("keyin", done.training_id)
    )
    card = ShowCard(chat_id, Screen(text, ((more,),)), retire=done.card_message_id)
    return [card] if tapped is None else [AnswerTap(tapped.query_id), card]


def _marked(texts: Texts, done: KeyedIn, outgoing: Outgoing) -> Outgoing:
    if not isinstance(outgoing, ShowCard | SendMessage):
        return outgoing
    mark = texts.say("kertas_tanda", done.language, nama=done.name)
    text = shortened(f"{mark}\n{outgoing.screen.text}", LONGEST_TEXT)
    kept = (
        tuple(
            replace(button, data=KEYED + button.data.removeprefix(ANSWER))
            for button in row
            if button.data.startswith(ANSWER)
        )
        for row in outgoing.screen.buttons
    )
    stop = Button(
        texts.plain("tombol_lanjut_nanti", done.language), class_data("keystop", done.training_id)
    )
    return replace(outgoing, screen=Screen(text, (*(row for row in kept if row), (stop,))))
