"""Single replies: stale and double taps, several choices, "other", numbers, dates, long texts, stickers."""

from dataclasses import replace

import pytest

from bot.survey.prompts import NOTICES, Ask, Notice, Thank
from bot.survey.record import Attached, Tap, Typed, Unsupported
from bot.survey.response import answer, decline, resume, revise
from tests.survey.forms import form, item, labels, later, options, started, tapped

TWO = form(item("a", required=True), item("b", required=True))
BARRIERS = form(
    item(
        "m",
        "select_multiple",
        options=options(
            "uang",
            "waktu",
            "alat",
            "lain",
            "nihil",
            lain={"free_text": True},
            nihil={"exclusive": True},
        ),
        constraint="count-selected(.) <= 2",
    ),
    item("z"),
)
WHY = form(
    item("a", options=options("tugas", "lain", lain={"free_text": True})),
    item("z"),
)


def typed(questionnaire, turn, text, seconds=20.0):
    return answer(questionnaire, turn.response, Typed(text), later(seconds))


def notice_of(turn):
    assert turn.prompt.notice is not None
    assert set(turn.prompt.notice.arguments) == set(NOTICES[turn.prompt.notice.key])
    return turn.prompt.notice.key


def ticked(turn):
    return [view.code for view in turn.prompt.options if view.chosen]


def only(kind, **properties):
    return form(item("q", kind, **properties), item("z"))


# ---- old and double taps -----------------------------------------------------------------------


def test_a_button_of_an_answered_question_changes_nothing_and_is_noticed():
    turn = tapped(TWO, started(TWO), "choose", "ya")
    stale = answer(TWO, turn.response, Tap("choose", "a", 1, "tidak"), later(60))
    assert stale.response == turn.response
    assert notice_of(stale) == "tombol_lama"


def test_a_button_of_a_finished_response_is_noticed_otherwise():
    turn = tapped(TWO, tapped(TWO, started(TWO), "choose", "ya"), "choose", "ya")
    stale = answer(TWO, turn.response, Tap("choose", "a", 1, "tidak"), later(60))
    assert notice_of(stale) == "tombol_lama_selesai"


def test_an_old_button_after_a_refusal_is_only_thanked_for_again():
    declined = decline(TWO, tapped(TWO, started(TWO), "choose", "ya").response, later(30))
    turn = answer(TWO, declined.response, Tap("choose", "b", 2, "ya"), later(90))
    assert turn.prompt == Thank("refused")


def test_the_second_half_of_a_double_tap_is_not_complained_about():
    turn = tapped(TWO, started(TWO), "choose", "ya")
    again = answer(TWO, turn.response, Tap("choose", "a", 1, "ya"), later(7.5))
    assert (again.response, again.prompt) == (turn.response, turn.prompt)


def test_the_same_button_much_later_is_an_old_one():
    turn = tapped(TWO, started(TWO), "choose", "ya")
    late = answer(TWO, turn.response, Tap("choose", "a", 1, "ya"), later(60))
    assert notice_of(late) == "tombol_lama"


def test_a_second_tap_on_another_option_of_the_same_card_is_noticed():
    turn = tapped(TWO, started(TWO), "choose", "ya")
    assert notice_of(answer(TWO, turn.response, Tap("choose", "a", 1, "tidak"), later(7.5)))


def test_back_tapped_twice_goes_back_once():
    questionnaire = form(item("a"), item("b"), item("c"))
    turn = started(questionnaire)
    for _ in range(2):
        turn = tapped(questionnaire, turn, "choose", "ya")
    tap = Tap("back", "c", turn.response.revision)
    once = answer(questionnaire, turn.response, tap, later(20))
    twice = answer(questionnaire, once.response, tap, later(20.3))
    assert once.response.current == "b"
    assert (twice.response, twice.prompt) == (once.response, once.prompt)


def test_a_tap_on_a_card_just_shown_repeats_the_card():
    turn = started(TWO)
    tap = Tap("choose", "a", turn.response.revision, "ya")
    quick = answer(TWO, turn.response, tap, later(0.3), double_tap_seconds=0.4)
    assert (quick.response, quick.prompt) == (turn.response, turn.prompt)


def test_a_tap_after_a_moment_answers():
    turn = started(TWO)
    tap = Tap("choose", "a", turn.response.revision, "ya")
    slow = answer(TWO, turn.response, tap, later(0.5), double_tap_seconds=0.4)
    assert slow.response.current == "b"


