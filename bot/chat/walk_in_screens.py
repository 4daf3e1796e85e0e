"""What a coordinator sees of those who came without being listed: who waits, whom they may be, what was matched. Pure."""

from bot.chat.class_buttons import ClassAction, class_data
from bot.chat.outgoing import Button, Rows, Screen, SendMessage
from bot.chat.screens import LONGEST_TEXT, choice_rows
from bot.chat.shortening import shortened
from bot.chat.texts import Texts
from bot.fieldwork.matching import Matched, Proposal, WaitingList
from bot.fieldwork.records import Notify
from bot.fieldwork.relinking import Waiting

MOST_BUTTONS = 40
LABEL_LENGTH = 48

MOVES: tuple[tuple[str, ClassAction], ...] = (
    ("tombol_pindahkan", "move"),
    ("tombol_jangan_pindah", "keep"),
)
BELOW_CANDIDATES: tuple[tuple[str, ClassAction], ...] = (
    ("tombol_cari_nama", "search"),
    ("tombol_peserta_tambahan", "extra"),
    ("tombol_kembali", "walkins"),
)
ABOUT: dict[str, tuple[tuple[str, ClassAction], ...]] = {
    "relink": MOVES,
    "superior": (
        ("tombol_atasan_tetap", "supkeep"),
        ("tombol_atasan_baru", "supnew"),
        ("tombol_atasan_tidak_ada", "supnone"),
    ),
    "missing": (("tombol_kelas_langsung", "watch"),),
    "walk_ins": (("tombol_cocokkan", "walkins"), ("tombol_kelas_langsung", "watch")),
}


def waiting(texts: Texts, found: WaitingList) -> Screen:
    language, title = found.language, found.training.full_title
    if not found.waiting:
        return Screen(texts.say("tamu_tidak_menunggu", language, judul=title))
    rows: Rows = tuple(
        (_named(one.name, one.unit, class_data("walkin", found.training.id, one.person_id)),)
        for one in found.waiting[:MOST_BUTTONS]
    )
    text = texts.say("tamu_daftar", language, judul=title, n=len(found.waiting))
    return Screen(text, rows)


def proposed(texts: Texts, found: Proposal) -> Screen:
    language, training_id = found.language, found.training.id
    who = found.walk_in
    words = {"nama": who.name, "unit": who.unit or "-"}
    lines = [texts.say("tamu_siapa", language, **words)]
    if found.candidates:
        lines.append(texts.say("tamu_usulan", language))
    elif found.is_search:
        lines.append(texts.say("tamu_cari", language))
    else:
        lines.append(texts.say("tamu_tanpa_usulan", language))
    rows: list[tuple[Button, ...]] = [
        (
            _named(
                one.name, one.unit, class_data("match", training_id, who.person_id, one.person_id)
            ),
        )
        for one in found.candidates
    ]
    for key, action in BELOW_CANDIDATES:
        data = class_data(action, training_id, who.person_id)
        rows.append((Button(texts.plain(key, language), data),))
    return Screen("\n\n".join(lines), tuple(rows))


def matched(texts: Texts, done: Matched) -> Screen:
    language, training_id = done.language, done.training.id
    text = texts.say("tamu_dicocokkan", language, datang=done.came_as, nama=done.name, n=done.left)
    undo = Button(
        texts.plain("tombol_urungkan_cocok", language),
        class_data("undo", training_id, done.match_id),
    )
    more = Button(texts.plain("tombol_cocokkan_lagi", language), class_data("walkins", training_id))
    return Screen(text, ((more,), (undo,)) if done.left else ((undo,),))


def moves(texts: Texts, found: Waiting) -> Screen:
    language = found.language
    if not found.requests:
        return Screen(texts.say("pindah_kosong", language))
    lines, rows = [texts.say("pindah_judul", language)], []
    for one in found.requests[: MOST_BUTTONS // 2]:
        words = {"nama": one.name, "unit": one.unit or "-", "judul": one.training_title}
        lines.append(texts.say("pindah_baris", language, **words))
        for key, action in MOVES:
            label = texts.plain(f"{key}_nama", language, nama=one.name)
            rows.append(
                (Button(label[:LABEL_LENGTH], class_data(action, one.training_id, one.id)),)
            )
    return Screen(shortened("\n".join(lines), LONGEST_TEXT), tuple(rows))


def noticed(texts: Texts, note: Notify) -> SendMessage:
    """A message to somebody of the office, or to another account, brought about by a participant."""
    text = texts.say(note.key, note.language, **note.arguments)
    more = choice_rows(texts, note.language, note.choices)
    rows: Rows = tuple(
        (Button(texts.plain(key, note.language), class_data(action, note.training_id, note.one)),)
        for key, action in ABOUT.get(note.about, ())
    )
    return SendMessage(note.chat_id, Screen(shortened(text, LONGEST_TEXT), (*rows, *more)))


def _named(name: str, unit: str, data: str) -> Button:
    label = f"{name} - {unit}" if unit else name
    cut = label if len(label) <= LABEL_LENGTH else f"{label[: LABEL_LENGTH - 1].rstrip()}…"
    return Button(cut, data)
