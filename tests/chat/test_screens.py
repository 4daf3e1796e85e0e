from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.buttons import AnswerButton, Press, decode
from bot.chat.outgoing import Screen
from bot.chat.screens import alerted, drawn, said
from bot.chat.shortening import shortened, units
from bot.fieldwork.records import Card, Choice, Say
from bot.survey.prompts import Ask, Notice, OptionView, Review, ReviewRow, Thank
from tests.sentences import TEXTS
from tests.survey.forms import item, options

AGREEMENT = (OptionView("1", "Tidak setuju"), OptionView("2", "Setuju"))


def ask(kind: str = "select_one", **properties: object) -> Ask:
    properties.setdefault("options", AGREEMENT if kind.startswith("select") else ())
    return Ask(
        item=item("a01", kind, options=options("1", "2")) if kind.startswith("select")
        else item("a01", kind),
        **{"text": "Materi mudah dipahami.", "section": "Materi", "position": 3, "total": 24, **properties},
    )  # type: ignore[arg-type]  # fmt: skip


def card(prompt: Ask | Review | Thank, language: str = "id") -> Card:
    positions = {"a01": 4, **{f"b{number}": number for number in range(200)}}
    return Card(12, 9, 5, language, positions, prompt)


def screen(prompt: Ask | Review, *, after_tap: bool = False, language: str = "id") -> Screen:
    return drawn(TEXTS, card(prompt, language), after_tap=after_tap)


def labels(shown: Screen) -> list[list[str]]:
    return [[button.label for button in row] for row in shown.buttons]


def data(shown: Screen, label: str) -> AnswerButton | Press | None:
    return next(
        decode(button.data) for row in shown.buttons for button in row if button.label == label
    )


class Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, _attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def is_balanced(text: str) -> bool:
    parser = Balanced()
    parser.feed(text)
    return not parser.open


def test_the_head_says_where_one_is_and_what_was_answered_before():
    text = screen(ask(previous_label="Sesuai kebutuhan tugas saya")).text
    assert text.startswith(
        "Materi - 3 dari sekitar 24\nTadi: Sesuai kebutuhan tugas saya\n\n<b>Materi mudah dipahami.</b>"
    )


def test_a_skipped_question_before_is_said_to_be_skipped():
    assert "Tadi: dilewati" in screen(ask(previous_missing="skipped")).text


def test_notes_stand_before_the_question_and_the_hint_after_it():
    text = screen(ask(notes=("Pertama keadaan SEKARANG.",), hint="Contoh: daftar periksa")).text
    assert text.index("SEKARANG") < text.index("<b>Materi") < text.index("<i>Contoh")


def test_one_option_stands_in_a_row_and_the_controls_below():
    assert labels(screen(ask(can_back=True))) == [
        ["Tidak setuju"], ["Setuju"], ["Kembali", "Lewati", "Jeda"],
    ]  # fmt: skip


def test_the_first_question_has_no_way_back():
    assert labels(screen(ask()))[-1] == ["Lewati", "Jeda"]


def test_an_option_carries_response_item_revision_and_code():
    assert data(screen(ask()), "Setuju") == AnswerButton(12, 4, 5, "choose", "2")


def test_long_labels_are_numbered_in_the_text():
    long = OptionView("2", "Materi sesuai dengan tugas dan fungsi saya sehari-hari")
    shown = screen(ask(options=(OptionView("1", "Tidak"), long)))
    assert "1. Tidak\n2. Materi sesuai dengan tugas dan fungsi saya sehari-hari" in shown.text
    first, second, *_ = [row[0] for row in labels(shown)]
    assert first == "1. Tidak"
    assert second.startswith("2. Materi")
    assert units(second) <= 38


def test_a_label_of_32_letters_is_not_numbered():
    assert labels(screen(ask(options=(OptionView("1", "x" * 32),))))[0] == ["x" * 32]


