"""Expressions as authors write them, on answers as people give them: what comes out."""

from datetime import datetime, timedelta, timezone

import pytest

from bot.survey.expressions import (
    ExpressionError,
    check,
    check_filter,
    filtered,
    is_true,
    references,
    value_of,
)
from bot.survey.questionnaire import Option

NOW = datetime(2026, 11, 25, 6, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=7)))

ANSWERS = {
    "zero": "0",
    "three": "3",
    "half": "2.5",
    "minus": "-4",
    "tt": "tt",
    "none": "",
    "day": "2026-11-20",
    "leap": "2028-02-29",
    "moment": "2026-11-20T18:00:00.000+07:00",
    "many": "anggaran waktu lainnya",
    "one": "anggaran",
    "text": "Bupati & <Wakil>",
    "spaced": "  a  b ",
    "true": "true",
}

CASES = [
    # empty and "don't know" against numbers: not a number, and false either way
    ("${three} >= 1", "true"),
    ("${three} < 1", "false"),
    ("${none} >= 1", "false"),
    ("${none} < 1", "false"),
    ("${none} <= 0", "false"),
    ("${tt} >= 1", "false"),
    ("${tt} < 1", "false"),
    ("not(${tt} >= 1)", "true"),
    ("${text} > 0", "false"),
    ("${unknown_to_us} = ''", "true"),
    # equality: as text between texts, as numbers beside a number, as true/false beside one
    ("${none} = ''", "true"),
    ("${none} != ''", "false"),
    ("${zero} = 0", "true"),
    ("${none} = 0", "false"),
    ("${none} != 0", "true"),
    ("${three} = 3.0", "true"),
    ("${three} = '3.0'", "false"),
    ("${half} = 2.5", "true"),
    ("${tt} = 'tt'", "true"),
    ("${tt} != 1", "true"),
    ("true() = 'anything'", "true"),
    ("false() = ''", "true"),
    ("true() > false()", "true"),
    # truth of a bare value
    ("${three} and ${zero}", "true"),
    ("${none} or false()", "false"),
    ("0 or 0.0", "false"),
    ("not('')", "true"),
    ("not(0 div 0)", "true"),
    ("boolean('false')", "true"),
    ("boolean-from-string('false')", "false"),
    ("boolean-from-string(${true})", "true"),
    # precedence and association
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("7 - 2 - 1", "4"),
    ("8 div 2 div 2", "2"),
    ("2 + 3 = 5 and 1 < 2", "true"),
    ("1 = 2 or 3 = 3 and 4 = 4", "true"),
    ("true() or false() and false()", "true"),
    ("-${three} + 1", "-2"),
    ("1 - -1", "2"),
    ("${three}-1", "2"),
    ("5 mod 2", "1"),
    ("-5 mod 2", "-1"),
    ("5 mod -2", "1"),
    ("5 mod 0", ""),
    ("1 div 0", "Infinity"),
    ("-1 div 0", "-Infinity"),
    ("0 div 0", ""),
    ("${none} + 1", ""),
    ("${tt} * 2", ""),
    ("1 div 4", "0.25"),
    ("0.1 + 0.2 < 0.31", "true"),
    ("100000 * 100000", "10000000000"),
    ("1 div 1000000", "0.000001"),
    # dates: text to look at, days to compute with
    ("today()", "2026-11-25"),
    ("now()", "2026-11-25T06:30:15.250+07:00"),
    ("${day} < today()", "true"),
    ("${day} >= today()", "false"),
    ("today() - ${day}", "5"),
    ("date(today() + 7)", "2026-12-02"),
    ("date(${leap} + 1)", "2028-03-01"),
    ("${day} = '2026-11-20'", "true"),
    ("${day} < '2026-11-21'", "true"),
    ("${moment} > ${day}", "true"),
    ("decimal-date-time(${moment}) - decimal-date-time(${day})", "0.75"),
    ("decimal-time('18:00')", "0.75"),
    ("date('2026-02-30')", ""),
    ("${none} < today()", "false"),
    ("date(${none})", ""),
    ("date(0)", "1970-01-01"),
    ("date('1e9')", ""),
    ("format-date(${day}, '%e %B %Y')", "20 November 2026"),
    ("format-date(${day}, '%d/%m/%y')", "20/11/26"),
    ("format-date(${day}, '%a, %e %b')", "Jum, 20 Nov"),
    ("format-date-time(${moment}, '%H.%M')", "18.00"),
    ("format-date(${none}, '%Y')", ""),
    # choices
    ("selected(${many}, 'waktu')", "true"),
    ("selected(${many}, 'wak')", "false"),
    ("selected(${many}, '')", "false"),
    ("selected(${none}, 'waktu')", "false"),
    ("count-selected(${many})", "3"),
    ("count-selected(${none})", "0"),
    ("count-selected(${many}) <= 3", "true"),
    ("selected-at(${many}, 1)", "waktu"),
    ("selected-at(${many}, 9)", ""),
    ("selected-at(${many}, -1)", ""),
    ("jr:choice-name(${one}, '${one}')", "<one:anggaran>"),
    ("jr:choice-name(${none}, '${none}')", ""),
    ("checklist(1, 2, ${three} = 3, ${tt} = 'x')", "true"),
    ("weighted-checklist(3, -1, true(), 2, true(), 1.5)", "true"),
    # decisions
    ("if(${three} > 2, 'banyak', 'sedikit')", "banyak"),
    ("if(${none} > 2, 'banyak', 'sedikit')", "sedikit"),
    ("if(${one} = 'anggaran', if(${zero} = 0, 'a', 'b'), 'c')", "a"),
    ("coalesce(${none}, ${three})", "3"),
    ("coalesce(${none}, '')", ""),
    ("once('x')", "x"),
    # text
    ("string-length(${text})", "16"),
    ("string-length('')", "0"),
    ("concat('a', 1, true(), ${none})", "a1true"),
    ("concat(2.50)", "2.5"),
    ("join(', ', 'a', ${three}, 'c')", "a, 3, c"),
    ("contains(${text}, '<W')", "true"),
    ("contains(${text}, '')", "true"),
    ("starts-with(${text}, 'Bup')", "true"),
    ("ends-with(${text}, '>')", "true"),
    ("substr('abcdef', 1, 3)", "bc"),
    ("substr('abcdef', -2)", "ef"),
    ("substr('abc', 5)", ""),
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("substring('12345', 0 div 0, 3)", ""),
    ("substring('12345', 0, 3)", "12"),
    ("substring-before('25/11', '/')", "25"),
    ("substring-after('25/11', '/')", "11"),
    ("substring-before('2511', '/')", ""),
    ("translate('abc', 'ab', 'A')", "Ac"),
    ("normalize-space(${spaced})", "a b"),
    ("'${three} stays'", "${three} stays"),
    ('"it\'s"', "it's"),
    # numbers
    ("round(2.5)", "3"),
    ("round(-2.5)", "-2"),
    ("round(1.005, 2)", "1.01"),
    ("round(1250, -2)", "1300"),
    ("round(${none})", ""),
    ("int(2.9)", "2"),
    ("int(-2.9)", "-2"),
    ("int('tt')", ""),
    ("floor(-1.1)", "-2"),
    ("ceiling(1.1)", "2"),
    ("number('3') + 1", "4"),
    ("number('1e3')", ""),
    ("number(' 7 ')", "7"),
    ("min(3, ${zero}, 2)", "0"),
    ("max(3, ${half})", "3"),
    ("max(3, ${none})", ""),
    ("sum(1, ${three}, 0.5)", "4.5"),
    ("count-non-empty(${none}, ${three}, ${tt})", "2"),
    ("pow(2, 10)", "1024"),
    ("sqrt(-1)", ""),
    ("abs(${minus})", "4"),
    ("exp(1000)", "Infinity"),
    # patterns match the whole text
    ("regex(${three}, '[0-9]')", "true"),
    ("regex('12', '[0-9]')", "false"),
    ("regex('198609262015051999', '[0-9]{18}')", "true"),
    ("regex('budi@bungo.example', '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}')", "true"),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_an_expression_has_the_value_that_odk_documents(source, expected):
    def label(item, code):
        return f"<{item}:{code}>"

    assert value_of(source, ANSWERS, now=NOW, label=label) == expected


@pytest.mark.parametrize(
    ("source", "own", "expected"),
    [
        (". >= 0 and . <= 10", "10", True),
        (". >= 0 and . <= 10", "11", False),
        ("count-selected(.) <= 2", "a b c", False),
        ("string-length(.) <= 3", "abcd", False),
        ("string-length() <= 3", "abc", True),
        (". <= today()", "2026-11-26", False),
        ("regex(., '[A-Z]{2}')", "ID", True),
        ("once('new') = 'kept'", "kept", True),
    ],
)
def test_a_constraint_looks_at_the_answer_itself(source, own, expected):
    assert is_true(source, {}, own=own, now=NOW) is expected


def test_no_condition_is_always_true():
    assert is_true("", {}, now=NOW)


REFUSED = [
    ("foo(1)", "no function foo()"),
    ("selectd(${x}, 'a')", "Did you mean selected()"),
    ("uuid()", "its own number"),
    ("position(..)", "inside a repeat"),
    ("pulldata('a', 'b', 'c', 'd')", "file"),
    ("if(1, 2)", "takes 3 values, not 2"),
    ("not()", "takes 1 value, not 0"),
    ("today(1)", "takes 0 values, not 1"),
    ("1 = = 2", "cannot be read"),
    ("(1", "cannot be read"),
    ("'abc", "cannot be read"),
    ("", None),
    (" ", "cannot be read"),
    ("/data/x", "Paths"),
    ("../x", "Paths"),
    ("*", "Paths"),
    ("${x}[1]", "Square brackets"),
    ("x = 1", "${x}"),
    ("$x = 1", "${x}"),
    ("${x", "not closed"),
    ("${x y} = 1", "does not name an item"),
    ("${last-saved#x} = 1", "does not name an item"),
    ("jr:choice-name(${x}, ${x})", "in quotes"),
    ("jr:choice-name(${x}, 'x')", "'${item}'"),
    ("regex(${x}, ${y})", "in quotes"),
    ("regex(${x}, '(')", "pattern is wrong"),
    ("regex(${x}, '(a+)+')", "repeats a repetition"),
    ("regex(${x}, '(a|aa)*b')", "repeats a repetition"),
    ("regex(${x}, '(a)\\1')", "refers back"),
    ("regex(${x}, '.*.*.*.*.*x')", "too many repetitions"),
    ("(" * 60 + "1" + ")" * 60, "nested too deeply"),
    ("not(" * 60 + "1" + ")" * 60, "nested too deeply"),
    ("-" * 3_000 + "1", "nested too deeply"),
    ("1" + " + 1" * 300, "too many parts"),
    ("1" + " or 1" * 900, "longer than"),
]


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_what_cannot_be_evaluated_is_refused_with_a_reason_for_its_author(source, reason):
    if reason is None:
        check(source)
        return
    with pytest.raises(ExpressionError) as refused:
        check(source)
    assert reason in str(refused.value)


def test_three_hundred_alternatives_are_not_deep():
    source = " or ".join(f"${{x}}={number}" for number in range(300))
    assert is_true(source, {"x": "299"}, now=NOW)


def test_references_are_the_items_an_expression_reads():
    source = "selected(${b13}, name) or jr:choice-name(1, '${b02}') = '${not_this}'"
    assert references(source) == {"b13", "b02"}


def test_a_filter_keeps_the_options_chosen_before_in_their_order():
    options = tuple(Option(code, {}) for code in ("anggaran", "atasan", "waktu"))
    kept = filtered("selected(${b13}, name)", {"b13": "waktu anggaran"}, options, NOW)
    assert [option.code for option in kept] == ["anggaran", "waktu"]


def test_a_filter_looks_at_the_columns_of_the_choices():
    options = (
        Option("bungo", {}, extra={"province": "jambi"}),
        Option("padang", {}, extra={"province": "sumbar"}),
    )
    assert filtered("province = ${p}", {"p": "jambi"}, options, NOW) == options[:1]


def test_a_filter_on_a_column_that_the_choices_lack_is_refused():
    with pytest.raises(ExpressionError, match='no column "provinces"'):
        check_filter("provinces = ${p}", frozenset({"name", "province"}))