def test_a_tap_after_the_clock_was_set_back_is_no_double_tap():
    turn = started(TWO)
    tap = Tap("choose", "a", turn.response.revision, "ya")
    earlier = answer(TWO, turn.response, tap, later(-3600), double_tap_seconds=0.4)
    assert earlier.response.current == "b"


def test_a_double_tap_on_skip_does_not_confirm_the_skipping():
    turn = tapped(TWO, started(TWO), "skip")
    tap = Tap("skip_yes", "a", turn.response.revision)
    shown = turn.response.shown_at
    assert shown is not None
    quick = answer(TWO, turn.response, tap, shown, double_tap_seconds=0.4)
    assert quick.response.answers == {}


def test_a_card_from_before_a_step_back_is_old():
    turn = tapped(TWO, tapped(TWO, started(TWO), "choose", "ya"), "back")
    assert notice_of(answer(TWO, turn.response, Tap("choose", "a", 1, "tidak"), later(60)))


@pytest.mark.parametrize(
    "tap",
    [
        Tap("choose", "a", 1, "mungkin"),
        Tap("choose", "entah", 1, "ya"),
        Tap("on", "a", 1, "ya"),
        Tap("done", "a", 1),
        Tap("keep", "a", 1),
        Tap("keep_part", "a", 1),
        Tap("skip_yes", "a", 1),
        Tap("edit", "b", 1),
        Tap("submit", "a", 1),
    ],
)
def test_an_invented_tap_is_an_old_button(tap):
    turn = answer(TWO, started(TWO).response, tap, later(9))
    assert (turn.response, notice_of(turn)) == (started(TWO).response, "tombol_lama")


# ---- several choices ---------------------------------------------------------------------------


def test_ticks_aim_at_a_state_so_that_two_are_as_good_as_one():
    once = tapped(BARRIERS, started(BARRIERS), "on", "uang")
    twice = tapped(BARRIERS, once, "on", "uang")
    assert ticked(once) == ticked(twice) == ["uang"]
    assert twice.response.revision == once.response.revision


def test_a_tick_quicker_than_the_redrawn_card_counts():
    begun = started(BARRIERS)
    once = tapped(BARRIERS, begun, "on", "uang")
    tap = Tap("on", "m", begun.response.revision, "alat")
    assert ticked(answer(BARRIERS, once.response, tap, later(8))) == ["uang", "alat"]


def test_a_tick_can_be_taken_back():
    turn = tapped(BARRIERS, tapped(BARRIERS, started(BARRIERS), "on", "uang"), "off", "uang")
    assert ticked(turn) == []


def test_an_exclusive_option_clears_the_others_and_gives_way_to_them():
    turn = tapped(BARRIERS, tapped(BARRIERS, started(BARRIERS), "on", "uang"), "on", "nihil")
    assert ticked(turn) == ["nihil"]
    assert ticked(tapped(BARRIERS, turn, "on", "alat")) == ["alat"]


def test_one_tick_too_many_is_refused_with_the_maximum():
    turn = started(BARRIERS)
    for code in ("uang", "alat", "waktu"):
        turn = tapped(BARRIERS, turn, "on", code)
    assert ticked(turn) == ["uang", "alat"]
    assert turn.prompt.notice == Notice("terlalu_banyak_pilihan", {"maks": "2"})


def test_a_full_card_still_takes_the_exclusive_option():
    turn = started(BARRIERS)
    for code in ("uang", "alat", "nihil"):
        turn = tapped(BARRIERS, turn, "on", code)
    assert ticked(turn) == ["nihil"]


def test_several_codes_are_kept_in_the_order_of_the_questionnaire():
    turn = tapped(BARRIERS, tapped(BARRIERS, started(BARRIERS), "on", "alat"), "on", "uang")
    turn = tapped(BARRIERS, turn, "done")
    assert turn.response.answers["m"].value == "uang alat"


def test_done_with_nothing_ticked_asks_for_a_choice():
    assert notice_of(tapped(BARRIERS, started(BARRIERS), "done")) == "pilih_dahulu"


def test_several_numbers_may_be_typed():
    assert typed(BARRIERS, started(BARRIERS), "1, 3").response.answers["m"].value == "uang alat"


def test_more_numbers_than_allowed_are_refused():
    assert notice_of(typed(BARRIERS, started(BARRIERS), "1,2,3")) == "terlalu_banyak_pilihan"


def test_an_exclusive_option_typed_with_another_is_not_guessed_at():
    assert notice_of(typed(BARRIERS, started(BARRIERS), "1,5")) == "jawaban_perlu_pilihan"


# ---- "other" -----------------------------------------------------------------------------------


