"""Whose superior must be confirmed, as the coordinator sees it. Pure."""

from bot.chat.class_buttons import class_data
from bot.chat.outgoing import Button, Screen
from bot.chat.texts import Texts
from bot.chat.walk_in_screens import ABOUT
from bot.fieldwork.confirming import Waiting

MOST_SHOWN = 10  # messages at once


def waiting(texts: Texts, found: Waiting) -> list[Screen]:
    """One message an alumnus, each with its buttons."""
    if not found.unsure:
        return [Screen(texts.say("atasan_semua_pasti", found.language))]
    return [
        Screen(
            texts.say(
                "atasan_pastikan", found.language, nama=one.alumnus, unit=one.unit or "-",
                atasan=one.superior,
            ),
            tuple(
                (Button(texts.plain(key, found.language), class_data(action, found.training.id, one.alumnus_id)),)
                for key, action in ABOUT["superior"]
            ),
        )
        for one in found.unsure[:MOST_SHOWN]
    ]  # fmt: skip


def name_wanted(texts: Texts, found: Waiting) -> Screen:
    (one,) = found.unsure
    return Screen(texts.say("atasan_tulis", found.language, nama=one.alumnus))


def settled(texts: Texts, found: Waiting) -> Screen:
    """Also to a second tap, which settles nothing."""
    if not found.settled:
        return waiting(texts, found)[0]
    text = texts.say("atasan_selesai", found.language, nama=found.settled)
    if not found.unsure:
        return Screen(text)
    left = texts.plain("tombol_atasan_menunggu", found.language, n=len(found.unsure))
    return Screen(text, ((Button(left, class_data("supwait", found.training.id)),),))
