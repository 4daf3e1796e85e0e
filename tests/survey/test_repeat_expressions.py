"""Expressions that read the questions of a repeat: rewritten for one instance, or over all of them."""

import pytest

from bot.survey.expressions import check, references, value_of
from bot.survey.xpath_repeats import Repeat, inside, outside
from tests.survey.forms import NOW

ANAK = Repeat(
    "anak",
    "number(${jumlah})",
    {"umur": ("umur[1]", "umur[2]", "umur[3]"), "nama": ("nama_1", "nama_2", "nama_3")},
)
ANSWERS = {
    "jumlah": "3", "umur[1]": "12", "umur[2]": "", "umur[3]": "7.5",
    "nama_1": "Ani", "nama_2": "Budi", "nama_3": "Cici", "batas": "10",
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("${umur} > 5", "${umur[2]} > 5"),
        ("${ nama } = ${batas}", "${nama_2} = ${batas}"),
        ("position(..) > 1", "2 > 1"),
        ("concat('${umur} position(..)', ${umur})", "concat('${umur} position(..)', ${umur[2]})"),
        ("jr:choice-name(${umur}, '${umur}')", "jr:choice-name(${umur[2]}, '${umur[2]}')"),
        ("count(${anak})", "number(${jumlah})"),
        (
            "indexed-repeat(${umur}, ${anak}, position(..) - 1)",
            "indexed-repeat(${umur[1]}, '', '', 2 - 1)",
        ),
        (
            "indexed-repeat(${umur}, ${anak}, ${batas})",
            "indexed-repeat(${umur[1]}, ${umur[2]}, '', ${batas})",
        ),
    ],
)  # fmt: skip
def test_inside_a_name_means_this_instance(source, written):
    assert inside(source, ANAK, 2) == written


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("sum(${umur})", "19.5"),
        ("min(${umur})", "7.5"),
        ("max(${umur}, ${batas})", "12"),
        ("count(${umur})", "2"),
        ("count(${nama})", "3"),
        ("count(${anak})", "3"),
        ("count-non-empty(${umur}, '')", "2"),
        ("join(', ', ${nama})", "Ani, Budi, Cici"),
        ("concat(${nama}, '!')", "AniBudiCici!"),
        ("indexed-repeat(${umur}, ${anak}, 3)", "7.5"),
        ("indexed-repeat(${umur}, ${anak}, 2)", ""),
        ("indexed-repeat(${nama}, ${anak}, 4)", ""),
        ("indexed-repeat(${nama}, ${anak}, 0)", ""),
        ("indexed-repeat(${nama}, ${anak}, 'x')", ""),
        ("${umur} > ${batas}", "true"),  # a node set: one of them is enough
        ("${umur} < 8", "true"),
        ("${umur} < 5", "false"),
        ("${nama} = 'Budi'", "true"),
        ("${nama} != 'Budi'", "true"),
        ("not(${nama} = 'Budi')", "false"),
        ("${umur} = ${nama}", "false"),
        ("string(${nama})", "Ani"),  # the first node
        ("${umur} + 1", "13"),
        ("boolean(${umur})", "true"),
        ("if(${umur} = 7.5, 'ya', 'tidak')", "ya"),
        ("${nama} = true()", "true"),
    ],
)
def test_outside_a_name_means_all_answers_given(source, value):
    written = outside(source, ANAK)
    check(written)
    assert value_of(written, ANSWERS, now=NOW) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [("sum(${umur})", "0"), ("count(${umur})", "0"), ("min(${umur})", ""), ("boolean(${umur})", "false"),
     ("${umur} = ''", "false"), ("string(${umur})", ""), ("date(${umur})", "")],
)  # fmt: skip
def test_no_answer_in_any_instance_is_an_empty_node_set(source, value):
    assert value_of(outside(source, ANAK), {}, now=NOW) == value


def test_a_fixed_count_is_a_number():
    assert outside("count(${anak}) > 1", Repeat("anak", "4", {})) == "4 > 1"


def test_what_is_rewritten_says_which_answers_it_reads():
    assert references(outside("sum(${umur}) > ${batas}", ANAK)) == {
        "umur[1]", "umur[2]", "umur[3]", "batas",
    }  # fmt: skip
