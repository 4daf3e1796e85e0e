"""How far one is, what is left, and what a response is called when its round closes."""

import pytest

from bot.survey.progress import answered, applicable_required, disposition_at_close, remaining
from bot.survey.record import Typed
from bot.survey.response import answer, decline, revise
from tests.survey.forms import (
    EVERYTHING,
    NOW,
    form,
    item,
    later,
    options,
    response,
    started,
    tapped,
)

TEN = form(*(item(f"q{number}", required=True) for number in range(10)))


def after(taps):
    turn = started(TEN)
    for _ in range(taps):
        turn = tapped(TEN, turn, "choose", "ya")
    return turn


def closed_as(questionnaire, state):
    return disposition_at_close(questionnaire, state, NOW, complete_share=0.8, partial_share=0.5)


@pytest.mark.parametrize(
    ("taps", "disposition"),
    [(10, "complete"), (8, "complete"), (7, "partial"), (5, "partial"), (4, "break_off"), (0, "break_off")],
)  # fmt: skip
def test_the_share_of_required_answers_decides_at_closing(taps, disposition):
    assert closed_as(TEN, after(taps).response) == disposition


def test_whoever_never_began_is_a_noncontact():
    assert closed_as(TEN, response(disposition="invited")) == "noncontact"


def test_a_refusal_stays_a_refusal_at_closing():
    assert closed_as(TEN, decline(TEN, after(9).response, later(99)).response) == "refused"


def test_an_ineligible_response_stays_ineligible_at_closing():
    turn = tapped(EVERYTHING, started(EVERYTHING), "choose", "keluar")
    assert closed_as(EVERYTHING, turn.response) == "ineligible"


def test_a_refused_item_does_not_count_as_answered():
    turn = after(7)
    turn = tapped(TEN, tapped(TEN, turn, "skip"), "skip_yes")
    assert closed_as(TEN, turn.response) == "partial"


def test_do_not_know_is_an_answer():
    questionnaire = form(
        item("q", required=True, options=options("ya", "tt", tt={"missing": "dont_know"}))
    )
    turn = tapped(questionnaire, started(questionnaire), "choose", "tt")
    assert (turn.response.answers["q"].value, turn.response.answers["q"].missing) == (
        "tt",
        "dont_know",
    )
    assert turn.response.disposition == "complete"


def test_only_applicable_items_count():
    questionnaire = form(
        item("a", required=True), item("b", required=True, relevant="${a} = 'ya'"), item("c")
    )
    turn = tapped(questionnaire, started(questionnaire), "choose", "tidak")
    required = applicable_required(questionnaire, turn.response, NOW)
    assert [entry.name for entry in required] == ["a"]


def test_what_is_left_counts_taps_and_texts():
    questionnaire = form(item("a"), item("b", "text"), item("c", "note"), item("d"))
    turn = tapped(questionnaire, started(questionnaire), "choose", "ya")
    left = remaining(questionnaire, turn.response, NOW, seconds_per_tap=7, seconds_per_text=40)
    assert (left.items, left.seconds) == (2, 47)


def test_a_skipped_question_is_not_a_stored_answer():
    questionnaire = form(item("a"), item("b"), item("c"))
    turn = tapped(
        questionnaire, tapped(questionnaire, started(questionnaire), "choose", "ya"), "skip"
    )
    assert answered(questionnaire, turn.response, NOW) == 1


def test_the_card_tells_where_one_is():
    prompt = after(3).prompt
    assert (prompt.position, prompt.total) == (4, 10)


def test_the_card_repeats_the_previous_answer():
    assert after(1).prompt.previous_label == "Ya"


def test_the_card_says_that_the_previous_question_was_skipped():
    questionnaire = form(item("a"), item("b"))
    prompt = tapped(questionnaire, started(questionnaire), "skip").prompt
    assert (prompt.previous_label, prompt.previous_missing) == ("", "skipped")


def test_after_a_correction_the_card_repeats_the_corrected_answer():
    turn = after(3)
    turn = tapped(TEN, tapped(TEN, turn, "back"), "back")
    turn = tapped(TEN, turn, "choose", "tidak")
    assert (turn.prompt.item.name, turn.prompt.previous_label) == ("q3", "Tidak")


def test_progress_never_falls_when_an_edit_closes_a_branch():
    questionnaire = form(
        item("a"),
        *(item(f"b{number}", relevant="${a} = 'ya'") for number in range(5)),
        item("c"),
        item("d"),
    )
    turn = started(questionnaire)
    for _ in range(7):
        turn = tapped(questionnaire, turn, "choose", "ya")
    assert (turn.prompt.item.name, turn.prompt.position) == ("d", 8)
    turn = revise(questionnaire, turn.response, "a", later(90))
    turn = tapped(questionnaire, turn, "choose", "tidak")
    assert (turn.prompt.item.name, turn.prompt.position, turn.prompt.total) == ("d", 8, 8)


def test_going_back_shows_the_number_of_the_earlier_question():
    assert tapped(TEN, after(3), "back").prompt.position == 3


def test_a_typed_answer_counts_like_a_tapped_one():
    turn = answer(TEN, after(9).response, Typed("ya"), later(99))
    assert turn.response.disposition == "complete"


def test_nothing_is_left_after_an_option_that_ends_it():
    turn = tapped(EVERYTHING, started(EVERYTHING), "choose", "keluar")
    left = remaining(EVERYTHING, turn.response, NOW, seconds_per_tap=7, seconds_per_text=40)
    assert left.items == 0
