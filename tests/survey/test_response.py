"""The course of an interview: what is asked next, what is recorded, what an edit changes, how it ends."""

from datetime import timedelta

import pytest

from bot.survey.prompts import Ask, Closed, Notice, Review, Thank
from bot.survey.record import Tap, Typed
from bot.survey.response import answer, begin, current, decline, resume, revise
from tests.survey.forms import (
    EVERYTHING,
    NOW,
    form,
    item,
    labels,
    later,
    options,
    response,
    started,
    tapped,
)

BRANCH = form(
    item("a", required=True),
    item("b", "text", relevant="${a} = 'ya'"),
    item("c", required=True),
)


def asked(turn):
    assert isinstance(turn.prompt, Ask)
    return turn.prompt.item.name


def through(questionnaire, *codes):
    turn = started(questionnaire)
    for code in codes:
        turn = tapped(questionnaire, turn, "choose", code)
    return turn


def test_beginning_shows_the_first_question_and_makes_the_response_partial():
    turn = started(BRANCH)
    assert asked(turn) == "a"
    assert (turn.response.disposition, turn.response.begun_at) == ("partial", NOW)


def test_beginning_twice_goes_on_where_one_was():
    turn = through(BRANCH, "tidak")
    assert asked(begin(BRANCH, turn.response, later(60))) == "c"


def test_an_answer_is_recorded_with_its_seconds():
    turn = tapped(BRANCH, started(BRANCH), "choose", "tidak", seconds=9)
    recorded = turn.recorded[0]
    assert (recorded.answer.item, recorded.answer.value, recorded.answer.seconds) == (
        "a",
        "tidak",
        9,
    )
    assert recorded.replaced is None


def test_an_item_that_does_not_apply_is_never_asked():
    assert asked(through(BRANCH, "tidak")) == "c"


def test_an_item_that_applies_is_asked():
    assert asked(through(BRANCH, "ya")) == "b"


def test_the_revision_grows_by_one_with_each_accepted_change():
    turn = started(BRANCH)
    assert tapped(BRANCH, turn, "choose", "ya").response.revision == turn.response.revision + 1


def test_the_last_answer_completes_the_response():
    turn = through(BRANCH, "tidak", "ya")
    assert isinstance(turn.prompt, Thank)
    assert (turn.response.stage, turn.response.disposition) == ("done", "complete")
    assert turn.response.completed_at == later(14)


def test_too_many_refusals_leave_the_response_partial():
    turn = tapped(BRANCH, started(BRANCH), "skip")
    turn = tapped(BRANCH, turn, "skip_yes")
    turn = tapped(BRANCH, turn, "choose", "ya")
    assert (turn.response.stage, turn.response.disposition) == ("done", "partial")


def test_going_back_and_giving_the_same_answer_changes_no_data():
    before = through(BRANCH, "ya")
    back = tapped(BRANCH, before, "back")
    again = tapped(BRANCH, back, "choose", "ya")
    assert asked(again) == "b"
    assert again.response.answers == before.response.answers
    assert again.recorded == ()


def test_going_back_and_keeping_the_answer_leads_to_the_open_question():
    back = tapped(BRANCH, through(BRANCH, "ya"), "back")
    assert back.prompt.can_keep
    assert asked(tapped(BRANCH, back, "keep")) == "b"


def test_the_first_card_has_no_way_back():
    turn = started(BRANCH)
    assert not turn.prompt.can_back
    assert asked(tapped(BRANCH, turn, "back")) == "a"


def test_an_edit_keeps_what_it_replaced():
    back = tapped(BRANCH, through(BRANCH, "ya"), "back")
    edited = tapped(BRANCH, back, "choose", "tidak")
    (recorded,) = edited.recorded
    assert (recorded.answer.value, recorded.answer.revised) == ("tidak", 1)
    assert recorded.replaced.value == "ya"


def test_an_edit_takes_answers_that_no_longer_apply_out_of_the_data():
    turn = through(BRANCH, "ya")
    turn = answer(BRANCH, turn.response, Typed("contoh"), later(20))
    turn = tapped(BRANCH, tapped(BRANCH, turn, "back"), "back")
    edited = tapped(BRANCH, turn, "choose", "tidak")
    assert [lost.item for lost in edited.dropped] == ["b"]
    assert set(edited.response.answers) == {"a"}


