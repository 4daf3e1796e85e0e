"""Options that stand in a .csv beside the form: read with their columns, and refused with file, row and remedy."""

import pytest

from bot.compiling import compile_all
from bot.survey.option_files import MOST_BYTES, MOST_OPTIONS
from bot.survey.record import Response, Typed
from bot.survey.response import answer, begin
from bot.survey.xlsform import compile_form
from tests.survey.forms import NOW
from tests.survey.test_xlsform import form, problems

TOWNS = "name,label,prov,score\nmb,Muara Bungo,jambi,2\nsrl,Sarolangun,jambi,\npdg,Padang,sumbar,"
ASKED = "| | select_one_from_file kota.csv | kota | Kota? | Town? |"


def beside(tmp_path, content, survey=ASKED, name="kota.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    return form(tmp_path, survey)


def test_the_options_are_those_of_the_file_with_their_columns(tmp_path):
    item = compile_form(beside(tmp_path, TOWNS)).item("kota")
    assert item.kind == "select_one"
    assert [(option.code, option.labels["id"]) for option in item.options] == [
        ("mb", "Muara Bungo"), ("srl", "Sarolangun"), ("pdg", "Padang"),
    ]  # fmt: skip
    assert (item.options[0].score, item.options[0].extra) == (2.0, {"prov": "jambi"})


@pytest.mark.parametrize(
    "content",
    [
        TOWNS.replace(",", ";"),
        TOWNS.replace(",", "\t"),
        b"\xef\xbb\xbf" + TOWNS.encode(),
        TOWNS.replace("\n", "\r\n"),
    ],
    ids=["semicolons", "tabs", "a mark of the encoding", "line ends of Windows"],
)
def test_a_file_as_spreadsheets_save_it_is_read(tmp_path, content):
    options = compile_form(beside(tmp_path, content)).item("kota").options
    assert [option.code for option in options] == ["mb", "srl", "pdg"]


def test_labels_may_be_translated_and_columns_be_called_otherwise(tmp_path):
    survey = (
        "| survey | type | name | label::Indonesia (id) | label::English (en) | parameters |\n"
        "| | select_multiple_from_file kota.csv | kota | Kota? | Town? | value=kode label=nama |"
    )
    content = "kode,nama::Indonesia (id),nama::English (en)\nl,Laut,Sea\nd,Danau,Lake"
    item = compile_form(beside(tmp_path, content, survey)).item("kota")
    assert item.kind == "select_multiple"
    assert item.options[0].labels == {"id": "Laut", "en": "Sea"}


def test_a_filter_reads_the_columns_of_the_file(tmp_path):
    survey = (
        "| survey | type | name | label::Indonesia (id) | label::English (en) | choice_filter |\n"
        "| | text | prov | Provinsi? | Province? | |\n"
        "| | select_one_from_file kota.csv | kota | Kota? | Town? | prov = ${prov} |"
    )
    questionnaire = compile_form(beside(tmp_path, TOWNS, survey))
    turn = begin(questionnaire, Response(1, "coba", questionnaire.version), NOW)
    turn = answer(questionnaire, turn.response, Typed("jambi"), NOW)
    assert [view.label for view in turn.prompt.options] == ["Muara Bungo", "Sarolangun"]


def test_another_list_is_another_version(tmp_path):
    before = compile_form(beside(tmp_path, TOWNS)).version
    assert compile_form(beside(tmp_path, TOWNS + "\nbko,Bangko,jambi,")).version != before


def test_a_list_in_the_folder_of_the_forms_is_not_taken_for_a_form(tmp_path):
    beside(tmp_path, TOWNS)
    made = compile_all(tmp_path)
    assert (len(made.forms), made.mistakes) == (1, [])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("name,nama\nmb,Bungo", ("kota.csv, row 1: There is no column label (there is: name, nama). "
                                "Write that heading in the first row.")),
        ("kode,label\nmb,Bungo", ("kota.csv, row 1: There is no column name (there is: kode, label). "
                                 "Write that heading in the first row.")),
        ("name,label\n", "kota.csv, row 2: There is no option in it. Write one in each row."),
        ("name,label\nmb,Bungo\n\nmb,Lagi", ('kota.csv, row 4: The name "mb" stands in row 2 already. '
                                            "Give each option a name of its own.")),
        ("name,label\n,Bungo", "kota.csv, row 2: The option has no name. Write a short code."),
        ("name,label\nmb,Bungo, kota", ("kota.csv, row 2: The row has 3 cells under 2 headings. "
                                       'Write a text with commas in "quotes".')),
        ("name,label\nm b,Bungo", 'kota.csv, row 2: kota.csv: the name "m b" holds a space. Write it with _.'),
        ("name,label\nmb,", ("kota.csv, row 2: kota.csv, mb: the label in id is missing. "
                            "Write it in the label column of that language.")),
        ("name,label,score\nmb,Bungo,dua", ("kota.csv, row 2: The column score holds an unknown word. "
                                           "Write a number, such as 2 or 2.5.")),
        (b"name,label\nmb,\xff\xfe", ("kota.csv: It cannot be read. "
                                     "Save it as CSV UTF-8, with the headings name and label.")),
        ("", "kota.csv: It cannot be read. Save it as CSV UTF-8, with the headings name and label."),
        ("name,label\n" + "".join(f"k{n},K\n" for n in range(MOST_OPTIONS + 1)),
         ("kota.csv: There are more than 1000 options. "
         "Ask in steps: a question for the group first, and a list for each.")),
        ("x" * (MOST_BYTES + 1), ("kota.csv: The file is larger than 1 MB. "
                                 "Leave out columns and rows; at most 1000 options.")),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_is_refused_with_row_and_remedy(tmp_path, content, line):
    assert problems(beside(tmp_path, content))[0] == line


@pytest.mark.parametrize(
    ("named", "line"),
    [
        ("ada.csv", ("ada.csv: The file with the options is missing. "
                    "Put it beside the form, or write the options on the sheet choices.")),
        ("../kota.csv", "../kota.csv: The name is a path. Put the file beside the form and write only its name."),
        ("kota.xml", "kota.xml: It is no table. Save it as .csv with the columns name and label."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_named_with_the_remedy(tmp_path, named, line):
    assert line in problems(beside(tmp_path, TOWNS, ASKED.replace("kota.csv", named)))
