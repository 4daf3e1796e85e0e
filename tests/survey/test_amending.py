"""An edited message: what it says now is the answer, if it can be one, and the person stays where they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.survey.prompts import Ask, Notice, Review
from bot.survey.record import Attached, Correction, Tap, Typed, Unsupported
from bot.survey.response import amend, answer
from tests.survey.forms import EVERYTHING, NOW, form, item, labels, later, options, started, tapped

WHY = options("tugas", "biaya", "lain", lain={"free_text": True})
FORM = form(
    item("a", options=options("tidak", "setuju")),
    item("b", "integer", constraint=". >= 1 and . <= 40"),
    item("c", "text", relevant="${a} = 'setuju'"),
    item("d", "select_multiple", options=options("uang", "waktu", "alat"), choice_filter="${a} = 'setuju' or name != 'alat'"),
    item("e"),
)  # fmt: skip
ONE = form(
    item("why", options=WHY),
    item("when", "datetime"),
    item("note", "text", voice=True, constraint="string-length(.) <= 40"),
    item("photo", "image"),
    item("z"),
)


def through(questionnaire, *texts):
    turn = started(questionnaire)
    for at, text in enumerate(texts, 1):
        turn = answer(questionnaire, turn.response, Typed(text), later(60 * at))
    return turn


def edited(turn, name, text, questionnaire=FORM, **more):
    said = Typed(text) if isinstance(text, str) else text
    return amend(questionnaire, turn.response, Correction(name, said, **more), later(3600))


def value(turn, name):
    return turn.response.answers[name].value


def test_the_answer_follows_its_message_and_the_question_shown_stays():
    before = through(FORM, "setuju", "12")
    turn = edited(before, "b", "14")
    assert (value(turn, "b"), turn.response.current) == ("14", "c")
    assert turn.prompt.notice == Notice(
        "jawaban_diubah", {"pertanyaan": "Pertanyaan b?", "jawaban": "14"}
    )
    assert turn.recorded[0].replaced == before.response.answers["b"]
    assert turn.response.answers["b"].revised == 1
    assert turn.response.revision == before.response.revision + 1


def test_what_the_constraint_refuses_leaves_the_old_answer_and_says_why():
    before = through(FORM, "setuju", "12")
    turn = edited(before, "b", "99")
    assert turn.response == before.response
    notice = turn.prompt.notice
    assert (notice.key, notice.arguments["jawaban"], notice.because.key) == (
        "suntingan_ditolak",
        "12",
        "angka_salah",
    )


def test_the_same_edit_twice_changes_nothing_twice_and_says_nothing():
    once = edited(through(FORM, "setuju", "12"), "b", "14")
    twice = edited(once, "b", "14")
    assert (twice.response, twice.recorded, twice.prompt.notice) == (once.response, (), None)


def test_what_hangs_on_the_answer_goes_and_comes_back_as_a_question():
    turn = edited(through(FORM, "setuju", "12", "teks"), "a", "tidak")
    assert [lost.item for lost in turn.dropped] == ["c"]
    assert turn.response.current == "d"
    turn = answer(FORM, turn.response, Typed("1"), later(3700))
    assert turn.response.current == "e"
    turn = edited(turn, "a", "setuju")
    assert turn.response.current == "e"
    assert answer(FORM, turn.response, Typed("ya"), later(3800)).response.current == "c"


def test_ticks_on_the_card_stay_unless_their_option_went():
    turn = through(FORM, "setuju", "12", "teks")
    for code in ("uang", "alat"):
        turn = answer(FORM, turn.response, Tap("on", "d", turn.response.revision, code), later(500))
    kept = edited(turn, "b", "13")
    assert [view.code for view in kept.prompt.options if view.chosen] == ["uang", "alat"]
    lost = edited(turn, "a", "tidak")
    assert [view.code for view in lost.prompt.options if view.chosen] == ["uang"]


def test_the_time_of_the_card_goes_on():
    before = through(FORM, "setuju", "12")
    assert (
        edited(before, "a", "tidak").response.answers["a"].seconds
        == before.response.answers["a"].seconds
    )
    assert edited(before, "b", "14").response.shown_at == before.response.shown_at


def test_an_edit_that_ends_the_interview_ends_it():
    turn = tapped(EVERYTHING, started(EVERYTHING), "choose", "tetap")
    turn = edited(turn, "pindah", "keluar", EVERYTHING)
    assert (turn.response.stage, turn.response.disposition) == ("done", "ineligible")


def test_an_edit_after_the_end_keeps_the_thanks_or_asks_what_it_opened():
    done = through(FORM, "tidak", "12", "1", "ya")
    assert done.response.stage == "done"
    kept = edited(done, "b", "13")
    assert (kept.response.stage, value(kept, "b")) == ("done", "13")
    opened = edited(done, "a", "setuju")
    assert isinstance(opened.prompt, Ask)
    assert opened.response.current == "c"


def test_an_edit_in_the_review_shows_the_review_with_the_new_answer():
    turn = through(FORM, "setuju", "12")
    turn = answer(FORM, turn.response, Tap("review", "", turn.response.revision), later(300))
    turn = edited(turn, "b", "14")
    assert isinstance(turn.prompt, Review)
    assert [row.answer_label for row in turn.prompt.rows] == ["Setuju", "14"]
    assert turn.prompt.notice.key == "jawaban_diubah"


def test_nothing_changes_for_a_question_that_is_not_asked_any_more():
    before = edited(through(FORM, "setuju", "12", "teks"), "a", "tidak")
    turn = edited(before, "c", "teks lain")
    assert turn.response == before.response
    assert turn.prompt.notice == Notice("suntingan_tidak_berlaku")


def test_the_message_of_lainnya_changes_its_words_and_the_choice_keeps_them():
    turn = through(ONE, "lain", "sebab satu")
    turn = edited(turn, "why", "sebab dua", ONE, is_other=True)
    assert turn.response.answers["why"].other == "sebab dua"
    assert turn.prompt.notice.arguments["jawaban"] == "sebab dua"
    unchanged = edited(turn, "why", "3", ONE)
    assert unchanged.response.answers["why"].other == "sebab dua"
    other = edited(turn, "why", "tugas", ONE)
    assert (value(other, "why"), other.response.answers["why"].other) == ("tugas", "")
    gone = edited(other, "why", "sebab tiga", ONE, is_other=True)
    assert gone.prompt.notice == Notice("suntingan_tidak_berlaku")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("26/11/2026 09.00", "2026-11-26T09:00"),
        ("26/11/2026", "2026-11-26T14:30"),
        ("16.15", "2026-11-25T16:15"),
        ("entah", "2026-11-25T14:30"),
    ],
)
def test_of_a_day_with_its_hour_each_may_be_edited_alone(text, moment):
    turn = edited(through(ONE, "tugas", "25/11/2026 14.30"), "when", text, ONE)
    assert value(turn, "when") == moment


def test_editing_one_of_several_messages_joins_them_again():
    turn = through(ONE, "tugas", "25/11/2026 14.30", "satu", "dua", "tiga")
    assert value(turn, "note") == "satu\ndua\ntiga"
    turn = edited(turn, "note", "DUA", ONE, earlier=("satu",), later=("tiga",))
    assert value(turn, "note") == "satu\nDUA\ntiga"
    assert (turn.response.awaiting, turn.response.current) == ("more", "note")


def test_a_part_with_which_the_whole_is_too_long_is_refused():
    before = through(ONE, "tugas", "25/11/2026 14.30", "satu", "dua")
    turn = edited(before, "note", "x" * 38, ONE, earlier=("satu",))
    assert turn.response == before.response
    assert turn.prompt.notice.because.key == "terlalu_panjang"


def test_the_caption_of_a_photo_is_part_of_its_answer():
    turn = through(ONE, "tugas", "25/11/2026 14.30", "satu")
    turn = tapped(ONE, turn, "done")
    turn = answer(ONE, turn.response, Attached("photo", "F", caption="lama"), later(900))
    turn = edited(turn, "photo", Attached("photo", "F", caption="baru"), ONE)
    assert value(turn, "photo") == "[photo F]\nbaru"


@pytest.mark.parametrize("said", [Unsupported("sticker"), Attached("voice", "V"), Typed("")])
def test_what_is_no_answer_to_the_question_is_refused_with_what_it_needs(said):
    before = through(FORM, "setuju", "12", "teks")
    turn = edited(before, "c", said)
    assert turn.response == before.response
    assert turn.prompt.notice.because is not None


@pytest.mark.parametrize(
    ("texts", "corrected", "current"),
    [
        (("setuju", "99"), "9", "c"),
        (("setuj", ), "setuju", "b"),
        (("setuju", "12", "teks", "5"), "1", "e"),
    ],
)  # fmt: skip
def test_a_refused_message_edited_into_an_answer_is_one(texts, corrected, current):
    before = through(FORM, *texts)
    turn = edited(before, before.response.current, corrected, is_new=True)
    assert turn.response.current == current


@pytest.mark.parametrize(
    ("texts", "corrected", "answers"),
    [
        (("lain",), "tugas", {"why": "tugas"}),
        (("tugas", "25/11/2026"), "25/11/2026 09.00", {"when": "2026-11-25T09:00"}),
        (("tugas", "25/11/2026"), "16.15", {"when": "2026-11-25T16:15"}),
        (("tugas", "25/11/2026 14.30", "x" * 50), "pendek", {"note": "pendek"}),
    ],
)
def test_what_a_message_led_to_is_taken_back_with_it(texts, corrected, answers):
    before = through(ONE, *texts)
    turn = edited(before, before.response.current, corrected, ONE, is_new=True)
    assert {name: value(turn, name) for name in answers} == answers


def test_a_message_edited_into_another_wrong_one_leaves_the_card_as_it_is():
    before = through(ONE, "lain")
    turn = edited(before, "why", "entah apa", ONE, is_new=True)
    assert turn.response == before.response
    assert turn.prompt.notice.key == "jawaban_perlu_pilihan"


def test_a_long_answer_is_said_in_short():
    long = form(item("t", "text", labels=labels("Apa " * 40)), item("z"))
    turn = edited(through(long, "x"), "t", "kata " * 100, long)
    words = turn.prompt.notice.arguments
    assert (len(words["pertanyaan"]), len(words["jawaban"])) == (60, 100)


def test_a_number_with_two_readings_becomes_the_likelier_one_and_is_said():
    decimal = form(item("n", "decimal"), item("z"))
    turn = edited(through(decimal, "5"), "n", "1.250", decimal)
    assert turn.prompt.notice.arguments["jawaban"] == "1250"


def test_nothing_is_amended_after_the_round_has_closed():
    closed = replace(through(FORM, "setuju", "12").response, stage="closed", current=None)
    assert (
        amend(FORM, closed, Correction("b", Typed("14")), NOW + timedelta(days=9)).response
        == closed
    )
