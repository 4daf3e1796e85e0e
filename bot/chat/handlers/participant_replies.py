"""From an Outcome of fieldwork to Outgoing values. Pure.

1. At most one message of a chat has live buttons: the card. After a tap on it a single reaction edits it in place; anything
   else is a new message, and the old card loses its buttons.
2. A tap on an older message is answered with a notice, and the present card comes again below, where it can be found.
"""

from dataclasses import dataclass, replace

from bot.chat.my_data import my_data_page
from bot.chat.notices import ALERTS
from bot.chat.outgoing import AnswerTap, Outgoing, Screen, SendDocument, SendMessage, ShowCard
from bot.chat.screens import alerted, drawn, said
from bot.chat.texts import Texts
from bot.chat.walk_in_screens import noticed
from bot.fieldwork.records import Card, File, MyData, Notify, Outcome, Posed, Say, Shown
from bot.survey.prompts import Ask, Notice, Review


@dataclass(frozen=True, slots=True)
class TappedMessage:
    """Where a tap came from."""

    query_id: str
    message_id: int | None  # None when Telegram no longer knows it


def replies(
    texts: Texts, chat_id: int, tapped: TappedMessage | None, outcome: Outcome
) -> list[Outgoing]:
    notes = [noticed(texts, one) for one in outcome.reactions if isinstance(one, Notify)]
    kept = tuple(one for one in outcome.reactions if not isinstance(one, Notify))
    return [*_here(texts, chat_id, tapped, outcome, kept), *notes]


def _here(
    texts: Texts,
    chat_id: int,
    tapped: TappedMessage | None,
    outcome: Outcome,
    kept: tuple[Shown, ...],
) -> list[Outgoing]:
    """In the chat that the update came from."""
    alert, reactions = _alert(texts, outcome.language, kept, tapped)
    answered = [] if tapped is None else [AnswerTap(tapped.query_id, alert)]
    outgoing: list[Outgoing] = [
        _sent(texts, chat_id, outcome.language, one) for one in reactions[:-1]
    ]
    if reactions:
        asks = isinstance(reactions[-1], Say) and bool(reactions[-1].ask_contact)
        on_the_card = tapped is not None and len(reactions) == 1 and not asks
        where = _place(tapped, outcome.card_message_id) if on_the_card else None
        shown = _last(
            texts, chat_id, outcome, reactions[-1], where=where, after_tap=tapped is not None
        )
        if where is not None and not alert:
            return [shown, *answered]  # the next question is what the person waits for
        outgoing.append(shown)
    return [*answered, *outgoing]


def _place(tapped: TappedMessage | None, card: int | None) -> int | None:
    """The message to edit: the tapped one, if it is the card."""
    at = tapped.message_id if tapped is not None else None
    return at if card is None or at == card else None


def _last(
    texts: Texts,
    chat_id: int,
    outcome: Outcome,
    last: Shown,
    *,
    where: int | None,
    after_tap: bool,
) -> Outgoing:
    if isinstance(last, File | MyData):
        return _sent(texts, chat_id, outcome.language, last)
    screen = _screen(texts, outcome.language, last, after_tap=after_tap)
    posed = _posed(last)
    if where is not None:
        return ShowCard(chat_id, screen, edit=where, posed=posed)
    if isinstance(last, Say) and not last.choices:
        return SendMessage(chat_id, screen)  # a remark; the card keeps its buttons
    return ShowCard(chat_id, screen, retire=outcome.card_message_id, posed=posed)


def _posed(last: Say | Card) -> Posed | None:
    if isinstance(last, Card) and isinstance(last.prompt, Ask):
        return Posed(last.response_id, last.revision, last.is_new)
    return None


def of_no_account(card: ShowCard) -> ShowCard:
    """Of a trial or a sheet of the office: when it has arrived, no survey of the account is the wiser."""
    posed = card.posed
    return card if posed is None else replace(card, posed=replace(posed, response_id=0))


def _sent(texts: Texts, chat_id: int, language: str, reaction: Shown) -> Outgoing:
    if isinstance(reaction, File):
        caption = texts.plain(reaction.key, language)
        return SendDocument(chat_id, reaction.content, reaction.filename, caption)
    if isinstance(reaction, MyData):
        caption = texts.plain("datasaya_berkas", language)
        page = my_data_page(texts, language, reaction)
        return SendDocument(chat_id, page, "data-saya.html", caption)
    return SendMessage(chat_id, _screen(texts, language, reaction, after_tap=False))


def _screen(texts: Texts, language: str, reaction: Say | Card, *, after_tap: bool) -> Screen:
    if isinstance(reaction, Say):
        return said(texts, language, reaction)
    return drawn(texts, reaction, after_tap=after_tap)


def _alert(
    texts: Texts, language: str, reactions: tuple[Shown, ...], tapped: TappedMessage | None
) -> tuple[str, tuple[Shown, ...]]:
    """What is said over the chat, and what is left to be shown in it."""
    if tapped is None or not reactions:
        return "", reactions
    first = reactions[0]
    if isinstance(first, Say) and first.key in ALERTS:
        notice = Notice(first.key, {name: str(word) for name, word in first.arguments.items()})
        return alerted(texts, language, notice), reactions[1:]
    held = _notice(first)
    if held is None or held.key not in ALERTS:
        return "", reactions
    return alerted(texts, language, held), reactions


def _notice(reaction: Shown) -> Notice | None:
    if isinstance(reaction, Card) and isinstance(reaction.prompt, Ask | Review):
        return reaction.prompt.notice
    return None
