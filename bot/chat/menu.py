"""The command menu that Telegram shows: participants' by default, staff's in their own chats, in the phone's language."""

import logging
from collections.abc import Iterable

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.desk import Desk
from bot.chat.outgoing import SetMenu
from bot.chat.sending import send
from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.errors import DeliveryError
from bot.fieldwork import staff
from bot.fieldwork.permits import Role

LOG = logging.getLogger(__name__)

PARTICIPANT = (
    "lanjut",
    "jawaban",
    "bantuan",
    "bahasa",
    "batal",
    "berhenti",
    "datasaya",
    "koreksi",
    "hapus",
)
COORDINATOR = (
    "pelatihan",
    "bukakelas",
    "tindaklanjut",
    "status",
    "laporan",
    "jelaskan",
    "pindahakun",
    "formulir",
)
ADMINISTRATOR = ("ringkasan", "banding", "ekspor", "petugas", "permintaan", "audit")


async def offer(bot: Bot, desk: Desk) -> None:
    """At the start. Each on its own: one colleague who has not pressed Start yet must not cost the others theirs."""
    for code, menu in _menus(PARTICIPANT, desk.texts):
        try:
            await bot.set_my_commands(menu, language_code=code or None)
        except TelegramError as refused:
            LOG.warning("a command menu was not set: %s", type(refused).__name__)
    for one in await desk.run(staff.everybody, desk.named):
        try:
            await send(bot, menu_of(desk.texts, one.chat_id, one.role), _at_once)
        except DeliveryError as refused:
            LOG.warning("a command menu of staff was not set: %s", type(refused).__name__)


def menu_of(texts: Texts, chat_id: int, role: Role | None) -> SetMenu:
    """None: no longer staff, so everybody's menu again."""
    return SetMenu(chat_id, _menus(staff_names(role) if role else (), texts))


def staff_names(role: Role) -> tuple[str, ...]:
    return (*COORDINATOR, *(ADMINISTRATOR if role == "administrator" else ()), *PARTICIPANT)


def commands(names: Iterable[str], texts: Texts, language: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, texts.plain(f"perintah_{name}", language)) for name in names)


def _menus(
    names: tuple[str, ...], texts: Texts
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Without a language code for every phone that speaks none of ours."""
    return tuple(
        ("" if language == DEFAULT_LANGUAGE else language, commands(names, texts, language))
        for language in texts.languages()
    )


async def _at_once() -> None:
    """It is no message, so no limit counts it."""
