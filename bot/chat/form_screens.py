"""What a colleague reads about a form that was sent: the compiler's report, its publishing, what is in use. Pure.

The report is one message; where it is longer than that, the whole of it comes as a text file before the message.
"""

import html
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from zoneinfo import ZoneInfo

from bot.chat.finding_lines import worded
from bot.chat.form_buttons import FormAction, encode_form
from bot.chat.outgoing import Button, Outgoing, Rows, Screen, SendDocument, SendMessage
from bot.chat.shortening import shortened, units
from bot.chat.texts import Texts
from bot.fieldwork.publishing import Publishing
from bot.fieldwork.submitting import UNNAMED, Checked, InUse
from bot.survey.findings import Finding
from bot.survey.questionnaire import Questionnaire, in_language
from bot.survey.versions import Comparison, Likeness

LONGEST_REPORT = 3500  # UTF-16 units of one message, with room for what follows the lists
LONGEST_LINE = 400
MOST_LISTED = 15
READY: tuple[tuple[str, FormAction], ...] = (
    ("tombol_coba", "try"), ("tombol_terbitkan", "publish"), ("tombol_batal", "drop"),
)  # fmt: skip
AGREEING: tuple[tuple[str, FormAction], ...] = (
    ("tombol_tetap_terbitkan", "confirm"), ("tombol_coba", "try"), ("tombol_batal", "drop"),
)  # fmt: skip

Part = tuple[str, list[str]]  # a heading and its lines, as plain text


def report_messages(texts: Texts, language: str, chat_id: int, checked: Checked) -> list[Outgoing]:
    head, parts = _head(texts, language, checked), list(_parts(texts, language, checked))
    closing = _closing(texts, language, checked)
    whole = "\n\n".join([head, *(_listed(heading, lines) for heading, lines in parts), closing])
    rows = _rows(texts, language, READY, checked.draft_id) if checked.draft_id else ()
    if units(whole) <= LONGEST_REPORT:
        return [SendMessage(chat_id, Screen(_escaped(whole), rows))]
    name = f"laporan-{PurePath(checked.file_name).stem[:60]}.txt"
    caption = texts.say("formulir_laporan", language, berkas=checked.file_name)
    short = _shortened(texts, language, head, parts, closing)
    return [
        SendDocument(chat_id, whole.encode(), name, caption),
        SendMessage(chat_id, Screen(_escaped(short), rows)),
    ]


def publishing_screen(texts: Texts, done: Publishing) -> Screen:
    language, form = done.language, done.form
    words = {"judul": title_of(form, language), "id": form.name, "versi": form.version}
    match done.step:
        case "same":
            return Screen(texts.say("formulir_sudah_sama", language, **words))
        case "published":
            text = texts.say("formulir_terbit", language, **words)
            if done.open_rounds:
                kept = texts.say("formulir_putaran_terbuka", language, n=done.open_rounds)
                text = f"{text}\n\n{kept}"
            return Screen(text)
        case "confirm":
            rows = _rows(texts, language, AGREEING, done.draft_id)
            return Screen(_escaped(_losses(texts, done)), rows)


def in_use_screen(texts: Texts, language: str, zone: str, listed: Sequence[InUse]) -> Screen:
    lines = [texts.say("formulir_dipakai", language)]
    for one in listed:
        if one.form is None or one.since is None:
            lines.append(texts.say("formulir_belum_ada", language, id=one.name))
            continue
        asked = sum(item.asked for item in one.form.items)
        lines.append(
            texts.say(
                "formulir_satu", language, judul=title_of(one.form, language), id=one.name,
                versi=one.form.version, jumlah=asked, tgl=one.since.astimezone(ZoneInfo(zone)).date(),
            )
        )  # fmt: skip
    lines.append(texts.say("formulir_cara", language))
    return Screen("\n\n".join(lines))


def title_of(form: Questionnaire, language: str) -> str:
    return in_language(form.titles, language) or form.name


def _head(texts: Texts, language: str, checked: Checked) -> str:
    lines = [texts.plain("formulir_hasil", language, berkas=checked.file_name)]
    form = checked.form
    if form is not None and checked.is_whole and not checked.is_foreign:
        asked = sum(item.asked for item in form.items)
        lines.append(
            texts.plain(
                "formulir_isi", language, judul=title_of(form, language), id=form.name,
                versi=form.version[:60], jumlah=asked,
            )
        )  # fmt: skip
        if checked.minutes:
            least = max(1, round(checked.minutes))
            lines.append(texts.plain("formulir_menit", language, menit=least))
    return "\n".join(lines)