def test_other_asks_for_its_text_at_once_and_keeps_both():
    turn = tapped(WHY, started(WHY), "choose", "lain")
    assert turn.prompt.awaiting == "other"
    given = typed(WHY, turn, "Menggantikan teman").response.answers["a"]
    assert (given.value, given.other) == ("lain", "Menggantikan teman")


def test_a_number_typed_as_other_is_its_text():
    turn = tapped(WHY, started(WHY), "choose", "lain")
    assert typed(WHY, turn, "1").response.answers["a"].other == "1"


def test_other_may_stay_unexplained():
    turn = tapped(WHY, tapped(WHY, started(WHY), "choose", "lain"), "skip")
    given = turn.response.answers["a"]
    assert (given.value, given.other) == ("lain", "")


def test_back_from_the_text_of_other_leads_to_the_options():
    turn = tapped(WHY, tapped(WHY, started(WHY), "choose", "lain"), "back")
    assert (turn.response.current, turn.prompt.awaiting, ticked(turn)) == ("a", "", [])


def test_other_among_several_is_written_after_done():
    turn = tapped(BARRIERS, tapped(BARRIERS, started(BARRIERS), "on", "lain"), "done")
    given = typed(BARRIERS, turn, "Mutasi").response.answers["m"]
    assert (given.value, given.other) == ("lain", "Mutasi")


@pytest.mark.parametrize("aside", ["done", "skip"])
def test_stepping_back_from_a_side_question_keeps_the_ticks(aside):
    questionnaire = form(replace(BARRIERS.items[0], required=True))
    turn = tapped(questionnaire, started(questionnaire), "on", "uang")
    turn = tapped(questionnaire, tapped(questionnaire, turn, "on", "lain"), aside)
    assert turn.prompt.awaiting
    assert ticked(tapped(questionnaire, turn, "back")) == ["uang", "lain"]


def test_a_text_written_while_other_is_ticked_is_its_text():
    turn = tapped(BARRIERS, started(BARRIERS), "on", "lain")
    assert typed(BARRIERS, turn, "Mutasi pejabat").response.answers["m"].other == "Mutasi pejabat"


def test_other_looked_at_again_keeps_what_was_written():
    turn = typed(WHY, tapped(WHY, started(WHY), "choose", "lain"), "Menggantikan teman")
    turn = tapped(WHY, tapped(WHY, turn, "back"), "choose", "lain")
    assert tapped(WHY, turn, "skip").response.answers["a"].other == "Menggantikan teman"


def test_a_too_long_other_waits_for_the_person_to_decide():
    turn = typed(WHY, tapped(WHY, started(WHY), "choose", "lain"), "a" * 300)
    assert turn.prompt.notice == Notice("terlalu_panjang", {"panjang": "300", "maks": "200"})
    kept = tapped(WHY, turn, "keep_part")
    assert kept.response.answers["a"].other == "a" * 200


# ---- typed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2", "Tidak", "tidak", "tid"])
def test_a_button_question_takes_its_number_or_label_typed(text):
    assert typed(TWO, started(TWO), text).response.answers["a"].value == "tidak"


def test_an_unreadable_choice_is_asked_again_with_the_numbers():
    turn = typed(TWO, started(TWO), "entahlah")
    assert turn.prompt.notice == Notice("jawaban_perlu_pilihan", {"n": "2"})


def test_a_typed_answer_counts_while_skipping_is_being_confirmed():
    turn = typed(TWO, tapped(TWO, started(TWO), "skip"), "ya")
    assert turn.response.answers["a"].value == "ya"


@pytest.mark.parametrize(
    ("properties", "text", "value"),
    [
        ({"kind": "integer"}, "1.250", "1250"),
        ({"kind": "decimal"}, "1.250,5", "1250.5"),
        ({"kind": "range", "stop": 10}, "10", "10"),
        ({"kind": "date"}, "besok", "2026-11-26"),
        ({"kind": "date"}, "25 November 2026", "2026-11-25"),
        ({"kind": "text"}, "  dua\nbaris \x00", "dua\nbaris"),
    ],
)
def test_what_fits_is_kept_in_one_form(properties, text, value):
    questionnaire = only(**properties)
    assert typed(questionnaire, started(questionnaire), text).response.answers["q"].value == value


