"""Conditions in words: what stands above a question of the paper, for every shape an author may write."""

from datetime import UTC, datetime

import pytest

from bot.papers.conditions import Known, condition_of
from tests.chat.staff_desk import TEXTS
from tests.survey.forms import form, item, options

FORM = form(
    item("kasus", "hidden"),
    item("terap", options=options("belum", "jarang", "sering", "selalu")),
    item("hambat", "select_multiple", options=options("dana", "waktu", "alat", "nihil")),
    item("hari", "integer"),
    item("nilai", "range", start=0, stop=10, step=1),
    item("cerita", "text"),
)
KNOWN = Known(
    FORM, {"kasus": "gagal"}, {"terap": 1, "hambat": 2, "hari": 3, "nilai": 4, "cerita": 5},
    datetime(2026, 10, 16, tzinfo=UTC), TEXTS,
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", ""),
        ("${terap} = 'sering'", "jawaban no. 1: “Sering”"),
        ("${terap} = 'sering' or ${terap}='jarang'", "jawaban no. 1: “Jarang” atau “Sering”"),
        ("${terap} != 'belum'", "jawaban no. 1 bukan “Belum”"),
        ("not(${terap} = 'belum')", "jawaban no. 1 bukan “Belum”"),
        ("${terap} = 'belum' or ${terap} != 'belum'", ""),
        ("selected(${hambat}, 'dana')", "pada no. 2 dipilih “Dana”"),
        ("not(selected(${hambat}, 'nihil'))", "pada no. 2 tidak dipilih “Nihil”"),
        ("count-selected(${hambat}) >= 2", "pada no. 2 dipilih 2 atau lebih"),
        ("${hari} > 2", "jawaban no. 3 adalah 3 atau lebih"),
        ("${nilai} <= 6", "jawaban no. 4 adalah 6 atau kurang"),
        ("${nilai} >= 3 and ${nilai} < 6", "jawaban no. 4 antara 3 dan 5"),
        ("${cerita} != ''", "no. 5 diisi"),
        ("string-length(${cerita}) = 0", "no. 5 tidak diisi"),
        (
            "(${terap} = 'sering') and (${hari} >= 1)",
            "jawaban no. 1: “Sering” dan jawaban no. 3 adalah 1 atau lebih",
        ),
        (
            "${terap} = 'sering' or (${hari} >= 1 and ${kasus} = 'gagal')",
            "jawaban no. 1: “Sering” atau jawaban no. 3 adalah 1 atau lebih",
        ),
        ("${kasus} = 'gagal'", ""),
        ("${kasus} = 'gagal' and ${terap} = 'belum'", "jawaban no. 1: “Belum”"),
        ("${kasus} = 'berhasil' or ${terap} = 'belum'", "jawaban no. 1: “Belum”"),
        ("${hari} = ${nilai}", TEXTS.plain("cetak_syarat_lain", "id")),
        ("${hari} mod 2 = 0", TEXTS.plain("cetak_syarat_lain", "id")),
    ],
)
def test_a_condition_is_said_in_words(source: str, words: str):
    found = condition_of(source, KNOWN)
    assert (found.words, found.is_never) == (words, False)


@pytest.mark.parametrize(
    "source",
    [
        "${kasus} = 'berhasil'",
        "${kasus} = 'berhasil' and ${terap} = 'sering'",
        "${terap} = 'tidak ada'",
    ],
)
def test_what_can_never_be_is_known_beforehand(source: str):
    assert condition_of(source, KNOWN).is_never


def test_a_word_within_quotes_joins_nothing():
    form_ = form(item("a", options=options("siang and malam", "pagi")), item("b", "integer"))
    known = Known(form_, {}, {"a": 1, "b": 2}, KNOWN.now, TEXTS)
    found = condition_of("${a} = 'pagi and sore' or ${b} >= 1", known)
    assert found.words == "jawaban no. 2 adalah 1 atau lebih"
