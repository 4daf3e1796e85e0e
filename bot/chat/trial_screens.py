"""A trial as its colleague sees it: the card of a respondent, marked, with buttons that reach no survey. Pure.

A card is drawn by the same code as a respondent's. Its answer buttons `a:` become `c:`; the others, which would pause or
open a real survey, give way to "Selesai mencoba".
"""

from dataclasses import replace

from bot.chat.buttons import AnswerButton, decode
from bot.chat.form_buttons import FormAction, encode_form
from bot.chat.handlers.participant_replies import (
    TappedMessage,
    of_no_account,
    replies,
)
from bot.chat.outgoing import AnswerTap, Button, Outgoing, Rows, Screen, SendMessage, ShowCard
from bot.chat.screens import LONGEST_TEXT
from bot.chat.shortening import shortened
from bot.chat.texts import Texts
from bot.fieldwork.records import Outcome
from bot.fieldwork.trying_out import Trial

ANSWER, TRIED = "a:", "c:"


def decode_trial(data: str) -> AnswerButton | None:
    if not data.startswith(TRIED):
        return None
    found = decode(ANSWER + data.removeprefix(TRIED))
    return found if isinstance(found, AnswerButton) else None


def trial_begun(texts: Texts, chat_id: int, trial: Trial) -> list[Outgoing]:
    """Below the report, which stays: what a trial is, then the first card."""
    intro = texts.say("coba_mulai", trial.language, judul=trial.title)
    if trial.samples:
        told = "; ".join(f"{name} = {value or '-'}" for name, value in trial.samples.items())
        intro = f"{intro}\n\n{texts.say('coba_contoh', trial.language, isian=told)}"
    first = SendMessage(chat_id, Screen(shortened(intro, LONGEST_TEXT)))
    return [first, *trial_shown(texts, chat_id, None, trial)]


def trial_shown(
    texts: Texts, chat_id: int, tapped: TappedMessage | None, trial: Trial
) -> list[Outgoing]:
    if trial.card is None:
        return _over(texts, chat_id, tapped, trial)
    outcome = Outcome(trial.language, trial.card_message_id, (trial.card,))
    return [_marked(texts, trial, one) for one in replies(texts, chat_id, tapped, outcome)]


def _over(texts: Texts, chat_id: int, tapped: TappedMessage | None, trial: Trial) -> list[Outgoing]:
    text = texts.say("coba_selesai", trial.language, judul=trial.title, jumlah=trial.answered)
    actions: tuple[tuple[str, FormAction], ...] = (
        ("tombol_coba_lagi", "try"), ("tombol_terbitkan", "publish"), ("tombol_batal", "drop"),
    )  # fmt: skip
    rows = tuple(
        (Button(texts.plain(key, trial.language), encode_form(action, trial.draft_id)),)
        for key, action in actions
    )
    card = ShowCard(chat_id, Screen(text, rows), retire=trial.card_message_id)
    if tapped is None:
        return [card]
    if tapped.message_id is not None and tapped.message_id == trial.card_message_id:
        card = replace(card, edit=tapped.message_id, retire=None)
    return [AnswerTap(tapped.query_id), card]


def _marked(texts: Texts, trial: Trial, outgoing: Outgoing) -> Outgoing:
    if not isinstance(outgoing, ShowCard | SendMessage):
        return outgoing
    if isinstance(outgoing, ShowCard):
        outgoing = of_no_account(outgoing)
    mark = texts.say("coba_tanda", trial.language)
    text = shortened(f"{mark}\n{outgoing.screen.text}", LONGEST_TEXT)
    rows = (*_tried(outgoing.screen.buttons), (_ending(texts, trial),))
    return replace(outgoing, screen=Screen(text, rows))


def _tried(rows: Rows) -> Rows:
    kept = (
        tuple(
            replace(button, data=TRIED + button.data.removeprefix(ANSWER))
            for button in row
            if button.data.startswith(ANSWER)
        )
        for row in rows
    )
    return tuple(row for row in kept if row)


def _ending(texts: Texts, trial: Trial) -> Button:
    label = texts.plain("tombol_selesai_mencoba", trial.language)
    return Button(label, encode_form("end", trial.draft_id))
