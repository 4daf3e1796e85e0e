"""The corners: where XPath 1.0, XLSForm and Python disagree, and what every ODK function does with them."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.survey.expressions import ExpressionError, check, is_true, looks_at, value_of
from bot.survey.xpath_functions import FUNCTIONS, REFUSED
from bot.survey.xpath_texts import LONGEST_RESULT

NOW = datetime(2026, 11, 25, 6, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=7)))
ANSWERS = {
    "none": "", "tt": "tt", "three": "3", "padded": "03", "space": " ", "big": "12345678901234567",
    "minus": "-4", "day": "2026-11-20", "many": "a b c", "long": "x" * 9_000, "emoji": "👍🏽",
}  # fmt: skip

CASES = [
    # negative zero and infinities
    ("0 * -1", "0"),
    ("-0 = 0", "true"),
    ("1 div -0", "-Infinity"),
    ("round(-0.2)", "0"),
    ("1 div 0 > 999", "true"),
    ("1 div 0 - 1 div 0", ""),
    ("1 div 0 = 1 div 0", "true"),
    ("0 div 0 = 0 div 0", "false"),
    ("0 div 0 != 0 div 0", "true"),
    ("0 div 0 > 1 or 0 div 0 <= 1", "false"),
    ("string(0 div 0)", ""),
    ("concat('x', 0 div 0)", "xNaN"),
    ("int(1 div 0)", "Infinity"),
    ("round(1 div 0)", "Infinity"),
    ("5 mod (1 div 0)", "5"),
    ("(1 div 0) mod 5", ""),
    ("1.5 mod 0.5", "0"),
    ("5.5 mod 2", "1.5"),
    # text, number, true/false
    ("'3' = 3", "true"),
    ("'03' = 3", "true"),
    ("${padded} = ${three}", "false"),
    ("number(${padded}) = ${three}", "true"),
    ("'1,5' = 1.5", "false"),
    ("'+3' = 3", "false"),
    ("'0x10' > 1", "false"),
    ("'٣' = 3", "false"),
    ("number('')", ""),
    ("number(true())", "1"),
    ("number(false())", "0"),
    ("true() + true()", "2"),
    ("string(true())", "true"),
    ("string(1 = 2)", "false"),
    ("true() = 1", "true"),
    ("true() = 'false'", "true"),
    ("'true' = true()", "true"),
    ("false() = 0", "true"),
    ("${none} = false()", "true"),
    ("${none} = true()", "false"),
    ("${space} = ''", "false"),
    ("boolean(${space})", "true"),
    ("boolean(0)", "false"),
    ("boolean('0')", "true"),
    ("not(${three})", "false"),
    ("boolean-from-string('1')", "true"),
    ("boolean-from-string('TRUE')", "false"),
    ("boolean-from-string(1)", "true"),
    ("if('false', 1, 2)", "1"),
    ("'a' < 'b'", "false"),
    ("'b' > 'a'", "false"),
    ("'10' < '9'", "false"),
    ("-2 - -2", "0"),
    ("- - 2", "2"),
    ("2-1", "1"),
    ("${three} -1", "2"),
    ("2 * -3", "-6"),
    ("1 or 1 div 0", "true"),
    ("2 + '2'", "4"),
    ("2 + 'dua'", ""),
    # how numbers are written
    ("1.0", "1"),
    ("1.50", "1.5"),
    (".5 + .5", "1"),
    ("5.", "5"),
    ("0.1 * 3", "0.30000000000000004"),
    ("round(0.1 * 3, 2)", "0.3"),
    ("sum(0.1, 0.2, 0.3)", "0.6"),
    ("pow(10, 20)", "100000000000000000000"),
    ("1 div 3", "0.3333333333333333"),
    ("${big} + 0", "12345678901234568"),
    ("pow(10, -7)", "0.0000001"),
    ("round(2.675, 2)", "2.68"),
    ("round(-1.5)", "-1"),
    ("round(12.345, 0)", "12"),
    ("round(15, -1)", "20"),
    ("round(1.5, 'x')", ""),
    ("int('3.9')", "3"),
    ("int(-0.5)", "0"),
    ("int(true())", "1"),
    # dates are texts to look at and days to compute with
    ("${day} > '2026-11-19'", "true"),
    ("${day} = date('2026-11-20T08:00')", "true"),
    ("${day} + 1", "20778"),
    ("date(${day} + 1)", "2026-11-21"),
    ("date('2026-02-29')", ""),
    ("date('20/11/2026')", ""),
    ("date(${tt})", ""),
    ("date(1 div 0)", ""),
    ("date(-1)", "1969-12-31"),
    ("date(99999999)", ""),
    ("today() > now()", "false"),
    ("today() <= now()", "true"),
    ("decimal-date-time('1970-01-02')", "1"),
    ("decimal-date('2026-11-25')", "20782"),
    ("decimal-time('06:00')", "0.25"),
    ("decimal-time('12:00:36')", "0.5004166666666666"),
    ("decimal-time('18:00:00.000+07:00')", "0.75"),
    ("decimal-time('25:61')", ""),
    ("decimal-time('siang')", ""),
    ("date-time('2026-11-20')", "2026-11-20T00:00:00.000"),
    ("format-date('2026-01-05', '%Y-%n-%e')", "2026-1-5"),
    ("format-date('2026-01-05', '%H')", "00"),
    ("format-date(0.5, '%H:%M')", "12:00"),
    ("format-date('2026-01-05', '100%')", "100%"),
    ("format-date(${tt}, '%Y')", ""),
    ("format-date-time('2026-01-05T09:07:03.250', '%h:%M:%S.%3')", "9:07:03.250"),
    ("(today() - ${day}) div 7 < 1", "true"),
    ("int((today() - date('1986-09-26')) div 365.25)", "40"),
    # choices
    ("selected(${many}, 'b')", "true"),
    ("selected('a b', ' b ')", "true"),
    ("selected(${none}, '')", "false"),
    ("selected-at(${many}, 0)", "a"),
    ("selected-at(${many}, 1.9)", "b"),
    ("selected-at(${many}, 'x')", ""),
    ("selected-at(${many}, 3)", ""),
    ("count-selected('  a   b ')", "2"),
    ("checklist(-1, 1, true(), true())", "false"),
    ("checklist(2, -1, true(), true(), false())", "true"),
    ("checklist(-1, -1, false())", "true"),
    ("weighted-checklist(1, 2, true(), 3)", "false"),
    ("weighted-checklist(-1, -1, true(), ${tt})", "true"),
    ("coalesce(${none}, ${none}, 'c')", "c"),
    ("coalesce(0, 1)", "0"),
    ("once(${none})", ""),
    # texts
    ("string-length(${emoji})", "2"),
    ("substr(${emoji}, 0, 1)", "👍"),
    ("substr('abcdef', 2)", "cdef"),
    ("substr('abcdef', -3, -1)", "de"),
    ("substr('abcdef', 4, 2)", ""),
    ("substr('abc', 'x')", "abc"),
    ("substr('abc', 1 div 0)", ""),
    ("substring('12345', -42, 1 div 0)", "12345"),
    ("substring('12345', -1 div 0, 1 div 0)", ""),
    ("substring('12345', 2)", "2345"),
    ("substring-before('abc', '')", ""),
    ("substring-after('abc', '')", "abc"),
    ("substring-after('abc', 'z')", ""),
    ("contains('', '')", "true"),
    ("contains('abc', 'B')", "false"),
    ("starts-with('abc', '')", "true"),
    ("ends-with('abc', 'bc')", "true"),
    ("normalize-space('  a \n b  ')", "a b"),
    ("translate('bar', 'abc', 'AB')", "BAr"),
    ("translate('aaa', 'aa', 'xy')", "xxx"),
    ("join(',')", ""),
    ("join('', 'a', 1)", "a1"),
    ("concat('a')", "a"),
    ("string-length(concat(${long}, ${long}))", "10000"),
    ("regex('', '')", "true"),
    ("regex('ab', 'a')", "false"),
    ("regex(12, '[0-9]+')", "true"),
    ("digest('abc', 'SHA-256', 'hex')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
    ("digest('abc', 'CRC')", ""),
    ("digest('abc', 'MD5', 'octal')", ""),
    ("base64-decode('QnVuZ28=')", "Bungo"),
    ("base64-decode('bukan base64')", ""),
    ("base64-decode('/w==')", ""),
    # numbers
    ("min(3)", "3"),
    ("max(-1, ${minus})", "-1"),
    ("sum(1, 'x')", ""),
    ("sum(1 div 0, 1)", "Infinity"),
    ("count('a', '', 'b')", "3"),
    ("count-non-empty('')", "0"),
    ("pow(0, 0)", "1"),
    ("pow(-8, 1 div 3)", ""),
    ("pow(-10, 999)", "-Infinity"),
    ("pow(10, 999)", "Infinity"),
    ("sqrt(16)", "4"),
    ("log(1)", "0"),
    ("log(0)", "-Infinity"),
    ("log(-1)", ""),
    ("log10(1000)", "3"),
    ("exp(0)", "1"),
    ("exp10(2)", "100"),
    ("abs('-2.5')", "2.5"),
    ("round(sin(0), 3)", "0"),
    ("round(cos(pi()), 3)", "-1"),
    ("round(tan(pi() div 4), 3)", "1"),
    ("round(asin(1), 3)", "1.571"),
    ("acos(2)", ""),
    ("round(atan(1), 3)", "0.785"),
    ("round(atan2(1, -1), 3)", "2.356"),
    ("floor(-0.5)", "-1"),
    ("ceiling(1 div 0)", "Infinity"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_a_corner_has_its_value(source, expected):
    check(source)
    assert value_of(source, ANSWERS, now=NOW) == expected


@pytest.mark.parametrize("source", ["1 < ${three} < 5", "5 >= ${three} > 1", "1 = 1 = 1"])
def test_two_comparisons_in_a_row_are_refused_with_the_way_out(source):
    """XPath would compare true() with a number, which no author means."""
    with pytest.raises(ExpressionError, match="join comparisons with and"):
        check(source)


# Every function of the ODK documentation (form operators and functions).
ODK = (
    "abs", "acos", "area", "asin", "atan", "atan2", "base64-decode", "boolean",
    "boolean-from-string", "checklist", "coalesce", "concat", "contains", "cos", "count",
    "count-non-empty", "count-selected", "current", "date", "date-time", "decimal-date-time",
    "decimal-time", "digest", "distance", "ends-with", "exp", "exp10", "extract-signed", "false",
    "format-date", "format-date-time", "geofence", "if", "indexed-repeat", "instance", "int",
    "intersects", "join", "log", "log10", "max", "min", "normalize-space", "not", "now", "number",
    "once", "pi", "position", "pow", "pulldata", "random", "randomize", "regex", "round",
    "selected", "selected-at", "sin", "sqrt", "starts-with", "string", "string-length", "substr",
    "substring-after", "substring-before", "sum", "tan", "today", "translate", "true", "uuid",
    "weighted-checklist",
)  # fmt: skip


@pytest.mark.parametrize("name", ODK)
def test_every_function_of_odk_runs_or_is_refused_with_a_reason(name):
    assert (name in FUNCTIONS) != (name in REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_function_says_what_to_do_instead(name):
    with pytest.raises(ExpressionError, match=r"The function .* is not available: .+\."):
        check(f"{name}(1)")


@pytest.mark.parametrize(
    ("written", "near"),
    [("selectd", "selected"), ("formatdate", "format-date"), ("string_length", "string-length"),
     ("Count", "count"), ("is-selected", "selected"), ("substring-befor", "substring-before")],
)  # fmt: skip
def test_an_unknown_function_is_refused_with_the_nearest_name(written, near):
    with pytest.raises(
        ExpressionError, match=rf"There is no function {written}\(\). Did you mean {near}\(\)\?"
    ):
        check(f"{written}(${{x}}, 'a')")


def test_a_draw_is_the_same_for_a_person_and_a_question_and_differs_between_them():
    draws = [
        value_of("random()", {}, now=NOW, chance=chance) for chance in ("1/a", "1/a", "2/a", "1/b")
    ]
    assert draws[0] == draws[1]
    assert len(set(draws)) == 3
    assert all(0 <= float(draw) < 1 for draw in draws)


def test_two_draws_of_one_expression_differ():
    assert value_of("random() = random()", {}, now=NOW, chance="1/a") == "false"


def test_draws_are_spread_evenly():
    draws = [float(value_of("random()", {}, now=NOW, chance=f"{seed}/a")) for seed in range(1_000)]
    assert all(70 < sum(low <= draw < low + 0.1 for draw in draws) < 130 for low in (0, 0.3, 0.9))


@pytest.mark.parametrize(
    ("source", "sights"),
    [
        ("${x} = 1", set()), ("today() > ${x}", {"now"}), ("once(now())", {"own", "now"}),
        ("random() < 0.5", {"chance"}), (". > 1", {"own"}), ("string-length() > 1", {"own"}),
        ("jr:choice-name(${x}, '${x}')", {"label"}), ("'now()'", set()), ("true() and pi() > 3", set()),
    ],
)  # fmt: skip
def test_an_expression_says_what_it_looks_at_beside_the_answers(source, sights):
    assert looks_at(source) >= sights
    assert looks_at(source) - {"own"} == sights - {"own"}


values = st.one_of(
    st.sampled_from(["${none}", "${tt}", "${three}", "${minus}", "${day}", "${many}", "${emoji}", "''"]),
    st.sampled_from(["0", "-1", "2.5", "1 div 0", "0 div 0", "999999999999", "'9' ", "today()", "."]),
    st.sampled_from(["'2026-02-30'", "'%Y%'", "'a b'", "true()", "false()", "each(${tt}, ${three})", "each()"]),
)  # fmt: skip
names = sorted(set(FUNCTIONS) - {"regex", "choice-name", "once", "now", "today"})


@st.composite
def calls(draw, inner):
    name = draw(st.sampled_from(names))
    most = FUNCTIONS[name].most
    count = draw(st.integers(FUNCTIONS[name].least, min(5, 5 if most is None else most)))
    return f"{name}({', '.join(draw(inner) for _ in range(count))})"


operations = st.sampled_from(
    ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]
)
sources = st.recursive(
    values,
    lambda inner: st.one_of(
        calls(inner),
        st.tuples(inner, operations, inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(source=sources, own=st.sampled_from(["", "3", "a b", "2026-11-25"]))
def test_what_check_accepts_never_raises(source, own):
    check(source)
    assert len(value_of(source, ANSWERS, own=own, now=NOW)) <= LONGEST_RESULT
    assert is_true(source, ANSWERS, own=own, now=NOW) in {True, False}
