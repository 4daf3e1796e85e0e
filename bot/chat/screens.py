"""From what fieldwork says to what a phone shows: text and buttons. Pure; the only place that lays out a card.

1. The first line of a card is "Bagian - ke dari sekitar dari"; then the previous answer, notes, the question in bold, the hint.
2. One option per button row. A label longer than a button shows is numbered in the text, and so is then every other one.
3. Several choices carry ☑ or ☐ and the state that a tap aims at. A range stands in two rows.
4. Whatever is piped in is escaped. A text is at most 4,096 UTF-16 units long, the notes give way first.
"""

import html
from collections.abc import Mapping

from bot.chat.answer_rows import (
    ANSWERED_BY_TAP,
    LONGEST_LABEL,
    answer_rows,
    number_of,
    taking_back,
    tap_data,
)
from bot.chat.buttons import press_data
from bot.chat.notices import notice_line
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.review_screen import review_screen
from bot.chat.shortening import clipped, shortened, units
from bot.chat.texts import Texts
from bot.fieldwork.records import Card, Choice, Say, Value
from bot.survey.prompts import COLLECTING, Ask, Awaiting, Closed, Notice, Page, Review, Thank
from bot.survey.questionnaire import Kind

LONGEST_TEXT = 4096
LONGEST_ALERT = 200
LONGEST_PREVIOUS = 80

Finishing = list[tuple[str, str, Mapping[str, Value]]]  # key, action, words
WRITTEN_SO_FAR: Finishing = [
    ("tombol_selesai_menulis", "done", {}), ("tombol_tulis_ulang", "clear", {}),
]  # fmt: skip
SPOKEN_SO_FAR: Finishing = [
    ("tombol_selesai_menulis", "done", {}), ("tombol_rekam_ulang", "clear", {}),
]  # fmt: skip
FINISHING: Mapping[Awaiting, Finishing] = {
    "skip_confirm": [("tombol_ya_lewati", "skip_yes", {}), ("tombol_saya_jawab", "skip_no", {})],
    "keep_part": [("tombol_simpan_bagian_awal", "keep_part", {})],
    "other_part": [("tombol_simpan_bagian_awal", "keep_part", {})],
    "append": [("tombol_sambung", "append", {}), ("tombol_bukan_sambungan", "back", {})],
    "more": WRITTEN_SO_FAR,
    "probe": WRITTEN_SO_FAR,
    "probed": WRITTEN_SO_FAR,
}

# How to answer what has no buttons, or buttons that do not say it. Numbers and texts: _guide.
GUIDES: Mapping[Kind, str] = {
    "date": "petunjuk_kalender", "datetime": "petunjuk_kalender_jam", "time": "petunjuk_jam",
    "rank": "petunjuk_urutkan", "audio": "petunjuk_pesan_suara", "image": "petunjuk_foto",
    "file": "petunjuk_berkas",
}  # fmt: skip


def said(texts: Texts, language: str, say: Say) -> Screen:
    spoken = say.language or language
    text = texts.say(say.key, spoken, **_arguments(texts, spoken, say)).strip()
    contact = texts.plain(say.ask_contact, spoken) if say.ask_contact else ""
    return Screen(shortened(text, LONGEST_TEXT), choice_rows(texts, spoken, say.choices), contact)


def alerted(texts: Texts, language: str, notice: Notice) -> str:
    return texts.plain(notice.key, language, **notice.arguments)[:LONGEST_ALERT]


def drawn(texts: Texts, card: Card, *, after_tap: bool) -> Screen:
    match card.prompt:
        case Ask() as ask:
            return _question(texts, card, ask, after_tap=after_tap)
        case Review() as review:
            return review_screen(texts, card, review, after_tap=after_tap)
        case Thank() | Closed():
            raise ValueError("fieldwork says the thanks and the closing itself")


def choice_rows(texts: Texts, language: str, choices: tuple[Choice, ...]) -> Rows:
    return tuple(
        (
            Button(
                choice.label or texts.plain(choice.key, language),
                press_data(choice.action, choice.id, choice.more),
            ),
        )
        for choice in choices
    )


def _arguments(texts: Texts, language: str, say: Say) -> Mapping[str, Value]:
    """A sentence within a sentence is spoken first."""
    return {
        name: texts.plain(value.key, language, **_arguments(texts, language, value))
        if isinstance(value, Say)
        else value
        for name, value in say.arguments.items()
    }


def _question(texts: Texts, card: Card, ask: Ask, *, after_tap: bool) -> Screen:
    numbered = ask.awaiting in ANSWERED_BY_TAP and any(
        units(option.label) > LONGEST_LABEL for option in ask.options
    )
    head = _head(texts, card, ask)
    below = (
        _asked(texts, card.language, ask),
        _numbered_list(ask) if numbered else "",
        notice_line(texts, card.language, ask.notice, after_tap=after_tap),
    )
    room = LONGEST_TEXT - units("\n\n".join((head, *below))) - len("\n\n")
    notes = shortened("\n\n".join(_escaped(note) for note in ask.notes), room)
    text = "\n\n".join(part for part in (head, notes, *below) if part)
    rows = (*answer_rows(texts, card, ask, numbered=numbered), *_control_rows(texts, card, ask))
    return Screen(shortened(text, LONGEST_TEXT), rows)


