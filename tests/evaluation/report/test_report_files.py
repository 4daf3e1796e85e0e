"""The report as files, read back: what stands in the Word document and in the PDF."""

import gc
import io
import re
import zipfile
from datetime import date
from itertools import cycle
from pathlib import Path

import docx
import pytest

from evaluation.errors import EvaluationError
from evaluation.report.__main__ import main
from evaluation.report.model import Block, Column, Document, Heading, Paragraph, Signature, Table
from evaluation.report.office import read_office
from evaluation.report.pdf import write_pdf
from tests.evaluation.files import lines_of
from tests.evaluation.pdf_reader import pages
from tests.evaluation.tables import MONDAY, ROOT, World, class_of_thirty

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOOT = re.compile(r"Halaman \d+$")
FILES = ("responses.csv", "codebook.csv", "trainings.csv")


def run(world: World, out: Path, training: str = "MKD-2") -> int:
    world.write()
    paths = [str(world.folder / name) for name in FILES]
    return main([
        *paths[:2], "--trainings", paths[2], "--study", str(ROOT / "config/study.toml"),
        "--texts", str(ROOT / "config/texts"), "--as-of", MONDAY, "--training", training, "--out", str(out),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("written")
    world = class_of_thirty(folder / "tables", answered=26, followed=24, superiors=20)
    assert run(world, folder / "out") == 0
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def body(written: dict[str, bytes]) -> docx.document.Document:
    return docx.Document(io.BytesIO(written["laporan.docx"]))


def test_there_is_a_report_twice_and_a_sheet_for_each_instructor(written: dict[str, bytes]):
    names = ("instruktur-1-budi-santoso", "instruktur-2-siti-rahma", "laporan")
    assert sorted(written) == [f"{name}.{kind}" for name in names for kind in ("docx", "pdf")]


def test_a_sheet_is_a_page_or_two_without_cover_and_contents(written: dict[str, bytes]):
    sheet = docx.Document(io.BytesIO(written["instruktur-1-budi-santoso.docx"]))
    assert not any(" TOC " in each.text for each in sheet.element.iter(f"{WORD}instrText"))
    texts = [each.text for each in sheet.paragraphs]
    assert texts.index("Budi Santoso") < 8


def test_headings_have_real_styles(written: dict[str, bytes]):
    headings = [each.text for each in body(written).paragraphs if each.style.name == "Heading 1"]
    assert headings[2] == "BAB I Pendahuluan"
    assert headings[-2:] == ["Lampiran: Indikator", "Lampiran: Angka Pembanding"]


def test_contents_page_numbers_and_captions_are_fields(written: dict[str, bytes]):
    document = body(written)
    codes = [each.text for each in document.element.iter(f"{WORD}instrText")]
    assert any(code.startswith(" TOC ") for code in codes)
    assert sum(code.startswith(" SEQ Tabel ") for code in codes) == len(document.tables)
    assert sum(code.startswith(" SEQ Gambar ") for code in codes) == len(document.inline_shapes)
    foot = document.sections[-1].footer.paragraphs[0]
    assert [each.text for each in foot._p.iter(f"{WORD}instrText")] == [" PAGE "]


def test_the_contents_list_the_headings_before_word_has_counted_their_pages(written: dict[str, bytes]):  # fmt: skip
    """A phone shows them as they are."""
    paragraphs = body(written).paragraphs
    headings = [each.text for each in paragraphs if each.style.name in {"Heading 1", "Heading 2"}]
    assert [each.text for each in paragraphs if each.style.name in {"toc 1", "toc 2"}] == headings
    marks = [mark.get(f"{WORD}fldCharType") for mark in body(written).element.iter(f"{WORD}fldChar")]  # fmt: skip
    assert marks == ["begin", "separate", "end"] * (len(marks) // 3)


def test_captions_are_numbered_in_order(written: dict[str, bytes]):
    captions = [each.text for each in body(written).paragraphs if each.style.name == "Caption"]
    numbers = [int(text.split()[1].rstrip(".")) for text in captions if text.startswith("Tabel ")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_remarks_of_the_draft_are_comments_and_no_text(written: dict[str, bytes]):
    document = body(written)
    assert [each.text[:5] for each in document.comments] == ["DRAF:"] * 7
    assert not any("DRAF" in each.text for each in document.paragraphs)


def test_every_picture_has_alternative_text(written: dict[str, bytes]):
    shapes = body(written).inline_shapes
    assert len(shapes) == 9
    assert all("n = " in each._inline.docPr.get("descr") or "hari" in each._inline.docPr.get("descr") for each in shapes)  # fmt: skip


def test_the_pdf_has_bookmarks_contents_language_and_its_own_letters(written: dict[str, bytes]):
    pdf = written["laporan.pdf"]
    assert pdf.count(b"/Title") > 40
    assert b"/Outlines" in pdf
    assert b"/Lang (id)" in pdf
    assert b"/FontFile2" in pdf
    assert b"/Alt" in pdf


def test_no_page_of_the_pdf_is_blank(written: dict[str, bytes]):
    found = pages(written["laporan.pdf"])
    assert len(found) > 15
    assert min(len(page) for page in found[1:]) >= 2  # the foot, and something above it


@pytest.mark.parametrize("name", ["laporan", "instruktur-1-budi-santoso"])
def test_the_pdf_tells_every_word_of_the_word_file_but_its_remarks(
    written: dict[str, bytes], name: str
):
    """Without the breaks of lines and pages, and without what Word fills in itself."""
    told = "".join(
        line for page in pages(written[f"{name}.pdf"]) for line in page if not FOOT.match(line)
    )
    missing = [
        line for line in lines_of(written[f"{name}.docx"]) if _squeezed(line) not in _squeezed(told)
    ]
    assert missing == []


def _squeezed(text: str) -> str:
    return "".join(text.replace(" | ", "").split())


@pytest.mark.parametrize("lines", range(20, 28, 2))
def test_a_short_table_of_the_pdf_is_on_one_page_with_its_heading(lines: int):
    """Whatever stands above it: the last page holds the heading, the caption, 18 cells and the page's number."""
    columns = (Column("Jawaban", 60), Column("Jumlah", 40, is_number=True))
    table = Table("Jawaban", columns, tuple((f"Jawaban {at}", str(at)) for at in range(8)))
    above = (Heading(1, "BAB I"), *(Paragraph("Baris") for _ in range(lines)))
    last = pages(write_pdf(plain((*above, Heading(2, "Hasil"), table))))[-1]
    assert len(last) == 21


def plain(blocks: tuple[Block, ...]) -> Document:
    """All in the annex, behind cover, contents and signature."""
    signature = Signature("Muara Bungo", date(2027, 2, 1), "Kepala", "Nama", ())
    words = dict.fromkeys(("halaman", "nomor", "daftar_isi", "tabel", "gambar", "tanggal"), "x")
    return Document(
        "id", ("KABUPATEN",), "1", "Laporan", ("Pelatihan",), (), signature, blocks, words,
        date(2027, 2, 1),
    )  # fmt: skip


def test_contents_take_as_many_pages_as_they_need_and_leave_no_file_open():
    """An open file would be told as an error once it is collected."""
    found = pages(write_pdf(plain(tuple(Heading(2, f"Bagian {place}") for place in range(70)))))
    gc.collect()
    listed = [line for page in found[1:3] for line in page if line.startswith("Bagian")]
    assert listed == [f"Bagian {place}" for place in range(70)]


def test_no_part_of_the_word_file_carries_the_time_of_its_making(written: dict[str, bytes]):
    with zipfile.ZipFile(io.BytesIO(written["laporan.docx"])) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}


def test_an_unknown_training_is_one_line_for_the_operator(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # fmt: skip
    assert run(class_of_thirty(tmp_path / "tables"), tmp_path / "out", "X-9") == 2
    assert "'X-9' is not among the trainings" in capsys.readouterr().err


LONG = ("w" * 10_000, "kata " * 2_000)
ODD = ("a\x01\x0b\x1fb\ufffe", "<a>&amp;]]>", "a\nb\r\n", "   ")


@pytest.mark.parametrize("texts", [LONG, ODD], ids=["long", "odd"])
def test_whatever_people_write_gives_a_report_and_a_sheet(tmp_path: Path, texts: tuple[str, ...]):
    world = class_of_thirty(tmp_path / "tables", followed=24, superiors=20, title=texts[0])
    for row, text in zip(world.codes, cycle(texts), strict=False):
        row["label"] = row["value_label"] = text
    for row in world.responses:
        text = texts[int(row["respondent"][1:]) % len(texts)]
        row["unit_group"] = text
        row["instructor"] = texts[0] if row["instructor"] == "Siti Rahma" else row["instructor"]
        row["value"] = text if row["item"] == "a18" else row["value"]
    world.trainings[0] |= {"cohort": "", "office_note": texts[-1]}
    world.trainings[0]["rounds"] = world.trainings[0]["rounds"].replace('"open"', '"closed"')
    assert run(world, tmp_path / "out") == 0
    assert min(path.stat().st_size for path in (tmp_path / "out").iterdir()) > 5_000


@pytest.mark.parametrize("title", ["", *ODD])
def test_a_report_with_any_title_or_none_is_written(tmp_path: Path, title: str):
    world = class_of_thirty(tmp_path / "tables", answered=3, title=title)
    world.trainings[0] |= {"cohort": "", "office_note": title}
    assert run(world, tmp_path / "out") == 0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [('findings = ["anggaran"]', "findings = 5"), ('findings = ["anggaran"]', 'findings = "anggaran"'),
     ("legal_basis = [", 'legal_basis = "UU 20/2023"\nold = ['), ("letterhead = [", 'letterhead = "PEMKAB"\nold = [')],
)  # fmt: skip
def test_settings_of_the_report_of_a_wrong_kind_are_one_line(
    tmp_path: Path, right: str, wrong: str
):
    """A text where a list is wanted would be printed letter by letter."""
    study, text = tmp_path / "study.toml", (ROOT / "config/study.toml").read_text(encoding="utf-8")
    assert right in text
    study.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(
        EvaluationError, match=r"\[report\] has a wrong value: .* is .*, which is no list"
    ):
        read_office(study)


def test_old_sheets_do_not_stay_beside_new_ones(tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/instruktur-9.pdf").write_bytes(b"of another day")
    assert run(class_of_thirty(tmp_path / "tables", answered=3), tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["laporan.docx", "laporan.pdf"]  # fmt: skip
