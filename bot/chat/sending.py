"""One Outgoing value becomes its calls of the Bot API; what Telegram answers is translated here, once.

1. "message is not modified" is success, a tap too old to be answered still counted, a card that is gone is sent anew.
2. What did not arrive is raised: Unreachable (blocked, deleted), TryLater (flood-wait, no connection: surely not sent),
   Unconfirmed (a time-out, a 500 or 502: nothing is known).
3. Anything else Telegram refuses is our mistake: it is logged without its text, and raised as DeliveryError.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar, assert_never

from telegram import (
    Bot,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.chat.outgoing import (
    AnswerTap,
    EditMessage,
    LeaveChat,
    Outgoing,
    Rows,
    Screen,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMenu,
    ShowCard,
    ShowClassCard,
)
from bot.chat.request import FloodWait
from bot.errors import DeliveryError, TryLater, Unconfirmed, Unreachable

T = TypeVar("T")
LOG = logging.getLogger(__name__)
NOT_CONNECTED_SECONDS = 0.5  # below every flood-wait, which is of whole seconds
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
Counted = Callable[[], Awaitable[None]]  # awaited before each new message


async def send(bot: Bot, outgoing: Outgoing, counted: Counted) -> int | None:
    """The id of the new card, of a survey or of a class, when one was sent."""
    match outgoing:
        case ShowCard():
            return await _card(bot, outgoing, counted)
        case ShowClassCard():
            await counted()
            return await _new(bot, SendMessage(outgoing.chat_id, outgoing.screen))
        case EditMessage():
            await _edit(bot, outgoing)
        case AnswerTap():
            await _answer_tap(bot, outgoing)
        case SendMessage() | SendPhoto() | SendDocument():
            await counted()
            await _new(bot, outgoing)
        case SetMenu():
            await _set_menu(bot, outgoing)
        case LeaveChat():
            await _call(bot.leave_chat(outgoing.chat_id))
        case _:
            assert_never(outgoing)
    return None


async def _card(bot: Bot, card: ShowCard, counted: Counted) -> int | None:
    if card.edit is not None:
        try:
            await _edit(bot, EditMessage(card.chat_id, card.edit, card.screen))
        except _Gone:
            pass
        else:
            return None
    await counted()
    sent = await _new(bot, SendMessage(card.chat_id, card.screen))
    if card.retire is not None:
        await _retire(bot, card.chat_id, card.retire)
    return sent


async def _new(bot: Bot, outgoing: SendMessage | SendPhoto | SendDocument) -> int:
    match outgoing:
        case SendMessage():
            call = bot.send_message(
                outgoing.chat_id,
                outgoing.screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(outgoing.screen),
                link_preview_options=NO_PREVIEW,
            )
        case SendPhoto():
            call = bot.send_photo(
                outgoing.chat_id,
                InputFile(outgoing.picture, filename=outgoing.filename),
                caption=outgoing.caption or None,
                parse_mode=ParseMode.HTML if outgoing.caption else None,
            )
        case SendDocument():
            call = bot.send_document(
                outgoing.chat_id,
                InputFile(outgoing.content, filename=outgoing.filename),
                caption=outgoing.caption or None,
                parse_mode=ParseMode.HTML if outgoing.caption else None,
            )
    return (await _call(call)).message_id


async def _edit(bot: Bot, edit: EditMessage) -> None:
    try:
        await bot.edit_message_text(
            edit.screen.text,
            chat_id=edit.chat_id,
            message_id=edit.message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(edit.screen.buttons),
            link_preview_options=NO_PREVIEW,
        )
    except TelegramError as refused:
        if not _is(refused, "message is not modified"):
            raise translated(refused) from refused


async def _answer_tap(bot: Bot, answer: AnswerTap) -> None:
    """Only stops the spinner: whatever Telegram refuses, the tap itself counted."""
    try:
        await bot.answer_callback_query(
            answer.query_id, text=answer.text or None, show_alert=answer.alert or None
        )
    except BadRequest as refused:
        if not _is(refused, "query is too old"):
            LOG.warning("a tap was not answered: %s", type(refused).__name__)
    except TelegramError as broken:
        raise translated(broken) from broken


async def _retire(bot: Bot, chat_id: int, message_id: int) -> None:
    """The older card loses its buttons. If that fails, old buttons are answered politely anyway."""
    try:
        await bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id)
    except TelegramError as refused:
        LOG.debug("an old card kept its buttons: %s", type(refused).__name__)


async def _set_menu(bot: Bot, outgoing: SetMenu) -> None:
    scope = BotCommandScopeChat(outgoing.chat_id)
    for language, menu in outgoing.menus:
        spoken = language or None
        if menu:
            await _call(bot.set_my_commands(menu, scope=scope, language_code=spoken))
        else:
            await _call(bot.delete_my_commands(scope=scope, language_code=spoken))


async def _call(awaitable: Awaitable[T]) -> T:
    try:
        return await awaitable
    except TelegramError as refused:
        raise translated(refused) from refused


class _Gone(DeliveryError):
    """The message to edit is not there any more."""


def translated(refused: TelegramError) -> DeliveryError:
    match refused:
        case FloodWait():
            return TryLater(refused.after)
        case Forbidden() | ChatMigrated():
            return Unreachable(str(refused))
        case TimedOut():
            return Unconfirmed(str(refused))
        case BadRequest():
            return _bad_request(refused)
        case NetworkError():
            return TryLater(NOT_CONNECTED_SECONDS)
        case _:
            return DeliveryError(type(refused).__name__)


def _bad_request(refused: BadRequest) -> DeliveryError:
    if _is(refused, "chat not found"):
        return Unreachable(str(refused))
    if _is(refused, *GONE):
        return _Gone(str(refused))
    # Telegram's words here are about our markup, never about a person.
    return DeliveryError(str(refused))


def _is(refused: TelegramError, *beginnings: str) -> bool:
    return str(refused).lower().startswith(beginnings)


def _markup(screen: Screen) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """Of a new message; only such a one can ask for a contact."""
    if not screen.ask_contact:
        return _keyboard(screen.buttons)
    key = KeyboardButton(screen.ask_contact, request_contact=True)
    return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    button.label, callback_data=button.data or None, url=button.url or None
                )
                for button in row
            ]
            for row in rows
        ]
    )
