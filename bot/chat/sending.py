"""One Outgoing value becomes its calls of the Bot API; what Telegram answers is translated here, once.

1. "message is not modified" is success, a tap too old to be answered still counted, a card that is gone is sent anew.
2. What did not arrive is raised: Unreachable (blocked, deleted), TryLater (flood-wait, no connection: surely not sent),
   Unconfirmed (a time-out, a 500 or 502: nothing is known).
3. Anything else Telegram refuses is our mistake: it is logged without its text, and raised as DeliveryError.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar, assert_never

from telegram import Bot, BotCommandScopeChat, InputFile
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
    Button,
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
from bot.chat.request import FloodWait, bare_call
from bot.errors import DeliveryError, TryLater, Unconfirmed, Unreachable

T = TypeVar("T")
LOG = logging.getLogger(__name__)
NOT_CONNECTED_SECONDS = 0.5  # below every flood-wait, which is of whole seconds
NO_PREVIEW = json.dumps({"is_disabled": True})
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
            said = _written(outgoing.chat_id, outgoing.screen, _markup(outgoing.screen))
            sent = await _call(bare_call(bot, "sendMessage", said))
            return int(sent["message_id"])
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
    said = _written(edit.chat_id, edit.screen, _keyboard(edit.screen.buttons))
    try:
        await bare_call(bot, "editMessageText", {**said, "message_id": str(edit.message_id)})
    except TelegramError as refused:
        if not _is(refused, "message is not modified"):
            raise translated(refused) from refused


async def _answer_tap(bot: Bot, answer: AnswerTap) -> None:
    """Only stops the spinner: whatever Telegram refuses, the tap itself counted."""
    said = {"callback_query_id": answer.query_id}
    if answer.text:
        said["text"] = answer.text
    if answer.alert:
        said["show_alert"] = "true"
    try:
        await bare_call(bot, "answerCallbackQuery", said)
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


def _written(chat_id: int, screen: Screen, markup: str) -> Mapping[str, str]:
    """The parameters of a text, new or edited."""
    said = {
        "chat_id": str(chat_id), "text": screen.text, "parse_mode": ParseMode.HTML.value,
        "link_preview_options": NO_PREVIEW,
    }  # fmt: skip
    return {**said, "reply_markup": markup} if markup else said


def _markup(screen: Screen) -> str:
    """Of a new message; only such a one can ask for a contact."""
    if not screen.ask_contact:
        return _keyboard(screen.buttons)
    key = {"text": screen.ask_contact, "request_contact": True}
    return json.dumps({"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True})


def _keyboard(rows: Rows) -> str:
    if not rows:
        return ""
    return json.dumps({"inline_keyboard": [[_button(one) for one in row] for row in rows]})


def _button(button: Button) -> Mapping[str, str]:
    opens = {"url": button.url} if button.url else {"callback_data": button.data}
    return {"text": button.label, **opens}
