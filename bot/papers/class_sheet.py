"""The sheet of a class, one page of A4 for the wall or the projector: a large QR, the class code, three steps, whom to ask.

Large enough to be scanned from the second row of seats; whoever cannot scan finds the name of the bot and the code to type.
"""

from datetime import date

from fpdf import FPDF

from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.papers.facts import ClassFacts
from bot.papers.page import FAMILY, GREY, INK, NAVY, PALE, draw_qr, fitting, prepare, write

QR_SIDE = 118.0
BOX_HEIGHT = 23.0
TITLE_SIZES = (26, 22, 19, 16, 13)
MOST_TITLE_LINES = 2
STEPS = ("cetak_kelas_langkah_1", "cetak_kelas_langkah_2", "cetak_kelas_langkah_3")
FOOT_Y = 272.0


def draw(pdf: FPDF, facts: ClassFacts, texts: Texts) -> None:
    prepare(pdf, facts.title, facts.organiser, date.fromisoformat(facts.day), margin=18)
    pdf.add_page()
    pdf.set_auto_page_break(False)  # one page, whatever its title
    _head(pdf, facts, texts)
    top = pdf.get_y() + 1
    draw_qr(pdf, facts.link, (pdf.w - QR_SIDE) / 2, top, QR_SIDE)
    pdf.set_y(top + QR_SIDE + 1)
    _code(pdf, facts, texts)
    pdf.ln(5)
    for number, key in enumerate(STEPS, start=1):
        _step(pdf, number, texts.plain(key, DEFAULT_LANGUAGE))
    _foot(pdf, facts, texts)


def _head(pdf: FPDF, facts: ClassFacts, texts: Texts) -> None:
    write(pdf, facts.organiser, 12, align="C", color=GREY)
    write(pdf, texts.plain("cetak_kelas_kepala", DEFAULT_LANGUAGE), 12, align="C", color=GREY)
    pdf.ln(2)
    size = fitting(pdf, facts.title, TITLE_SIZES, MOST_TITLE_LINES, "B")
    write(pdf, facts.title, size, style="B", align="C", color=NAVY)


def _code(pdf: FPDF, facts: ClassFacts, texts: Texts) -> None:
    """For a phone whose camera reads no code."""
    top = pdf.get_y()
    pdf.set_fill_color(*PALE)
    pdf.rect(pdf.l_margin, top, pdf.epw, BOX_HEIGHT, style="F", round_corners=True, corner_radius=3)
    pdf.set_y(top + 2.5)
    words = texts.plain("cetak_kelas_tanpa_kamera", DEFAULT_LANGUAGE, nama_bot=facts.bot_username)
    write(pdf, words, 10.5, align="C")
    pdf.set_font(FAMILY, "B", 26)
    pdf.set_text_color(*NAVY)
    pdf.set_char_spacing(2)
    pdf.cell(w=0, h=13, text=facts.code, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_char_spacing(0)
    pdf.set_y(top + BOX_HEIGHT)


def _step(pdf: FPDF, number: int, text: str) -> None:
    top = pdf.get_y()
    pdf.set_fill_color(*NAVY)
    pdf.circle(x=pdf.l_margin + 5, y=top + 5, radius=5, style="F")
    pdf.set_font(FAMILY, "B", 15)
    pdf.set_text_color(255, 255, 255)
    pdf.cell(w=10, h=10, text=str(number), align="C")
    pdf.set_xy(pdf.l_margin, top + 1)
    write(pdf, text, 13, indent=15, color=INK)
    pdf.set_y(max(pdf.get_y(), top + 10) + 3)


def _foot(pdf: FPDF, facts: ClassFacts, texts: Texts) -> None:
    pdf.set_draw_color(*PALE)
    pdf.line(pdf.l_margin, FOOT_Y, pdf.w - pdf.r_margin, FOOT_Y)
    pdf.set_y(FOOT_Y + 2)
    words = texts.plain("cetak_kelas_kaki", DEFAULT_LANGUAGE, kontak=facts.contact)
    write(pdf, words, 10, align="C", color=GREY)