def test_an_answer_whose_option_is_filtered_away_by_an_edit_is_asked_again():
    questionnaire = form(
        item("b", "select_multiple", options=options("x", "y", "z")),
        item("u", options=options("x", "y", "z"), choice_filter="selected(${b}, name)"),
        item("c"),
    )
    turn = answer(questionnaire, started(questionnaire).response, Typed("1,2"), later(5))
    turn = tapped(questionnaire, turn, "choose", "x")
    turn = revise(questionnaire, turn.response, "b", later(20))
    turn = answer(questionnaire, turn.response, Typed("2,3"), later(25))
    assert asked(turn) == "u"
    assert [lost.value for lost in turn.dropped] == ["x"]


def test_a_choice_with_nothing_left_to_choose_is_not_asked():
    questionnaire = form(
        item("b", "select_multiple", options=options("x", "lain")),
        item("u", options=options("y"), choice_filter="selected(${b}, name)"),
        item("c"),
    )
    turn = answer(questionnaire, started(questionnaire).response, Typed("1"), later(5))
    assert asked(turn) == "c"


def test_an_optional_item_skipped_is_skipped():
    turn = tapped(BRANCH, through(BRANCH, "ya"), "skip")
    assert turn.response.answers["b"].missing == "skipped"


def test_a_required_item_is_confirmed_before_it_is_refused():
    asked_back = tapped(BRANCH, started(BRANCH), "skip")
    assert asked_back.prompt.notice == Notice("yakin_dilewati")
    refused = tapped(BRANCH, asked_back, "skip_yes")
    assert refused.response.answers["a"].missing == "refused"


def test_skipping_is_confirmed_once_per_form():
    turn = tapped(BRANCH, tapped(BRANCH, started(BRANCH), "skip"), "skip_yes")
    assert tapped(BRANCH, turn, "skip").response.answers["c"].missing == "refused"


def test_whoever_would_rather_answer_gets_the_question_back():
    turn = tapped(BRANCH, tapped(BRANCH, started(BRANCH), "skip"), "skip_no")
    assert (asked(turn), turn.prompt.awaiting) == ("a", "")
    assert turn.response.answers == {}


def test_notes_join_the_next_question_and_the_last_ones_the_thanks():
    questionnaire = form(
        item("n1", "note", labels=labels("Satu")),
        item("n2", "note", labels=labels("Dua")),
        item("a"),
        item("n3", "note", labels=labels("Tamat")),
    )
    turn = started(questionnaire)
    assert turn.prompt.notes == ("Satu", "Dua")
    assert tapped(questionnaire, turn, "choose", "ya").prompt == Thank("", "Tamat")


def test_piped_answers_appear_by_their_label_and_written_other_by_its_words():
    turn = started(EVERYTHING, hidden={"nama": "Excel <Dasar>"})
    assert turn.prompt.notes == ("Selamat datang di Excel <Dasar>.",)
    turn = revise(EVERYTHING, turn.response, "hambatan", later(1))
    turn = answer(EVERYTHING, turn.response, Typed("waktu, lainnya"), later(5))
    turn = answer(EVERYTHING, turn.response, Typed("Mutasi"), later(9))
    turn = revise(EVERYTHING, turn.response, "utama", later(12))
    assert turn.prompt.text == "Dari Waktu, Mutasi, mana yang paling menghambat?"


def test_labels_come_in_the_language_of_the_response():
    assert started(BRANCH, language="en").prompt.text == "Pertanyaan a? (en)"


def test_a_calculate_is_recorded_as_an_answer_and_follows_an_edit():
    questionnaire = form(
        item("a", "integer"), item("dua", "calculate", calculation="${a} * 2"), item("c")
    )
    turn = answer(questionnaire, started(questionnaire).response, Typed("4"), later(5))
    assert turn.response.answers["dua"].value == "8"
    turn = answer(
        questionnaire,
        revise(questionnaire, turn.response, "a", later(8)).response,
        Typed("5"),
        later(9),
    )
    assert [entry.answer.value for entry in turn.recorded] == ["5", "10"]


def test_an_option_may_end_the_interview():
    turn = tapped(EVERYTHING, started(EVERYTHING), "choose", "keluar")
    assert turn.prompt == Thank("ineligible")
    assert (turn.response.stage, turn.response.disposition) == ("done", "ineligible")


def test_a_mistaken_end_can_be_taken_back_without_loss():
    turn = tapped(EVERYTHING, through(EVERYTHING, "tetap", "tidak"), "review")
    turn = tapped_edit(EVERYTHING, turn, "pindah")
    ended = tapped(EVERYTHING, turn, "choose", "keluar")
    turn = revise(EVERYTHING, ended.response, "pindah", later(60))
    turn = tapped(EVERYTHING, turn, "choose", "tetap")
    assert asked(turn) == "hambatan"
    assert turn.response.disposition == "partial"
    assert turn.response.answers["sering"].value == "tidak"


