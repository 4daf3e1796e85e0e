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
    for language in desk.texts.languages():
        spoken = None if language == DEFAULT_LANGUAGE else language
        await _set(bot, commands(PARTICIPANT, desk.texts, language), language_code=spoken)
    for chat in sorted(desk.admins | desk.coordinators):
        names = staff_names(chat in desk.coordinators, chat in desk.admins)
        menu = commands(names, desk.texts, DEFAULT_LANGUAGE)
        await _set(bot, menu, scope=BotCommandScopeChat(chat))


async def _set(
    bot: Bot,
    menu: list[BotCommand],
    scope: BotCommandScopeChat | None = None,
    language_code: str | None = None,
) -> None:
    """Each on its own: one colleague who has not pressed Start yet must not cost the others theirs."""
    try:
        await bot.set_my_commands(menu, scope=scope, language_code=language_code)
    except TelegramError as refused:
        LOG.warning("a command menu was not set: %s", type(refused).__name__)


def staff_names(coordinates: bool, administers: bool) -> tuple[str, ...]:
    return (
        *(COORDINATOR if coordinates or administers else ()),
        *(ADMINISTRATOR if administers else ()),
        *PARTICIPANT,
    )


def commands(names: Iterable[str], texts: Texts, language: str) -> list[BotCommand]:
    return [BotCommand(name, texts.plain(f"perintah_{name}", language)) for name in names]
