"""/laporan on the screen: the choice of a training, how far the report is, and the files with what to do with them. Pure."""

import re

from bot.chat.outgoing import Button, Outgoing, Screen, SendDocument
from bot.chat.staff_buttons import encode
from bot.chat.staff_screens import shortened
from bot.chat.texts import Texts
from bot.fieldwork.drafting import ReportChoice, ReportDue
from bot.fieldwork.reporting import Drafted

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")


def choose(texts: Texts, page: ReportChoice) -> Screen:
    if not page.trainings:
        if not page.words:
            return Screen(texts.say("belum_ada_pelatihan", page.language))
        return Screen(texts.say("laporan_tidak_ketemu", page.language, kata=shortened(page.words)))
    parts = [texts.say("laporan_pilih", page.language)]
    if page.is_cut:
        parts.append(texts.say("laporan_hanya_terbaru", page.language, jumlah=len(page.trainings)))
    rows = tuple(
        (Button(shortened(title), encode("report", training_id)),)
        for training_id, title in page.trainings
    )
    return Screen("\n\n".join(parts), rows)


def asked(texts: Texts, due: ReportDue) -> Screen:
    return _about(texts, due, "laporan_diminta")


def being_drafted(texts: Texts, due: ReportDue) -> Screen:
    return _about(texts, due, "laporan_sedang_disusun")


def given_up(texts: Texts, due: ReportDue) -> Screen:
    return _about(texts, due, "laporan_berhenti")


def not_drafted(texts: Texts, due: ReportDue) -> Screen:
    return _about(texts, due, "laporan_gagal")


def drafted(texts: Texts, due: ReportDue, k: int, *, has_sheets: bool) -> Screen:
    parts = [_about(texts, due, "laporan_selesai").text]
    if not has_sheets:
        parts.append(texts.say("laporan_tanpa_lembar", due.language, k_min=k))
    return Screen("\n\n".join(parts))


def files(texts: Texts, chat_id: int, due: ReportDue, made: Drafted) -> list[Outgoing]:
    """The Word file first: it is the one to be completed."""
    code = _NOT_IN_A_NAME.sub("-", due.code)
    return [
        SendDocument(
            chat_id, made.word, f"laporan-{code}.docx", _about(texts, due, "laporan_word").text
        ),
        SendDocument(
            chat_id, made.pdf, f"laporan-{code}.pdf", texts.say("laporan_pdf", due.language)
        ),
        *(
            SendDocument(
                chat_id, sheet, f"{code}-{name}", texts.say("laporan_lembar", due.language)
            )
            for name, sheet in made.sheets
        ),
    ]


def _about(texts: Texts, due: ReportDue, key: str) -> Screen:
    return Screen(texts.say(key, due.language, judul=due.title))
