"""What the table of `check --simulate` is made of: random people through the real interview, and what they came past."""

import pytest

from bot.survey.coverage import coverage_of
from bot.survey.questionnaire import Questionnaire
from bot.survey.simulating import simulated
from tests.survey.forms import EVERYTHING, NOW, form, item, options


def simulation(questionnaire: Questionnaire, people: int = 100):
    return coverage_of(questionnaire, list(simulated(questionnaire, people, 1, NOW)))


def test_every_kind_of_item_is_asked_and_answered_and_nobody_is_stuck():
    result = simulation(EVERYTHING, 300)
    assert result.stuck == {}
    assert [one.item for one in result.items if not one.answered] == []
    never = [
        (one.item, code) for one in result.items for code in one.options if not one.options[code]
    ]
    assert never == [("utama", "nihil")]  # asked behind two ticks, and nihil goes with no other


def test_an_item_is_counted_only_for_whom_it_came_up():
    first, second = simulation(
        form(item("a"), item("b", relevant="${a} = 'ya'", required=True))
    ).items
    assert first.asked == 100
    assert first.options["ya"] >= second.asked - 5  # some change their answer later
    assert 30 < second.asked < 70


def test_an_item_behind_what_nobody_says_is_never_asked():
    never = simulation(form(item("a"), item("b", relevant="${a} = 'mungkin'"))).items[1]
    assert (never.asked, never.answered, set(never.options.values())) == (0, 0, {0})


@pytest.mark.parametrize("kind", ["integer", "text", "select_one"])
def test_who_meets_a_constraint_that_nothing_satisfies_gives_up_and_is_not_stuck(kind):
    result = simulation(form(item("a", kind, constraint=". = 'x' and . = 'y'"), item("b")))
    first, second = result.items
    assert first.answered == 0
    assert first.refused > 100
    assert first.given_up > 50
    assert second.asked == 100
    assert result.stuck == {}


def test_lengths_are_those_of_the_paths():
    lengths = simulation(
        form(item("a", options=options("ya", "tidak", tidak={"end": "refused"})), item("b"))
    ).questions
    assert (lengths.least, lengths.most) == (1, 2)


def test_minutes_grow_with_the_words_to_be_read():
    brief, wordy = (form(item("a", labels={"id": text})) for text in ("A?", "kata " * 184))
    more = simulation(wordy, 20).minutes.median - simulation(brief, 20).minutes.median
    assert more == pytest.approx(1, abs=0.02)


def test_the_same_seed_gives_the_same_lives():
    first, again, other = (list(simulated(EVERYTHING, 5, seed, NOW)) for seed in (1, 1, 2))
    assert first == again != other