def test_several_choices_show_their_state_and_aim_at_the_other():
    shown = screen(
        ask(
            "select_multiple",
            options=(OptionView("1", "Anggaran", chosen=True), OptionView("2", "Waktu")),
            maximum=3,
            ticked=1,
        )
    )
    assert labels(shown)[:3] == [
        ["☑ Anggaran"], ["☐ Waktu"], ["Selesai (1 dari paling banyak 3)"],
    ]  # fmt: skip
    assert data(shown, "☑ Anggaran") == AnswerButton(12, 4, 5, "off", "1")
    assert data(shown, "☐ Waktu") == AnswerButton(12, 4, 5, "on", "2")


def test_a_range_stands_in_two_rows():
    steps = tuple(OptionView(str(step), str(step)) for step in range(11))
    assert labels(screen(ask("range", options=steps)))[:2] == [
        ["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"],
    ]  # fmt: skip


def test_a_short_range_stands_in_one_row():
    steps = tuple(OptionView(str(step), str(step)) for step in range(1, 6))
    assert labels(screen(ask("range", options=steps)))[0] == ["1", "2", "3", "4", "5"]


def test_a_notice_stands_below_the_question():
    notice = Notice("angka_salah", {"masukan": "<41>", "min": "1", "maks": "40", "contoh": "12"})
    text = screen(ask("integer", notice=notice)).text
    assert text.endswith('⚠ "&lt;41&gt;" belum dapat kami catat. Mohon tulis angka dari 1 sampai 40, misalnya 12.')  # fmt: skip


def test_a_stale_tap_is_told_over_the_chat_and_not_within_the_card():
    stale = ask(notice=Notice("tombol_lama"))
    assert "Tombol ini" not in screen(stale, after_tap=True).text
    assert alerted(TEXTS, "id", Notice("tombol_lama")).startswith("Tombol ini milik")


def test_too_many_typed_choices_are_told_within_the_card():
    notice = Notice("terlalu_banyak_pilihan", {"maks": "3"})
    assert "Paling banyak 3 pilihan" in screen(ask("select_multiple", notice=notice)).text


def test_sure_to_skip_has_two_answers():
    shown = screen(ask(awaiting="skip_confirm", notice=Notice("yakin_dilewati")))
    assert "Pertanyaan ini boleh dilewati. Lewati?" in shown.text
    assert labels(shown)[:2] == [["Ya, lewati"], ["Saya jawab"]]


def test_the_text_of_other_is_asked_without_the_options():
    shown = screen(ask(awaiting="other"))
    assert "Mohon tulis jawaban Bapak/Ibu." in shown.text
    assert labels(shown) == [["Lewati", "Jeda"]]


def test_a_too_long_text_offers_its_beginning():
    notice = Notice("terlalu_panjang", {"panjang": "4097", "maks": "300"})
    shown = screen(ask("text", awaiting="keep_part", notice=notice, can_back=True))
    assert "4097 huruf; yang dapat disimpan 300" in shown.text
    assert data(shown, "Simpan bagian awal") == AnswerButton(12, 4, 5, "keep_part")


def test_who_comes_back_sees_the_answer_and_may_keep_it():
    shown = screen(ask("text", answer_label="Daftar <periksa>", can_keep=True))
    assert "Jawaban sekarang: Daftar &lt;periksa&gt;" in shown.text
    assert data(shown, "Tetap seperti ini") == AnswerButton(12, 4, 5, "keep")


def test_what_the_form_proposes_is_shown_and_may_be_kept():
    shown = screen(ask("text", proposal="Muara <Bungo>", can_keep=True))
    assert "Isian awal: Muara &lt;Bungo&gt;." in shown.text
    assert data(shown, "Tetap seperti ini") == AnswerButton(12, 4, 5, "keep")


def test_a_code_too_long_for_a_button_is_carried_by_its_place():
    code = "c" * 40
    prompt = Ask(item=item("a01", options=options("x", code)), text="?",
                 options=(OptionView(code, "Panjang"), OptionView("x", "Pendek")))  # fmt: skip
    assert data(screen(prompt), "Panjang") == AnswerButton(12, 4, 5, "choose", "#1")