def test_the_review_lists_every_answer_and_what_is_open():
    turn = tapped(BRANCH, through(BRANCH, "tidak"), "review")
    assert isinstance(turn.prompt, Review)
    assert [(row.item, row.answer_label) for row in turn.prompt.rows] == [("a", "Tidak")]
    assert turn.prompt.unanswered == 1


def tapped_edit(questionnaire, turn, name):
    tap = Tap("edit", name, turn.response.revision)
    return answer(questionnaire, turn.response, tap, later(40))


def test_leaving_the_review_leads_to_the_open_question():
    turn = tapped(BRANCH, tapped(BRANCH, through(BRANCH, "tidak"), "review"), "submit")
    assert asked(turn) == "c"


def test_a_finished_response_may_be_edited_and_stays_complete():
    turn = tapped(BRANCH, through(BRANCH, "tidak", "ya"), "review")
    turn = tapped_edit(BRANCH, turn, "c")
    turn = tapped(BRANCH, turn, "choose", "tidak")
    assert isinstance(turn.prompt, Thank)
    assert (turn.response.disposition, turn.response.completed_at) == ("complete", later(14))
    assert turn.response.answers["c"].revised == 1


def test_an_edit_after_the_end_asks_what_it_opened():
    turn = revise(BRANCH, through(BRANCH, "tidak", "ya").response, "a", later(60))
    assert asked(tapped(BRANCH, turn, "choose", "ya")) == "b"


def test_an_item_that_does_not_apply_cannot_be_revised():
    turn = revise(BRANCH, through(BRANCH, "tidak").response, "b", later(60))
    assert asked(turn) == "c"
    assert turn.prompt.notice == Notice("tombol_lama")


def test_declining_is_thanked_for_and_keeps_the_answers():
    turn = decline(BRANCH, through(BRANCH, "tidak").response, later(60))
    assert turn.prompt == Thank("refused")
    assert (turn.response.disposition, set(turn.response.answers)) == ("refused", {"a"})


def test_whoever_declined_may_go_on_where_they_were():
    declined = decline(BRANCH, through(BRANCH, "tidak").response, later(60))
    turn = resume(BRANCH, declined.response, later(90))
    assert (asked(turn), turn.response.disposition) == ("c", "partial")


def test_looking_at_the_answers_does_not_undo_a_refusal():
    declined = decline(BRANCH, through(BRANCH, "tidak").response, later(60))
    turn = tapped(BRANCH, tapped(BRANCH, declined, "review"), "submit")
    assert turn.response.disposition == "refused"
    assert turn.prompt == Thank("refused")


def test_a_pause_does_not_count_as_time_taken_for_an_answer():
    turn = resume(BRANCH, started(BRANCH).response, later(86_400))
    tap = Tap("choose", "a", turn.response.revision, "ya")
    turn = answer(BRANCH, turn.response, tap, later(86_406))
    assert turn.recorded[0].answer.seconds == 6


@pytest.mark.parametrize("reply", [Typed("ya"), Tap("choose", "a", 1, "ya"), Tap("review", "a", 1)])
def test_nothing_changes_after_the_round_has_closed(reply):
    closed = response(stage="closed")
    turn = answer(BRANCH, closed, reply, NOW)
    assert (turn.response, turn.prompt) == (closed, Closed())


def test_showing_the_question_again_changes_nothing():
    turn = through(BRANCH, "ya")
    assert current(BRANCH, turn.response, later(600)) == turn.prompt


def test_a_question_that_stopped_applying_overnight_gives_way_to_the_next():
    questionnaire = form(item("a", relevant="today() = '2026-11-25'"), item("c"))
    turn = started(questionnaire)
    tomorrow = resume(questionnaire, turn.response, NOW + timedelta(days=1))
    assert (asked(turn), asked(tomorrow)) == ("a", "c")


def test_a_complete_response_stays_complete_while_it_is_edited():
    turn = revise(BRANCH, through(BRANCH, "tidak", "ya").response, "a", later(60))
    assert (turn.response.stage, turn.response.disposition) == ("asking", "complete")


def test_a_note_is_shown_with_the_next_question_only():
    questionnaire = form(item("n", "note", labels=labels("Satu")), item("a"), item("b"))
    assert tapped(questionnaire, started(questionnaire), "choose", "ya").prompt.notes == ()
