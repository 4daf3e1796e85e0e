"""Questions of every kind as a phone shows them: what is tapped goes through callback data into the survey and back to the screen."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.chat.buttons import MOST_BYTES, decode
from bot.chat.outgoing import Screen
from bot.chat.screens import drawn
from bot.fieldwork.records import Card
from bot.fieldwork.tapping import Tapped, trusted
from bot.survey.questionnaire import Item, Option, Questionnaire
from bot.survey.record import Attached, Reply, Turn, Typed
from bot.survey.response import answer
from tests.sentences import TEXTS
from tests.survey.forms import NOW, form, item, labels, options, started

UNITS = tuple(
    Option(f"u{number}", labels(f"{name} {number}"))
    for number, name in enumerate(["Dinas", "Badan", "Kecamatan"] * 15, 1)
)
LAST = item("z", "text")


@dataclass(slots=True)
class Chat:
    form: Questionnaire
    turn: Turn
    language: str = "id"

    @property
    def screen(self) -> Screen:
        places = {one.name: place for place, one in enumerate(self.form.items)}
        card = Card(
            2**31 - 1, 9, self.turn.response.revision, self.language, places, self.turn.prompt
        )
        return drawn(TEXTS, card, after_tap=False)

    @property
    def labels(self) -> list[list[str]]:
        return [[button.label for button in row] for row in self.screen.buttons]

    def tap(self, label: str) -> None:
        data = next(
            button.data for row in self.screen.buttons for button in row if button.label == label
        )
        button = decode(data)
        tapped = Tapped(1, button.position, button.revision, button.action, button.value)
        self.reply(trusted(self.form, tapped))

    def write(self, text: str) -> None:
        self.reply(Typed(text))

    def reply(self, reply: Reply) -> None:
        later = (self.turn.response.shown_at or NOW) + timedelta(seconds=9)
        self.turn = answer(self.form, self.turn.response, reply, later)

    def value(self, name: str = "a") -> str:
        return self.turn.response.answers[name].value


def chat(asked: Item) -> Chat:
    whole = form(asked, LAST)
    return Chat(whole, started(whole))


def test_a_calendar_shows_the_month_in_weeks_and_takes_the_day_that_is_tapped():
    talk = chat(item("a", "date"))
    assert talk.labels[:3] == [
        ["◀", "November 2026", "▶"],
        ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"],
        ["·", "·", "·", "·", "·", "·", "1"],
    ]
    talk.tap("▶")
    assert talk.labels[0] == ["◀", "Desember 2026", "▶"]
    talk.tap("24")
    assert talk.value() == "2026-12-24"
    assert "Tadi: 24 Desember 2026" in talk.screen.text


def test_a_calendar_offers_only_the_days_that_the_form_takes():
    talk = chat(item("a", "date", constraint=". >= date('2026-11-20') and . <= today()"))
    days = [label for row in talk.labels[2:-1] for label in row if label != "·"]
    assert days == [str(day) for day in range(20, 26)]
    assert talk.labels[0] == ["·", "November 2026", "·"]
    talk.tap("November 2026")
    assert talk.turn.response.current == "a"


def test_a_day_and_its_hour_are_tapped_and_written():
    talk = chat(item("a", "datetime"))
    talk.tap("24")
    assert "Pukul berapa?" in talk.screen.text
    assert talk.labels == [["Kembali", "Lewati", "Jeda"]]
    talk.write("2 siang")
    assert talk.value() == "2026-11-24T14:00"


def test_a_long_list_is_turned_page_by_page_and_keeps_its_numbers():
    talk = chat(item("a", options=UNITS))
    assert talk.labels[:2] == [["Dinas 1"], ["Badan 2"]]
    assert talk.labels[10] == ["2 ▶"]
    assert "Halaman 1 dari 5 (45 pilihan)" in talk.screen.text
    talk.tap("2 ▶")
    assert talk.labels[0] == ["Badan 11"]
    assert talk.labels[10] == ["◀ 1", "3 ▶"]
    talk.write("31")
    assert talk.value() == "u31"


def test_letters_search_a_long_list_and_all_of_it_comes_back():
    talk = chat(item("a", options=UNITS))
    talk.write("kecam")
    assert talk.labels[0] == ["Kecamatan 3"]
    assert '"kecam": 15 pilihan, halaman 1 dari 2.' in talk.screen.text
    talk.tap("2 ▶")
    assert talk.labels[0] == ["Kecamatan 33"]
    talk.tap("Semua pilihan")
    assert talk.labels[0] == ["Dinas 1"]
    talk.write("tidak ada")
    assert 'Tidak ada pilihan yang memuat "tidak ada"' in talk.screen.text


def test_a_ranking_is_tapped_in_order_and_the_last_place_gives_itself():
    talk = chat(item("a", "rank", options=options("anggaran", "waktu", "atasan")))
    talk.tap("Waktu")
    assert "Urutan sejauh ini:\n1. Waktu" in talk.screen.text
    assert talk.labels == [
        ["Anggaran"], ["Atasan"], ["Ulangi dari awal"], ["Batalkan: Waktu"], ["Lewati", "Jeda"],
    ]  # fmt: skip
    talk.tap("Ulangi dari awal")
    talk.tap("Atasan")
    talk.tap("Waktu")
    assert "1. Atasan\n2. Waktu\n3. Anggaran" in talk.screen.text
    talk.tap("Selesai")
    assert talk.value() == "atasan waktu anggaran"


def test_the_last_place_of_a_ranking_is_taken_back():
    talk = chat(item("a", "rank", options=options("anggaran", "waktu", "atasan", "data")))
    talk.tap("Waktu")
    talk.tap("Data")
    talk.tap("Batalkan: Data")
    assert "1. Waktu" in talk.screen.text
    assert "2. Data" not in talk.screen.text
    assert ["Data"] in talk.labels


def test_a_ranking_of_a_few_places_is_done_while_options_are_left():
    few = "count-selected(.) <= 2"
    asked = item(
        "a", "rank", options=options("anggaran", "waktu", "atasan", "data"), constraint=few
    )
    talk = chat(asked)
    talk.tap("Waktu")
    assert ["Selesai"] not in talk.labels
    talk.tap("Data")
    talk.tap("Selesai")
    assert talk.value() == "waktu data"


def test_what_is_ticked_on_other_pages_is_counted_too():
    talk = chat(item("a", "select_multiple", options=UNITS))
    talk.tap("☐ Dinas 1")
    talk.tap("2 ▶")
    talk.tap("☐ Badan 11")
    assert ["Selesai (2 dipilih)"] in talk.labels


def test_the_same_message_sent_again_is_no_further_part():
    talk = chat(item("a", "text", voice=True))
    talk.write("Daftar periksa SPJ.")
    talk.write("Sudah dipakai.")
    talk.write("Sudah dipakai.")
    assert talk.value() == "Daftar periksa SPJ.\nSudah dipakai."
    assert "✓ Tersimpan." in talk.screen.text


def test_a_stored_message_is_good_news_and_no_warning():
    talk = chat(item("a", "text", voice=True))
    assert "pesan suara" in talk.screen.text
    talk.write("Daftar periksa SPJ.")
    assert "✓ Tersimpan." in talk.screen.text
    assert "⚠" not in talk.screen.text


def test_a_number_that_can_be_read_in_two_ways_is_asked_back():
    talk = chat(item("a", "decimal"))
    talk.write("1.250")
    assert "dapat berarti lebih dari satu angka" in talk.screen.text
    assert [row[0] for row in talk.labels[:2]] == ["1250", "1,25"]
    talk.tap("1250")
    assert talk.value() == "1250"


def test_an_answer_in_several_messages_ends_with_a_button():
    talk = chat(item("a", "text", voice=True))
    talk.write("Daftar periksa SPJ.")
    assert talk.labels == [["Selesai"], ["Tulis ulang"], ["Jeda"]]
    talk.reply(Attached("voice", "FILE", seconds=72))
    assert "Pesan suara 1 menit 12 detik tersimpan" in talk.screen.text
    talk.tap("Selesai")
    assert talk.value() == "Daftar periksa SPJ.\n[voice 72 FILE]"
    assert "Tadi: Daftar periksa SPJ. 🎤 1 menit 12 detik" in talk.screen.text


def test_writing_it_anew_takes_the_answer_back():
    talk = chat(item("a", "text", voice=True))
    talk.write("Salah tulis")
    talk.tap("Tulis ulang")
    assert "a" not in talk.turn.response.answers
    assert talk.turn.response.current == "a"


@pytest.mark.parametrize(
    ("kind", "sent", "stored"),
    [
        ("image", Attached("photo", "F1"), "[photo F1]"),
        ("file", Attached("file", "F2", name="laporan.pdf"), "[file F2 laporan.pdf]"),
        ("audio", Attached("voice", "F3", seconds=5), "[voice 5 F3]"),
    ],
)
def test_a_file_answers_a_question_that_asks_for_one(kind, sent, stored):
    talk = chat(item("a", kind))
    talk.write("saya tidak punya")
    assert "a" not in talk.turn.response.answers
    talk.reply(sent)
    assert talk.value() == stored


@pytest.mark.parametrize(
    "kind", ["date", "datetime", "time", "rank", "acknowledge", "select_multiple"]
)
def test_every_button_fits_into_telegram_and_means_the_same_twice(kind):
    given = {"options": UNITS} if kind in {"rank", "select_multiple"} else {}
    talk = chat(item("a", kind, **given))
    data = [button.data for row in talk.screen.buttons for button in row]
    assert max(len(one.encode()) for one in data) <= MOST_BYTES
    assert all(decode(one) is not None for one in data)


def test_the_head_says_how_many_minutes_are_left():
    talk = chat(item("a"))
    places = {one.name: place for place, one in enumerate(talk.form.items)}
    card = Card(1, 9, 1, "id", places, talk.turn.prompt)
    text = drawn(TEXTS, replace(card, minutes_left=4), after_tap=False).text
    assert text.splitlines()[0].endswith("1 dari sekitar 2, ±4 menit lagi")