def _head(texts: Texts, card: Card, ask: Ask) -> str:
    language = card.language
    section = ask.section or texts.plain("bagian_umum", language)
    words: dict[str, Value] = {"bagian": section, "ke": ask.position, "dari": ask.total}
    if card.minutes_left:
        lines = [texts.say("kepala_kartu_menit", language, menit=card.minutes_left, **words)]
    else:
        lines = [texts.say("kepala_kartu", language, **words)]
    previous = ask.previous_label
    if not previous and ask.previous_missing:
        previous = texts.plain("dilewati", language)
    if previous:
        cut = clipped(" ".join(previous.split()), LONGEST_PREVIOUS)
        lines.append(texts.say("kepala_tadi", language, jawaban_sebelumnya=cut))
    return "\n".join(lines)


def _asked(texts: Texts, language: str, ask: Ask) -> str:
    lines = [f"<b>{_escaped(ask.text)}</b>"] if ask.text else []
    if ask.awaiting in {"other", "other_part"}:
        lines.append(texts.say("tulis_lainnya", language))
    elif ask.hint:
        lines.append(f"<i>{_escaped(ask.hint)}</i>")
    if guide := _guide(ask):
        lines.append(f"<i>{texts.say(guide, language)}</i>")
    if ask.ranked:
        ranking = "\n".join(
            f"{place}. {_escaped(one.label)}" for place, one in enumerate(ask.ranked, 1)
        )
        lines.append(f"{texts.say('urutan_sejauh_ini', language)}\n{ranking}")
    if ask.page:
        lines.append(_page_line(texts, language, ask.page))
    if ask.answer_label and not ask.options and not ask.awaiting:
        lines.append(texts.say("jawaban_sekarang", language, jawaban=ask.answer_label))
    if ask.proposal and not ask.options and not ask.awaiting:
        lines.append(texts.say("jawaban_usulan", language, jawaban=ask.proposal))
    return "\n".join(lines)


def _guide(ask: Ask) -> str:
    """How such a question is answered, where its buttons alone do not show it."""
    kind = ask.item.kind
    if ask.awaiting:
        return ""
    if kind == "text" and ask.takes_voice:
        return "petunjuk_suara"
    if kind in GUIDES:
        return GUIDES[kind]
    if ask.hint or ask.options:
        return ""
    return "petunjuk_tulis" if kind == "text" else "petunjuk_angka"


def _page_line(texts: Texts, language: str, page: Page) -> str:
    words = {"hal": page.number, "dari": page.count, "jumlah": page.listed}
    if page.search and page.count == 1:
        return texts.say("halaman_hasil", language, cari=page.search, jumlah=page.listed)
    if page.search:
        return texts.say("halaman_cari", language, cari=page.search, **words)
    return texts.say("halaman_daftar", language, **words)


def _numbered_list(ask: Ask) -> str:
    return "\n".join(
        f"{number_of(option, index)}. {_escaped(option.label)}"
        for index, option in enumerate(ask.options)
    )


def _control_rows(texts: Texts, card: Card, ask: Ask) -> Rows:
    """Kembali / Lewati / Jeda below, and above them what finishes this question."""

    def button(key: str, action: str, **words: Value) -> Button:
        return Button(texts.plain(key, card.language, **words), tap_data(card, ask, action))

    above = [button(key, action, **words) for key, action, words in _finishing(ask)]
    if ask.ranked and not ask.awaiting:
        above.append(taking_back(texts, card, ask))
    below = []
    if ask.awaiting != "skip_confirm":  # it has its own yes and no
        below += [button("tombol_kembali", "back")] if ask.can_back else []
        below += [button("tombol_lewati", "skip")] if ask.can_skip else []
    pause = press_data("pause", card.response_id)
    below.append(Button(texts.plain("tombol_jeda", card.language), pause))
    return (*((one,) for one in above), tuple(below))


def _finishing(ask: Ask) -> Finishing:
    if ask.awaiting in COLLECTING and ask.is_spoken:
        return SPOKEN_SO_FAR
    if ask.awaiting:
        return FINISHING.get(ask.awaiting, [])
    if ask.item.kind == "rank" and ask.ranked:
        return _ranking(ask)
    if ask.item.kind == "select_multiple":
        if ask.maximum is None:
            return [("tombol_selesai_pilih", "done", {"jumlah": ask.ticked})]
        return [("tombol_selesai_maks", "done", {"jumlah": ask.ticked, "maks": ask.maximum})]
    return [("tombol_tetap", "keep", {})] if ask.can_keep else []


def _ranking(ask: Ask) -> Finishing:
    """Done once all places are given, or as many as the form wants; it can always be begun anew."""
    is_full = not ask.options or (ask.maximum is not None and len(ask.ranked) >= ask.maximum)
    done: Finishing = [("tombol_selesai_urut", "done", {})] if is_full else []
    return [*done, ("tombol_ulangi_urutan", "clear", {})]


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
