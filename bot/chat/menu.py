"""The command menu that Telegram shows: participants' by default, staff's in their own chats. A failure is only logged."""

import logging
from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.chat.desk import Desk
from bot.chat.texts import DEFAULT_LANGUAGE, Texts

LOG = logging.getLogger(__name__)

PARTICIPANT = ("lanjut", "bantuan", "bahasa", "berhenti", "datasaya", "koreksi", "hapus")
COORDINATOR = ("pelatihan", "tindaklanjut")
ADMINISTRATOR = ("ringkasan",)


async def offer(bot: Bot, desk: Desk) -> None:
    try:
        for language in desk.texts.languages():
            spoken = None if language == DEFAULT_LANGUAGE else language
            await bot.set_my_commands(
                commands(PARTICIPANT, desk.texts, language), language_code=spoken
            )
        for chat in desk.admins | desk.coordinators:
            names = staff_names(chat in desk.coordinators, chat in desk.admins)
            await bot.set_my_commands(
                commands(names, desk.texts, DEFAULT_LANGUAGE), scope=BotCommandScopeChat(chat)
            )
    except TelegramError as refused:
        LOG.warning("the command menu was not set: %s", type(refused).__name__)


def staff_names(coordinates: bool, administers: bool) -> tuple[str, ...]:
    return (
        *(COORDINATOR if coordinates or administers else ()),
        *(ADMINISTRATOR if administers else ()),
        *PARTICIPANT,
    )


def commands(names: Iterable[str], texts: Texts, language: str) -> list[BotCommand]:
    return [BotCommand(name, texts.plain(f"perintah_{name}", language)) for name in names]
