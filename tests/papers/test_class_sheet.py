"""The sheet of a class: what stands on it, and that it stays one page."""

from dataclasses import replace

import pytest

from bot.papers import class_sheet
from bot.papers.child import drawn
from bot.papers.facts import ClassFacts, to_json
from tests.chat.staff_desk import TEXTS
from tests.papers.watched import Watched

FACTS = ClassFacts(
    title="Manajemen Keuangan Daerah Angk. II", organiser="BKPSDMD Kab. Bungo",
    contact="Koordinator Pelatihan BKPSDMD, telepon (0747) 555-0100",
    link="https://t.me/bungo_test_bot?start=kabcdefghijklmnopqrstuv", bot_username="bungo_test_bot",
    code="BNG-7K3M", day="2026-10-16",
)  # fmt: skip
LONG = "Pelatihan Pengelolaan dan Pertanggungjawaban Keuangan Daerah bagi Bendahara "


def sheet(facts: ClassFacts) -> Watched:
    pdf = Watched()
    class_sheet.draw(pdf, facts, TEXTS)
    return pdf


@pytest.mark.parametrize(
    "words",
    [
        "Manajemen Keuangan Daerah",
        "BNG-7K3M",
        "@bungo_test_bot",
        "Di Telegram ketuk MULAI (START).",
        "(0747) 555-0100",
    ],
)
def test_it_says_the_class_its_code_the_steps_and_whom_to_ask(words: str):
    assert words in sheet(FACTS).text


@pytest.mark.parametrize("title", ["Kearsipan", LONG, (LONG * 2)[:150], "W" * 150])
def test_whatever_its_title_it_is_one_page_and_all_of_it_on_the_paper(title: str):
    pdf = sheet(replace(FACTS, title=title, bot_username="a" * 32))
    assert pdf.page == 1
    assert pdf.outside() == []
    tops = [line.top for line in pdf.drawn]
    assert tops == sorted(tops)


def test_the_same_class_on_the_same_day_gives_the_same_bytes():
    made = drawn("class", to_json(FACTS), TEXTS)
    assert made == drawn("class", to_json(FACTS), TEXTS)
    assert made != drawn("class", to_json(replace(FACTS, code="BNG-9999")), TEXTS)
