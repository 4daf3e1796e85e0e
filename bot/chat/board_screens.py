"""How the sending goes, as whoever confirmed it sees it. Pure: a Board becomes text and buttons."""

from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.round_buttons import RoundAction, encode
from bot.chat.texts import Texts
from bot.fieldwork.boards import Board, State

BUTTONS: dict[State, tuple[tuple[RoundAction, str], ...]] = {
    "sending": (("pause", "tombol_jeda_kirim"), ("halt", "tombol_hentikan")),
    "waiting": (("pause", "tombol_jeda_kirim"), ("halt", "tombol_hentikan")),
    "paused": (("resume", "tombol_lanjut_mengirim"), ("stop", "tombol_ya_hentikan")),
    "stopped": (),
    "done": (),
}


def board(texts: Texts, shown: Board) -> Screen:
    language = shown.language
    kind = texts.plain(f"putaran_{shown.kind}", language)
    lines = [
        texts.say("papan_judul", language, putaran=kind, judul=shown.title),
        texts.say(
            _key(shown), language, terkirim=shown.sent, semua=shown.all,
            sisa=shown.left, dihentikan=shown.stopped, mulai=shown.next_at or "",
        ),
    ]  # fmt: skip
    if shown.failed:
        lines.append(texts.say("papan_gagal", language, n=shown.failed))
    if shown.too_late:
        lines.append(texts.say("papan_terlambat", language, n=shown.too_late))
    if shown.needless:
        lines.append(texts.say("papan_tidak_perlu", language, n=shown.needless))
    return Screen("\n".join(lines), _buttons(texts, shown))


def _key(shown: Board) -> str:
    return "papan_paused_semua" if _only_reminders_wait(shown) else f"papan_{shown.state}"


def _only_reminders_wait(shown: Board) -> bool:
    return shown.state == "paused" and not shown.left


def _buttons(texts: Texts, shown: Board) -> Rows:
    row = tuple(
        Button(
            texts.plain(key, shown.language), encode(action, shown.training_id, shown.round_id, 1)
        )
        for action, key in BUTTONS[shown.state]
        if not (action == "stop" and _only_reminders_wait(shown))  # nothing is left to be stopped
    )
    if row:
        return (row,)
    label = texts.plain("tombol_status", shown.language)
    return ((Button(label, encode("status", shown.training_id)),),)