def test_names_with_signs_of_html_are_safe():
    shown = screen(ask(text="Apakah <A_B> & C*?", previous_label="<i>x", section="S&D"))
    assert "Apakah &lt;A_B&gt; &amp; C*?" in shown.text
    assert is_balanced(shown.text)


def test_english_is_spoken_where_it_was_chosen():
    shown = screen(ask(can_back=True), language="en")
    assert shown.text.startswith("Materi - 3 of about 24")
    assert labels(shown)[-1] == ["Back", "Skip", "Pause"]


def test_a_review_lists_every_answer_with_a_number_to_change_it():
    rows = tuple(ReviewRow(f"b{n}", f"Pertanyaan {n}?", f"Jawaban {n}") for n in range(1, 8))
    shown = screen(Review(rows))
    assert "3. Pertanyaan 3?\n   <b>Jawaban 3</b>" in shown.text
    assert labels(shown) == [["1", "2", "3", "4", "5"], ["6", "7"], ["Selesai"]]
    assert data(shown, "6") == AnswerButton(12, 6, 5, "edit")


def test_a_review_half_way_leads_on():
    shown = screen(Review((ReviewRow("b1", "Pertanyaan?", "", "skipped"),), unanswered=4))
    assert "<b>dilewati</b>" in shown.text
    assert "Belum ditanyakan: 4." in shown.text
    assert labels(shown)[-1] == ["Lanjutkan"]


def test_the_longest_review_fits_into_one_message():
    rows = tuple(ReviewRow(f"b{n}", "Apa <itu> & mengapa? " * 9, "😀" * 900) for n in range(60))
    shown = screen(Review(rows))
    assert units(shown.text) <= 4096
    assert is_balanced(shown.text)


def test_thanks_are_said_and_not_drawn():
    with pytest.raises(ValueError, match="thanks"):
        drawn(TEXTS, card(Thank()), after_tap=True)


def test_a_sentence_within_a_sentence_is_spoken_in_the_same_language():
    say = Say("terima_kasih", {"waktu": "hari ini", "tgl_tutup": date(2027, 2, 10),
                               "kalimat_berikutnya": Say("berikutnya_atasan")})  # fmt: skip
    assert "Tidak ada pertanyaan lanjutan." in said(TEXTS, "id", say).text
    assert "There are no further questions." in said(TEXTS, "en", say).text
    assert "Rabu, 10 Februari 2027" in said(TEXTS, "id", say).text


def test_a_button_may_be_a_name_as_it_is():
    say = Say("pilih_nama", {}, (Choice("name", 5, "3", label="A_<B> & C"),))
    (row,) = said(TEXTS, "id", say).buttons
    assert (row[0].label, decode(row[0].data)) == ("A_<B> & C", Press("name", 5, "3"))


@given(
    text=st.text(min_size=1, max_size=5000),
    notes=st.lists(st.text(max_size=3000), max_size=3),
    previous=st.text(max_size=5000),
    hint=st.text(max_size=3000),
)
def test_no_card_is_ever_longer_than_telegram_takes(text, notes, previous, hint):
    shown = screen(ask(text=text, notes=tuple(notes), previous_label=previous, hint=hint))
    assert units(shown.text) <= 4096


def test_a_long_answer_with_signs_of_html_is_cut_as_plain_text():
    shown = screen(ask(previous_label="Contoh <format> " + "yang sama " * 20)).text
    (line,) = [one for one in shown.splitlines() if one.startswith("Tadi")]
    assert line.startswith("Tadi: Contoh &lt;format&gt; yang sama")
    assert line.endswith("…")


@given(st.text(alphabet="a<>&😀 \n", max_size=300), st.integers(1, 120))
def test_shortening_never_breaks_a_tag_or_an_escape(text: str, most: int):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    cut = shortened(f"<b>{escaped}</b> <i>{escaped}</i>", most)
    assert units(cut) <= most
    assert is_balanced(cut)
    assert "&" not in cut.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
