"""Slips with participant codes: ten on a page, each with its own person only."""

from bot.papers import code_slips
from bot.papers.child import drawn
from bot.papers.facts import CodeFacts, Slip, to_json
from tests.chat.staff_desk import TEXTS
from tests.papers.watched import Watched

LONG = "Badan Pengelola Keuangan dan Aset Daerah Kabupaten Bungo Provinsi Jambi"


def facts(*slips: Slip) -> CodeFacts:
    return CodeFacts(LONG, "BKPSDMD Kab. Bungo", "b" * 32, "2026-10-16", slips)


def slip(name: str, unit: str = "BPKAD") -> Slip:
    return Slip(name, unit, "7K3-MQX", "https://t.me/bungo_test_bot?start=c7K3MQX")


def sheet(*slips: Slip) -> Watched:
    pdf = Watched()
    code_slips.draw(pdf, facts(*slips), TEXTS)
    return pdf


def test_each_person_has_name_unit_and_code_and_ten_stand_on_a_page():
    pdf = sheet(*(slip(f"Peserta {number}") for number in range(11)))
    assert pdf.page == 2
    assert pdf.text_of(1).count("7K3-MQX") == 10
    assert "Peserta 10" in pdf.text_of(2)
    assert pdf.text_of(2).count("BPKAD") == 1


def test_nothing_of_a_slip_lies_beyond_where_it_is_cut():
    pdf = sheet(*(slip(LONG, LONG) for _ in range(10)))
    assert pdf.outside() == []
    for line in pdf.drawn:
        left, top = line.left % code_slips.WIDTH, line.top % code_slips.HEIGHT
        assert left >= 8
        assert left + line.width <= code_slips.WIDTH - 7
        assert top + line.bottom - line.top <= code_slips.HEIGHT - 6


def test_the_same_codes_give_the_same_bytes():
    text = to_json(facts(slip("Siti Aminah"), slip("Budi")))
    assert drawn("codes", text, TEXTS) == drawn("codes", text, TEXTS)
