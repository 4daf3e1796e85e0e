"""Calculations in an interview: what is drawn or taken once stays, whatever is answered afterwards and whenever."""

from datetime import timedelta

from bot.survey.record import Response
from bot.survey.response import begin, revise
from tests.survey.forms import NOW, form, item, options, started, tapped
from tests.survey.roundtrip import stored


def test_once_keeps_the_day_of_the_first_answer():
    questionnaire = form(
        item("q1"), item("q2"), item("kapan", "calculate", calculation="once(today())")
    )
    turn = begin(questionnaire, Response(1, "kecil", "1"), NOW)
    first = turn.response.answers["kapan"].value
    later = revise(questionnaire, stored(turn.response), "q1", NOW + timedelta(days=3))
    turn = tapped(questionnaire, later, "choose", "ya")
    assert (first, turn.response.answers["kapan"].value) == ("2026-11-25", "2026-11-25")


def test_a_draw_stays_through_the_interview_and_differs_between_people():
    questionnaire = form(
        item("q1"), item("q2"), item("acak", "calculate", calculation="int(random() * 1000000)")
    )
    turn = started(questionnaire, seed=1)
    drawn = turn.response.answers["acak"].value
    turn = tapped(questionnaire, turn, "choose", "ya")
    other = started(questionnaire, seed=2)
    assert turn.response.answers["acak"].value == drawn
    assert other.response.answers["acak"].value != drawn


def test_half_of_the_people_are_asked_a_question_that_a_draw_decides():
    questionnaire = form(item("q1", relevant="random() < 0.5"), item("q2"))
    asked = [started(questionnaire, seed=seed).response.current for seed in range(200)]
    assert 70 < asked.count("q1") < 130


def test_a_draw_in_a_filter_is_made_option_by_option_for_each_person():
    codes = [f"o{number}" for number in range(10)]
    questionnaire = form(item("q1", options=options(*codes), choice_filter="random() < 0.5"))
    offered = [
        tuple(view.code for view in started(questionnaire, seed=seed).prompt.options)
        for seed in (1, 1, 2)
    ]
    assert offered[0] == offered[1] != offered[2]
    assert 0 < len(offered[0]) < 10


def test_twenty_calculates_that_double_each_other_stay_small():
    doubling = [
        item(
            f"c{number}", "calculate", calculation=f"concat(${{c{number - 1}}}, ${{c{number - 1}}})"
        )
        for number in range(1, 40)
    ]
    questionnaire = form(item("c0", "calculate", calculation="'ya '"), *doubling, item("q1"))
    turn = started(questionnaire)
    assert len(turn.response.answers["c39"].value) == 10_000
