"""Slips with the participant codes, ten on a page of A4, to be cut apart along the dashes and handed to each person.

Nobody's slip shows another's name: each stands whole within its own lines.
"""

from datetime import date

from fpdf import FPDF

from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.papers.facts import CodeFacts, Slip
from bot.papers.page import FAMILY, GREY, NAVY, cut, draw_qr, prepare
from bot.papers.strips import Look, words_at

COLUMNS, ROWS = 2, 5
WIDTH, HEIGHT = 105.0, 59.4  # of a slip: a tenth of A4
INNER, QR_SIDE = 9.0, 34.0


def draw(pdf: FPDF, facts: CodeFacts, texts: Texts) -> None:
    title = texts.plain("cetak_kode_judul", DEFAULT_LANGUAGE, judul=facts.training)
    prepare(pdf, title, facts.organiser, date.fromisoformat(facts.day), margin=0)
    pdf.set_auto_page_break(False)
    for number, slip in enumerate(facts.slips):
        place = number % (COLUMNS * ROWS)
        if place == 0:
            pdf.add_page()
            _dashes(pdf)
        _slip(pdf, facts, texts, slip, (place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT))


def _slip(
    pdf: FPDF, facts: CodeFacts, texts: Texts, slip: Slip, corner: tuple[float, float]
) -> None:
    left, top = corner[0] + INNER, corner[1] + INNER
    room = WIDTH - 2 * INNER
    beside = room - QR_SIDE - 2
    _one_line(pdf, f"{facts.organiser}, {facts.training}", (left, top, room), Look(7.5, color=GREY))
    _one_line(pdf, slip.name, (left, top + 4.5, room), Look(11, "B"))
    _one_line(pdf, slip.unit, (left, top + 9.8, beside), Look(8.5))
    label = texts.plain("cetak_kode_label", DEFAULT_LANGUAGE)
    _one_line(pdf, label, (left, top + 15, beside), Look(8.5, color=GREY))
    _one_line(pdf, slip.code, (left, top + 18, beside), Look(19, "B", NAVY))
    how = texts.plain("cetak_kode_cara", DEFAULT_LANGUAGE, nama_bot=facts.bot_username)
    words_at(pdf, how, (left, top + 27, beside), Look(7))
    draw_qr(pdf, slip.link, corner[0] + WIDTH - INNER - QR_SIDE, top + 9.5, QR_SIDE)


def _one_line(pdf: FPDF, text: str, place: tuple[float, float, float], look: Look) -> None:
    pdf.set_font(FAMILY, look.style, look.size)
    words_at(pdf, cut(pdf, text, place[2] - 2.5), place, look)


def _dashes(pdf: FPDF) -> None:
    pdf.set_draw_color(*GREY)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=2, gap=2)
    pdf.line(WIDTH, 0, WIDTH, HEIGHT * ROWS)
    for row in range(1, ROWS):
        pdf.line(0, row * HEIGHT, WIDTH * COLUMNS, row * HEIGHT)
    pdf.set_dash_pattern()