def _parts(texts: Texts, language: str, checked: Checked) -> Iterator[Part]:
    problems = [
        *_own_problems(texts, language, checked),
        *(_line(texts, language, one) for one in checked.errors),
    ]
    if problems:
        yield texts.plain("formulir_masalah", language, n=len(problems)), problems
    if checked.comparisons and checked.is_whole:
        changes = [_line(texts, language, one) for one in checked.changes]
        gone = [one.item for one in checked.comparisons if one.likeness == "gone"]
        if gone:
            changes.append(texts.plain("formulir_hilang", language, butir=", ".join(gone)))
        yield _against(texts, language, checked), changes
    if checked.warnings:
        heading = texts.plain("formulir_peringatan", language, n=len(checked.warnings))
        yield heading, [_line(texts, language, one) for one in checked.warnings]


def _own_problems(texts: Texts, language: str, checked: Checked) -> Iterator[str]:
    """What only this office can know."""
    form = checked.form
    if form is not None and checked.is_foreign:
        known = ", ".join(checked.known_ids)
        if form.name == UNNAMED:
            yield texts.plain("formulir_tanpa_id", language, dikenal=known)
        else:
            yield texts.plain("formulir_id_asing", language, id=form.name[:60], dikenal=known)
    if form is not None and checked.is_overnamed:
        yield texts.plain("formulir_versi_panjang", language, versi=form.version[:60])


def _against(texts: Texts, language: str, checked: Checked) -> str:
    def count(*likenesses: Likeness) -> int:
        return sum(one.likeness in likenesses for one in checked.comparisons)

    return texts.plain(
        "formulir_dibanding", language, versi=checked.former_version, sama=count("same"),
        mirip=count("compatible"), beda=count("different"), baru=count("new"), hilang=count("gone"),
    )  # fmt: skip


def _closing(texts: Texts, language: str, checked: Checked) -> str:
    if checked.draft_id:
        return texts.plain("formulir_siap", language)
    return texts.plain("formulir_belum_siap", language)


def _line(texts: Texts, language: str, finding: Finding) -> str:
    found = worded(texts, language, finding)
    key = "formulir_baris" if found.remedy else "formulir_baris_saja"
    words = {"tempat": found.place, "apa": found.what}
    more = {"cara": found.remedy} if found.remedy else {}
    return texts.plain(key, language, **words, **more)


def _listed(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *lines])


def _shortened(texts: Texts, language: str, head: str, parts: Sequence[Part], closing: str) -> str:
    """Of every list as many lines as fit, the errors first; the rest is a number."""
    room = LONGEST_REPORT - units("\n\n".join((head, closing, *(name for name, _ in parts)))) - 200
    shown = [head]
    for heading, lines in parts:
        kept: list[str] = []
        for line in lines:
            short = shortened(line, LONGEST_LINE)
            if units(short) + 1 > room:
                break
            room -= units(short) + 1
            kept.append(short)
        if len(kept) < len(lines):
            kept.append(texts.plain("formulir_dan_lagi", language, n=len(lines) - len(kept)))
        shown.append(_listed(heading, kept))
    return "\n\n".join([*shown, closing])


def _losses(texts: Texts, done: Publishing) -> str:
    language = done.language
    title = title_of(done.form, language)
    head = texts.plain("formulir_sebelum", language, judul=title, versi=done.former_version)
    lines = [_loss(texts, done, one) for one in done.losses]
    if len(lines) > MOST_LISTED:
        more = texts.plain("formulir_dan_lagi", language, n=len(lines) - MOST_LISTED)
        lines = [*lines[:MOST_LISTED], more]
    after = texts.plain("formulir_akibat", language)
    return "\n\n".join([_listed(head, [shortened(one, 200) for one in lines]), after])


def _loss(texts: Texts, done: Publishing, one: Comparison) -> str:
    if one.likeness == "gone":
        return texts.plain("formulir_butir_hilang", done.language, butir=one.item)
    words = {"butir": one.item, "versi": done.former_version, **one.arguments}
    return f"• {texts.plain(one.reason, done.language, **words)}"


def _rows(
    texts: Texts, language: str, actions: Sequence[tuple[str, FormAction]], draft_id: int
) -> Rows:
    return tuple(
        (Button(texts.plain(key, language), encode_form(action, draft_id)),)
        for key, action in actions
    )


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