@pytest.mark.parametrize(
    ("properties", "text", "notice"),
    [
        ({"kind": "integer"}, "lima", Notice("angka_saja", {"masukan": "lima", "contoh": "12"})),
        ({"kind": "integer"}, "2,5", Notice("angka_bulat", {"masukan": "2,5", "contoh": "12"})),
        (
            {"kind": "integer", "constraint": ". >= 1 and . <= 40"},
            "41",
            Notice("angka_salah", {"masukan": "41", "min": "1", "maks": "40", "contoh": "20"}),
        ),
        (
            {"kind": "range", "stop": 10},
            "11",
            Notice("angka_salah", {"masukan": "11", "min": "0", "maks": "10", "contoh": "5"}),
        ),
        (
            {"kind": "range", "stop": 100, "step": 5},
            "42",
            Notice("angka_langkah", {"masukan": "42", "urutan": "0; 5; 10", "maks": "100"}),
        ),
        ({"kind": "integer", "constraint": ". mod 2 = 0"}, "3", Notice("jawaban_ditolak")),
        (
            {"kind": "integer", "constraint": ". > 5", "constraint_messages": labels("Lebih dari 5")},
            "3",
            Notice("author", {"text": "Lebih dari 5"}),
        ),
        (
            {"kind": "date"},
            "nanti",
            Notice("tanggal_salah", {"masukan": "nanti", "contoh": "25 November 2026"}),
        ),
        ({"kind": "text"}, "  \x00 ", Notice("tulisan_diperlukan")),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_is_recorded(properties, text, notice):
    questionnaire = only(**properties)
    turn = typed(questionnaire, started(questionnaire), text)
    assert (turn.prompt.notice, turn.response.answers) == (notice, {})


def test_a_constraint_may_look_at_earlier_answers():
    questionnaire = form(
        item("n", "integer"), item("q", "integer", constraint=". <= ${n}"), item("z")
    )
    turn = typed(questionnaire, typed(questionnaire, started(questionnaire), "4"), "5")
    assert notice_of(turn) == "jawaban_ditolak"


def test_a_whole_message_too_long_is_kept_until_the_person_decides():
    questionnaire = only("text", constraint="string-length(.) <= 300")
    turn = typed(questionnaire, started(questionnaire), "x" * 4097)
    assert turn.prompt.notice == Notice("terlalu_panjang", {"panjang": "4097", "maks": "300"})
    shown_again = resume(questionnaire, turn.response, later(99))
    assert shown_again.prompt.notice == turn.prompt.notice
    kept = tapped(questionnaire, turn, "keep_part")
    assert kept.response.answers["q"].value == "x" * 300


@pytest.mark.parametrize(("limit", "most"), [("<= 5", 5), ("< 5", 4)])
def test_the_longest_text_is_read_off_the_constraint(limit, most):
    questionnaire = only("text", constraint=f"string-length(.) {limit}")
    assert started(questionnaire).prompt.maximum == most


def test_a_shorter_text_may_be_written_instead():
    questionnaire = only("text", constraint="string-length(.) <= 5")
    turn = typed(questionnaire, typed(questionnaire, started(questionnaire), "terlalu"), "pas")
    assert turn.response.answers["q"].value == "pas"


# ---- what is not text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "sent", "key"),
    [
        ("select_one", "sticker", "jawaban_perlu_pilihan"),
        ("select_multiple", "photo", "jawaban_perlu_pilihan"),
        ("integer", "sticker", "angka_diperlukan"),
        ("date", "document", "tanggal_diperlukan"),
        ("text", "voice", "suara_tidak_diterima"),
        ("text", "sticker", "tulisan_diperlukan"),
    ],
)
def test_a_sticker_or_a_voice_message_is_told_what_is_needed(kind, sent, key):
    questionnaire = only(kind)
    turn = answer(questionnaire, started(questionnaire).response, Unsupported(sent), later(5))
    assert notice_of(turn) == key
    assert isinstance(turn.prompt, Ask)


@pytest.mark.parametrize(
    ("kind", "sent", "most", "key"),
    [
        ("audio", "voice", 10_000_000, "suara_terlalu_besar"),
        ("image", "photo", 20_000_000, "berkas_terlalu_besar"),
        ("file", "file", 20_000_000, "berkas_terlalu_besar"),
    ],
)
def test_what_is_too_large_to_be_fetched_is_asked_for_anew(kind, sent, most, key):
    questionnaire, said = only(kind), Attached(sent, "F1", size=most)
    begun = started(questionnaire).response
    turn = answer(questionnaire, begun, replace(said, size=most + 1), later(5))
    assert (notice_of(turn), turn.recorded) == (key, ())
    assert answer(questionnaire, turn.response, said, later(9)).response.answers["q"].value


# ---- the order of options ----------------------------------------------------------------------

SHUFFLED = only(
    "select_one", randomize=True, options=options(*"abcdefgh", "lain", lain={"fixed": True})
)


def shown_order(seed):
    return [view.code for view in started(SHUFFLED, seed=seed).prompt.options]


def test_shuffled_options_stay_in_one_order_for_one_person():
    assert shown_order(3) == shown_order(3)


def test_shuffled_options_differ_between_people_and_the_fixed_one_stays_last():
    orders = [shown_order(seed) for seed in range(5)]
    assert len({tuple(order) for order in orders}) > 1
    assert {order[-1] for order in orders} == {"lain"}


def test_a_typed_number_means_the_option_shown_there():
    turn = started(SHUFFLED, seed=3)
    answered = typed(SHUFFLED, turn, "2").response.answers["q"].value
    assert answered == turn.prompt.options[1].code


# ---- quick taps on a card that has pages, ticks or months ---------------------------------------

LONG = form(
    item("unit", options=options(*(f"unit{number}" for number in range(45)))),
    item("units", "select_multiple", options=options(*(f"unit{number}" for number in range(45)))),
    item("day", "date"),
    item("when", "datetime"),
    item("order", "rank", options=options("x", "y", "z")),
    item("why", options=options("tugas", "lain", lain={"free_text": True})),
    item("z"),
)


def at_item(name):
    begun = started(LONG)
    return revise(LONG, begun.response, name, later(5))


def both(turn, first, second, after=60.0):
    """Two taps on the same drawn card, the second before the card was redrawn."""
    drawn = turn.response
    state = drawn
    for seconds, (action, code) in ((after, first), (after + 0.3, second)):
        tap = Tap(action, drawn.current or "", drawn.revision, code)
        turn = answer(LONG, state, tap, later(seconds))
        state = turn.response
    return turn


@pytest.mark.parametrize(
    ("name", "first", "second", "value"),
    [
        ("unit", ("page", "2"), ("choose", "unit3"), "unit3"),
        ("day", ("page", "2026-10"), ("choose", "2026-11-12"), "2026-11-12"),
        ("units", ("on", "unit3"), ("page", "2"), None),
        ("units", ("on", "unit3"), ("done", ""), "unit3"),
        ("order", ("on", "y"), ("on", "x"), None),
    ],
)
def test_the_next_tap_may_be_quicker_than_the_redrawn_card(name, first, second, value):
    turn = both(at_item(name), first, second)
    assert turn.prompt.notice is None
    assert value is None or turn.response.answers[name].value == value
    assert value is not None or (turn.response.chosen or turn.response.view)


@pytest.mark.parametrize(
    ("name", "action", "code"),
    [
        ("unit", "page", "2"),
        ("unit", "page", "all"),
        ("unit", "choose", "unit4"),
        ("units", "on", "unit4"),
        ("day", "page", "2026-10"),
        ("day", "choose", "2026-11-12"),
        ("day", "stay", ""),
        ("when", "choose", "2026-11-12"),
        ("order", "on", "x"),
        ("order", "clear", ""),
        ("why", "choose", "lain"),
        ("why", "choose", "tugas"),
        ("why", "review", ""),
    ],
)
@pytest.mark.parametrize("after", [6.0, 900.0], ids=["at once", "long after"])
def test_a_double_tap_is_as_good_as_one_and_says_nothing(name, action, code, after):
    turn = at_item(name)
    tap = Tap(action, name, turn.response.revision, code)
    once = answer(LONG, turn.response, tap, later(after))
    twice = both(turn, (action, code), (action, code), after)
    assert twice.response == once.response
    assert twice.prompt == once.prompt


def test_ticks_on_several_pages_are_kept_together():
    turn = both(at_item("units"), ("on", "unit3"), ("page", "3"))
    turn = tapped(LONG, turn, "on", "unit25")
    turn = tapped(LONG, turn, "done")
    assert turn.response.answers["units"].value == "unit3 unit25"


def test_back_is_not_lost_after_a_quick_tick():
    turn = both(at_item("units"), ("on", "unit3"), ("back", ""))
    assert turn.response.current == "unit"


def test_the_pages_of_the_review_take_quick_taps_too():
    turn = at_item("day")
    turn = answer(LONG, turn.response, Tap("review", "", turn.response.revision), later(9))
    drawn = turn.response
    for seconds, page in ((900, "2"), (900.2, "2"), (900.4, "1")):
        turn = answer(
            LONG, turn.response, Tap("page", "unit", drawn.revision, page), later(seconds)
        )
        assert (turn.prompt.notice, turn.prompt.page) == (None, int(page))
