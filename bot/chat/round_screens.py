"""One round on the coordinator's screen: how it stands, what a change would mean, what happened. Pure."""

from datetime import date

from babel.dates import format_date

from bot.chat.ledger_screens import round_lines
from bot.chat.outgoing import Button, Screen
from bot.chat.round_buttons import ASKS, RoundAction, encode
from bot.chat.staff_buttons import encode as encode_training
from bot.chat.texts import Texts
from bot.fieldwork.follow_ups import FOLLOW_UP
from bot.fieldwork.round_changes import RoundPage

# What may be done in which state, and the button for it.
CHANGES: dict[str, tuple[tuple[RoundAction, str], ...]] = {
    "planned": (("giveup", "tombol_urungkan"),),
    "open": (("extend", "tombol_putaran_lebih_lama"), ("close", "tombol_tutup")),
    "closed": (("reopen", "tombol_buka_kembali"),),
    "given_up": (("planagain", "tombol_rencanakan_lagi"),),
}


PAUSING: dict[bool, tuple[RoundAction, str]] = {
    False: ("pause", "tombol_jeda_putaran"),
    True: ("resume", "tombol_lanjut_mengirim"),
}


def page(texts: Texts, shown: RoundPage) -> Screen:
    """With what was done, if anything was."""
    language = shown.language
    parts = [shown.training.title, round_lines(texts, language, shown.training, shown.status)]
    if shown.done:
        parts.insert(0, _said(texts, shown, f"putaran_kini_{shown.done}"))
    rows = [(_button(texts, shown, action, ASKS, key),) for action, key in CHANGES[_state(shown)]]
    if shown.round.state == "closed" and shown.round.opened_at is not None:
        rows.append((_button(texts, shown, "news", 0, "tombol_kabar"),))
    if shown.round.state == "open":
        action, key = PAUSING[shown.round.paused_at is not None]
        rows.append((_button(texts, shown, action, 1, key),))
    if shown.round.kind == FOLLOW_UP and shown.round.opened_at is None:
        label = texts.plain("tombol_tindak_lanjut", language)
        rows.append((Button(label, encode_training("preview", shown.training.id)),))
    return Screen("\n\n".join(parts), (*rows, _to_status(texts, shown)))


def asked(texts: Texts, action: RoundAction, shown: RoundPage) -> Screen:
    """What it would mean; the buttons do it."""
    if action not in {allowed for allowed, _ in CHANGES[_state(shown)]}:
        return page(texts, shown)
    said = _said(texts, shown, f"putaran_arti_{action}")
    rows: list[tuple[Button, ...]] = []
    if action in {"extend", "reopen"}:
        for ending in shown.endings:
            day = _short(ending.on, shown.language)
            rows.append((_button(texts, shown, action, ending.extended_by, "tombol_sampai", day),))
    else:
        rows.append((_button(texts, shown, action, 1, f"tombol_ya_{action}"),))
    rows.append((_button(texts, shown, "round", 0, "tombol_kembali"),))
    return Screen(said, tuple(rows))


def _said(texts: Texts, shown: RoundPage, key: str) -> str:
    status, training = shown.status, shown.training
    return texts.say(
        key, shown.language, judul=training.title,
        putaran=texts.plain(f"putaran_{shown.round.kind}", shown.language),
        tgl_buka=training.day(shown.round.opens_at), tgl_tutup=training.day(shown.round.closes_at),
        lengkap=status.complete, belum=status.issued - status.complete, mulai=status.partly,
        pesan=shown.live_contacts,
    )  # fmt: skip


def _state(shown: RoundPage) -> str:
    found = shown.round
    return "given_up" if found.closed_at is not None and found.opened_at is None else found.state


def _button(
    texts: Texts, shown: RoundPage, action: RoundAction, number: int, key: str, *day: str
) -> Button:
    label = texts.plain(key, shown.language, **({"tgl": day[0]} if day else {}))
    return Button(label, encode(action, shown.training.id, shown.round.id, number))


def _to_status(texts: Texts, shown: RoundPage) -> tuple[Button, ...]:
    return (
        Button(texts.plain("tombol_status", shown.language), encode("status", shown.training.id)),
    )


def _short(day: date, language: str) -> str:
    return format_date(day, "EEE d MMM", locale=language)
