"""Moving people to their new accounts. A handler awaits one transaction and returns what to show, in every chat concerned."""

from collections.abc import Callable
from functools import partial

from telegram import Update

from bot.chat import walk_in_screens
from bot.chat.class_buttons import ClassPress
from bot.chat.desk import Desk
from bot.chat.handlers.staff_only import answered, in_place, visit_of
from bot.chat.outgoing import Outgoing, Screen, SendMessage
from bot.chat.screens import choice_rows
from bot.fieldwork import relinking
from bot.fieldwork.records import Choice
from bot.fieldwork.relinking import Settled
from bot.fieldwork.staff import Asked


async def on_moves(desk: Desk, update: Update) -> list[Outgoing]:
    """/pindahakun."""
    draw = partial(walk_in_screens.moves, desk.texts)
    return await answered(desk, update, Asked("list moves"), relinking.waiting, draw)


async def on_move(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(relinking.move, relink_id=press.one)
    asked = Asked("move account", press.training_id)
    return await answered(desk, update, asked, event, _settled(desk, update))


async def on_keep(desk: Desk, update: Update, press: ClassPress) -> list[Outgoing]:
    event = partial(relinking.decline, relink_id=press.one)
    asked = Asked("refuse move", press.training_id)
    return await answered(desk, update, asked, event, _settled(desk, update))


def _settled(desk: Desk, update: Update) -> Callable[[Settled], list[Outgoing]]:
    def draw(done: Settled) -> list[Outgoing]:
        texts, key = desk.texts, "pindah_selesai" if done.moved else "pindah_ditolak"
        own = Screen(texts.say(key, done.language, nama=done.name))
        shown = in_place(update, visit_of(desk, update), own)[-1:]
        return [*shown, *_told(desk, done)]

    return draw


def _told(desk: Desk, done: Settled) -> list[Outgoing]:
    texts, contact = desk.texts, desk.study.office.coordinator_contact
    if not done.moved:
        text = texts.say("pindah_tidak_jadi", done.new_language, kontak_koordinator=contact)
        return [SendMessage(done.new_chat, Screen(text))]
    go_on = choice_rows(
        texts, done.new_language, (Choice("continue", key="tombol_lanjutkan_survei"),)
    )
    text = texts.say("pindah_akun_baru", done.new_language, nama=done.name)
    told: list[Outgoing] = [SendMessage(done.new_chat, Screen(text, go_on))]
    if done.old_chat is not None:
        words = {"nama": done.name, "kontak_koordinator": contact}
        old = texts.say("pindah_akun_lama", done.old_language or "id", **words)
        told.append(SendMessage(done.old_chat, Screen(old)))
    return told
