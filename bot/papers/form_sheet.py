"""A questionnaire to be filled in by hand: the head of the sheet, its questions on pages of A4, what the staff note at the end.

A copy for somebody by name, or one blank. The person's name stands on it only when the form is not anonymous.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from fpdf import FPDF

from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.papers.facts import FormCopy, FormFacts
from bot.papers.page import FAMILY, GREY, NAVY, cut, prepare
from bot.papers.question_strips import question_blocks
from bot.papers.questions import blocks_of
from bot.papers.strips import Block, Look, Strip, dotted, gap, mark, pages_of, text_strips, words_at
from bot.survey.questionnaire import Questionnaire, in_language
from bot.survey.questionnaire_json import from_json

TOP, BOTTOM, SIDE = 15.0, 16.0, 18.0
FIELD, NAMED = 7.5, 38.0  # height of a line for a name, and where the name begins
FRAMED = Look(8.5, is_framed=True)
FOOT_SIZE = 8.0


def draw(pdf: FPDF, facts: FormFacts, texts: Texts) -> None:
    form = from_json(facts.form)
    title = in_language(form.titles, DEFAULT_LANGUAGE)
    prepare(pdf, f"{title} - {facts.training}", facts.organiser, date.fromisoformat(facts.day), margin=SIDE)  # fmt: skip
    pdf.set_auto_page_break(False)  # pages are filled before they are drawn
    pdf.add_page()  # texts are measured on a page
    for copy_number, copy in enumerate(facts.copies):
        pages = pages_of(list(_blocks(pdf, form, facts, copy, texts)), pdf.h - TOP - BOTTOM)
        for number, strips in enumerate(pages, start=1):
            if copy_number or number > 1:
                pdf.add_page()
            at = TOP
            for strip in strips:
                strip.draw(pdf, at)
                at += strip.height
            is_named = copy.name and not form.anonymous
            foot = f"{title}, {facts.training}" + (f" - {copy.name}" if is_named else "")
            _foot(pdf, texts.plain("cetak_form_halaman", DEFAULT_LANGUAGE, judul=foot, halaman=number, jumlah=len(pages)))  # fmt: skip


def _blocks(
    pdf: FPDF, form: Questionnaire, facts: FormFacts, copy: FormCopy, texts: Texts
) -> Iterator[Block]:
    now = datetime.combine(date.fromisoformat(facts.day), time(12), UTC)
    yield from _head(pdf, form, facts, texts)
    yield from _identity(pdf, form, copy, texts)
    yield _notice(pdf, form, facts, texts)
    how = texts.plain("cetak_form_cara", DEFAULT_LANGUAGE)
    yield [*text_strips(pdf, how, Look(9, "I", GREY)), gap()]
    by_hand = {name: texts.plain(f"cetak_tulis_{name}", DEFAULT_LANGUAGE) for name in copy.written}
    yield from question_blocks(pdf, blocks_of(form, {**copy.hidden, **by_hand}, texts, now))
    yield _end(pdf, facts, texts)


def _head(pdf: FPDF, form: Questionnaire, facts: FormFacts, texts: Texts) -> Iterator[Block]:
    training = texts.plain("cetak_form_pelatihan", DEFAULT_LANGUAGE, judul=facts.training)
    yield [
        *text_strips(pdf, facts.organiser, Look(9.5, color=GREY)),
        *text_strips(pdf, in_language(form.titles, DEFAULT_LANGUAGE), Look(16, "B", NAVY)),
        *text_strips(pdf, training, Look(10.5)),
        gap(2),
    ]


def _identity(pdf: FPDF, form: Questionnaire, copy: FormCopy, texts: Texts) -> Iterator[Block]:
    if form.anonymous:
        words = texts.plain("cetak_form_anonim", DEFAULT_LANGUAGE)
        yield [*text_strips(pdf, words, Look(10, "B")), gap()]
        return
    fields = [("nama", copy.name), ("nip", copy.nip), ("unit", copy.unit)]
    fields += [(name, "") for name in copy.written]
    labels = (texts.plain(f"cetak_form_{key}", DEFAULT_LANGUAGE) for key, _ in fields)
    yield [
        *(_field(label, value) for label, (_, value) in zip(labels, fields, strict=True)),
        gap(),
    ]


def _field(label: str, value: str) -> Strip:
    def draw(pdf: FPDF, top: float) -> None:
        words_at(pdf, label, (pdf.l_margin, top + 1.5, NAMED), Look(10))
        left, right = pdf.l_margin + NAMED, pdf.w - pdf.r_margin
        if value:
            pdf.set_font(FAMILY, "B", 10)
            pdf.set_xy(left, top + 1.5)
            pdf.cell(w=right - left, h=5, text=cut(pdf, value, right - left - 3))
        else:
            dotted(pdf, left, right, top + FIELD - 1)

    return Strip(FIELD, draw)


def _notice(pdf: FPDF, form: Questionnaire, facts: FormFacts, texts: Texts) -> Block:
    key = "cetak_privasi_anonim" if form.anonymous else f"cetak_privasi_{facts.role}"
    words = texts.plain(key, DEFAULT_LANGUAGE, **facts.notice_words())
    ground = Strip(2, lambda pdf, top: _ground(pdf, top, 2))
    return [ground, *text_strips(pdf, words, FRAMED), _consent(texts), gap()]


def _ground(pdf: FPDF, top: float, height: float) -> None:
    pdf.set_fill_color(220, 230, 241)
    pdf.rect(pdf.l_margin, top - 0.05, pdf.epw, height + 0.1, style="F")


def _consent(texts: Texts) -> Strip:
    yes, no, sign = (
        texts.plain(f"cetak_form_{key}", DEFAULT_LANGUAGE)
        for key in ("bersedia", "tidak_bersedia", "paraf")
    )

    def draw(pdf: FPDF, top: float) -> None:
        _ground(pdf, top, 10)
        for x, words, width in ((21, yes, 42), (64, no, 40)):
            mark(pdf, "square", x, top + 5)
            words_at(pdf, words, (x + 5, top + 2.5, width - 6), Look(9.5, "B"))
        words_at(pdf, sign, (106, top + 2.5, 38), Look(9.5))
        dotted(pdf, 144, pdf.w - pdf.r_margin - 3, top + 7.5)

    return Strip(10, draw)


def _end(pdf: FPDF, facts: FormFacts, texts: Texts) -> Block:
    thanks = texts.plain("cetak_form_penutup", DEFAULT_LANGUAGE, kontak=facts.contact)
    office = texts.plain("cetak_form_petugas", DEFAULT_LANGUAGE)

    def draw(pdf: FPDF, top: float) -> None:
        words_at(pdf, office, (pdf.l_margin, top + 3, 84), Look(8.5, color=GREY))
        dotted(pdf, pdf.l_margin + 84, pdf.w - pdf.r_margin, top + 7)

    return [gap(), *text_strips(pdf, thanks, Look(10, "B")), Strip(10, draw)]


def _foot(pdf: FPDF, words: str) -> None:
    pdf.set_font(FAMILY, size=FOOT_SIZE)
    pdf.set_text_color(*GREY)
    pdf.set_xy(pdf.l_margin, pdf.h - 12)
    head, _, pages = words.rpartition(" - ")
    room = pdf.epw - pdf.get_string_width(f" - {pages}") - 3
    pdf.cell(w=0, h=4, text=f"{cut(pdf, head, room)} - {pages}", align="C")
