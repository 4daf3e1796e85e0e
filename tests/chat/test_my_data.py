"""The page of /datasaya: in plain words, everything escaped, nothing that only a machine reads."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from bot.chat.my_data import my_data_page
from bot.fieldwork.records import MyData
from bot.store import personal_data
from tests.chat.staff_desk import TEXTS
from tests.fieldwork.field import add_person

DOCUMENT = {
    "dibuat": datetime(2027, 2, 3, 3, 0, tzinfo=UTC),
    "data_diri": [
        {
            "name": "<b>Siti</b>",
            "birth_date": date(1986, 9, 26),
            "phone": "",
            "nip": None,
            "memory": {},
        }
    ],
    "pelatihan": [{"role": "participant"}],
    "persetujuan": [{"given": True, "on_behalf": False}],
    "jawaban": [{"pertanyaan": "Berguna?", "value": "ya", "arti": "Ya", "seconds": 3.2}],
    "jejak_pemrosesan": [{"action": "show class QR", "training": "MKD"}],
    "tautan": [],
    "wawancara": [{"number": 1, "permission": "ringkas"}],
}


def page(language: str = "id") -> str:
    return my_data_page(TEXTS, language, MyData(DOCUMENT, "Asia/Jakarta")).decode()


@pytest.mark.parametrize(
    "said",
    [
        "<h2>Data diri</h2>", "&lt;b&gt;Siti&lt;/b&gt;", "Jumat, 26 September 1986",
        "Rabu, 3 Februari 2027 pukul 10.00 WIB", "<dt>Setuju</dt><dd>Ya</dd>",
        "<dt>Diisi oleh wakil</dt><dd>Tidak</dd>", "<dt>Pertanyaan</dt><dd>Berguna?</dd>",
        "menampilkan QR kelas", "<dt>Peran</dt><dd>Peserta</dd>", "<dd>Diringkas saja, tidak dikutip</dd>",
        "<h2>Tautan pribadi</h2><p>Tidak ada.</p>",
    ],
)  # fmt: skip
def test_the_page_says_it_in_plain_words(said: str):
    assert said in page()


@pytest.mark.parametrize("unsaid", ["<b>", "3.2", "seconds", "NIP", "Nomor HP", "Dicatat"])
def test_the_page_does_not_say(unsaid: str):
    assert unsaid not in page()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_record_has_its_word(connection: Connection, language: str):
    held = personal_data.held(connection, add_person(connection))
    words = {TEXTS.sentences[language].get(f"data_{kind}") for kind in held}
    assert None not in words
