"""Whose answers look careless: against the pace of the round, and by long runs of one code."""

import pytest

from bot.survey.quality import Flags, Given, Thresholds, flags_of, pace_of
from tests.survey.forms import form, item, options

LIKERT = options("1", "2", "3", "4")
PACE = dict.fromkeys(("s1", "s2", "s3", "s4", "s5", "s6", "s7", "kapan", "saran"), 9.0)
SCALE = tuple(item(f"s{number}", options=LIKERT) for number in range(1, 8))
FORM = form(*SCALE, item("kapan", "date"), item("saran", "text"))


def answers(values: str, seconds: float = 9.0) -> dict[str, Given]:
    """One letter an item: 1-4 is the code, - is skipped, a blank is not asked."""
    names = [entry.name for entry in FORM.items]
    return {
        name: Given("" if value == "-" else value, seconds)
        for name, value in zip(names, values, strict=False)
        if value != " "
    }


def test_the_pace_is_the_median_of_an_item():
    times = [("a", float(seconds)) for seconds in [*range(1, 10), 86_400]]
    assert pace_of(times) == {"a": 5.5}


def test_fewer_than_ten_times_make_no_pace():
    assert pace_of([("a", 5.0)] * 9) == {}
    assert pace_of([("a", 5.0)] * 9, Thresholds(fewest=9)) == {"a": 5.0}


def test_an_item_that_everybody_answers_in_no_time_has_no_pace():
    assert pace_of([("a", 0.0)] * 10) == {}


def test_a_careful_person_has_no_flag():
    assert flags_of(FORM, answers("1234321"), PACE) == Flags()


@pytest.mark.parametrize(("seconds", "flagged"), [(2.9, True), (3.0, False), (0.0, True)])
def test_an_answer_in_under_a_third_of_the_median_is_fast(seconds, flagged):
    given = answers("1234321") | {"s3": Given("3", seconds)}
    assert flags_of(FORM, given, PACE).items == ({"s3": ("fast",)} if flagged else {})


def test_a_skipped_or_revised_answer_is_never_fast():
    given = answers("1234321") | {"s1": Given("", 0.5), "s2": Given("2", 0.5, revised=1)}
    assert flags_of(FORM, given, PACE) == Flags()


@pytest.mark.parametrize(
    ("seconds", "flags"),
    [
        (4.6, ()),  # index 1.96, half the time
        (4.5, ("fast_items",)),  # index 2.0
        (3.1, ("fast_items",)),
        (2.9, ("fast_items", "fast_whole")),
    ],
)
def test_a_response_is_judged_by_its_index_and_by_its_whole_time(seconds, flags):
    assert flags_of(FORM, answers("1234321", seconds), PACE).response == flags


def test_a_pause_of_an_hour_does_not_hide_a_hurry():
    given = answers("123432111", 0.8) | {"saran": Given("baik", 3_600.0)}
    assert flags_of(FORM, given, PACE).response == ("fast_items", "fast_whole")


def test_a_short_branch_is_compared_with_its_own_items_only():
    given = {name: Given("1", 8.0) for name in ("s1", "s2", "s3", "kapan", "saran")}
    assert flags_of(FORM, given, PACE | {"s4": 900.0}).response == ()


def test_four_items_are_too_few_to_judge_a_response():
    assert flags_of(FORM, answers("1234", 0.5), PACE).response == ()


def test_without_a_pace_nobody_is_fast_and_straight_lines_still_show():
    found = flags_of(FORM, answers("2222222", 0.1), {})
    assert found.response == ("straightlining",)
    assert set(found.items.values()) == {("straight",)}


@pytest.mark.parametrize(
    ("values", "straight"),
    [
        ("2222221", ["s1", "s2", "s3", "s4", "s5", "s6"]),
        ("1222222", ["s2", "s3", "s4", "s5", "s6", "s7"]),
        ("2222212", []),  # five
        ("222 222", ["s1", "s2", "s3", "s5", "s6", "s7"]),  # s4 was not asked
        ("222-222", []),  # s4 was skipped: somebody looked
        ("-------", []),
    ],
)
def test_six_same_codes_in_a_row_are_a_straight_line(values, straight):
    assert list(flags_of(FORM, answers(values), PACE).items) == straight


def test_another_scale_in_between_ends_a_run():
    other = item("x", options=options("1", "2"))
    questionnaire = form(*SCALE[:3], other, *SCALE[3:6])
    given = {entry.name: Given("1", 9.0) for entry in questionnaire.items}
    assert flags_of(questionnaire, given, PACE) == Flags()


def test_a_note_in_between_ends_no_run():
    questionnaire = form(*SCALE[:3], item("n", "note"), *SCALE[3:6])
    given = {entry.name: Given("1", 9.0) for entry in SCALE[:6]}
    assert flags_of(questionnaire, given, PACE).response == ("straightlining",)


@pytest.mark.parametrize(
    "entry",
    [{"kind": "text"}, {"kind": "select_multiple"}, {"options": options("ok")}],
    ids=["texts", "several choices", "one option"],
)
def test_what_is_no_scale_has_no_straight_line(entry):
    questionnaire = form(*(item(f"s{number}", **entry) for number in range(1, 8)))
    given = {one.name: Given("ok", 9.0) for one in questionnaire.items}
    assert flags_of(questionnaire, given, PACE) == Flags()


def test_ranges_with_the_same_ends_are_one_block():
    questionnaire = form(*(item(f"s{number}", "range", stop=10) for number in range(1, 7)))
    given = {one.name: Given("5", 9.0) for one in questionnaire.items}
    assert flags_of(questionnaire, given, PACE).response == ("straightlining",)


def test_an_answer_may_be_fast_and_straight():
    found = flags_of(FORM, answers("2222222", 1.0), PACE)
    assert found.items["s1"] == ("fast", "straight")
    assert found.response == ("fast_items", "fast_whole", "straightlining")
