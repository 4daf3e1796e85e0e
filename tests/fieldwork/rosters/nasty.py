"""Thirty-odd rosters as offices send them, each made here: titles, merged cells, lost digits, bombs. Everybody is invented."""

import codecs
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SITI, BUDI, CICI = "198609262015052999", "199009132025242998", "200012312024121997"
BOSS = "196804111993032998"
Rows = Sequence[Sequence[object]]
Build = Callable[[], bytes]
ALL: dict[str, Build] = {}


def nasty(build: Build) -> Build:
    ALL[build.__name__] = build
    return build


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def one_sheet(rows: Rows, change: Callable[[Worksheet], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    return saved(book)


def csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.strip("\n").replace("\n", "\r\n").encode(encoding)


HEAD = ("No", "Nama Lengkap", "NIP / NI PPPK", "Gol.", "Unit Kerja", "No. HP/WA")
SITI_ROW = (1, "Siti Aminah, S.E.", SITI, "III/c", "BPKAD", "0812-5550-2201")
BUDI_ROW = (2, "Budi Santoso", BUDI, "IX", "Dinas Kesehatan", "081255502202")


@nasty
def title_rows_above_the_header() -> bytes:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A2:F2")

    titles = (
        ("DAFTAR PESERTA PELATIHAN MANAJEMEN KEUANGAN DAERAH",),
        ("INSTANSI: BKPSDMD KAB. BUNGO",),
        (),
    )
    return one_sheet((*titles, ("Tempat", ": Aula BKPSDMD"), HEAD, SITI_ROW, BUDI_ROW), merge)


@nasty
def header_in_two_rows_with_merged_cells() -> bytes:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("E1:G1")
        for column in "ABCD":
            sheet.merge_cells(f"{column}1:{column}2")

    rows = (
        ("No", "Nama", "NIP", "OPD", "Atasan Langsung", None, None),
        (None, None, None, None, "Nama", "NIP", "No. HP"),
        (1, "Siti Aminah", SITI, "BPKAD", "Ahmad Hidayat", BOSS, "081155500001"),
    )
    return one_sheet(rows, merge)


@nasty
def numbered_columns_under_the_header() -> bytes:
    return one_sheet((HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), SITI_ROW, BUDI_ROW))


@nasty
def unit_merged_over_several_rows() -> bytes:
    rows = (
        HEAD,
        SITI_ROW,
        (2, "Budi Santoso", BUDI, "IX", None, None),
        (3, "Cici Paramida", CICI, "III/a", "Dinas PUPR", None),
    )
    return one_sheet(rows, lambda sheet: sheet.merge_cells("E2:E3"))


@nasty
def totals_and_signatures_at_the_end() -> bytes:
    tail = (
        ("Jumlah", None, "2 orang"), (), (None, None, None, None, "Muara Bungo, 16 Oktober 2026"),
        (None, None, None, None, "Kepala BKPSDMD"), (), (), (None, None, None, None, "Drs. H. Tono, M.Si."),
        (None, None, None, None, f"NIP. {BOSS}"),
    )  # fmt: skip
    return one_sheet((HEAD, SITI_ROW, BUDI_ROW, *tail))


@nasty
def signature_below_the_names_column() -> bytes:
    tail = (
        (),
        (None, "Mengetahui,"),
        (None, "Kepala Badan"),
        (),
        (None, "Drs. H. Tono, M.Si."),
        (None, "Pembina Utama Muda"),
        (None, f"NIP. {BOSS}"),
    )
    return one_sheet((HEAD, SITI_ROW, BUDI_ROW, *tail))


@nasty
def nip_with_spaces_apostrophe_dots_and_a_word() -> bytes:
    nips = (
        "19860926 201505 2 999",
        f"'{BUDI}",
        "NIP. 20001231.202412.1.997",
        "１９６８０４１１１９９３０３２９９８",
    )
    people = [(f"Peserta {name}", nip) for name, nip in zip("ABCD", nips, strict=True)]
    return one_sheet((("Nama", "NIP"), *people))


@nasty
def nip_as_a_number_that_excel_rounded() -> bytes:
    return one_sheet(
        (
            ("Nama", "NIP"),
            ("Siti", 1.98609262015052e17),
            ("Budi", 199009132025243000),
            ("Cici", CICI),
        )
    )


@nasty
def nip_as_a_number_that_kept_its_digits() -> bytes:
    """As a program writes it that never held it as a floating-point number."""
    return in_sheet(
        one_sheet((("Nama", "NIP"), ("Siti", 1), ("Cici", 2))),
        {
            "<v>1</v></c></row>": f"<v>{SITI}</v></c></row>",
            "<v>2</v></c></row>": f"<v>{CICI}</v></c></row>",
        },
    )


@nasty
def nip_impossible_in_every_way() -> bytes:
    nips = (
        "20001231202421199", "200013312024211999", "200012312024213999", "198609262015131999",
        "198609262027051999", "130555999", "19860926201505199X", None, "198609262015052000",
    )  # fmt: skip
    people = [
        (number, f"Peserta {'ABCDEFGHI'[number - 1]}", nip)
        for number, nip in enumerate(nips, start=1)
    ]
    return one_sheet((("No", "Nama", "NIP"), *people))


@nasty
def nip_rare_enough_to_ask() -> bytes:
    return one_sheet(
        (
            ("Nama", "NIP"),
            ("Terlalu Muda", "200012312012121997"),
            ("Sudah Tua", "195501011980031999"),
        )
    )


@nasty
def the_same_nip_twice() -> bytes:
    return one_sheet(
        (
            HEAD,
            SITI_ROW,
            BUDI_ROW,
            (3, "SITI AMINAH, SE", SITI, "III/c", "BPKAD", None),
            (4, "Orang Lain", BUDI, "IX", "RSUD", None),
        )
    )


@nasty
def namesakes() -> bytes:
    return one_sheet(
        (
            HEAD,
            SITI_ROW,
            (2, "Siti Aminah, SE.", "199009132025242997", "IX", "Dinas Pendidikan", None),
            (3, "Budi", "-", None, "PUPR", None),
            (4, "BUDI", "-", None, "RSUD", None),
        )
    )


@nasty
def only_names() -> bytes:
    return one_sheet(
        (
            ("DAFTAR HADIR",),
            (),
            ("NO", "NAMA"),
            (1, "Siti Aminah"),
            (2, "Budi Santoso"),
            (3, "Cici Paramida"),
            (4, None),
            (5, None),
        )
    )


@nasty
def nobody_but_contract_workers() -> bytes:
    return one_sheet(
        (
            ("Nama", "NIP", "Unit Kerja", "Tanggal Lahir"),
            ("Dedi", "Honorer", "RSUD", "12 Maret 1990"),
            ("Eka", "-", "RSUD", "Muara Bungo, 05-07-1991"),
        )
    )


@nasty
def birth_dates_of_all_kinds() -> bytes:
    return one_sheet(
        (
            ("Nama", "NIP", "Tempat, Tgl Lahir"), ("Siti", SITI, datetime(1986, 9, 26)),  # noqa: DTZ001 - a cell has no zone
            ("Budi", BUDI, "Bungo, 14/09/1990"), ("Cici", CICI, "lupa"),
        )
    )  # fmt: skip


@nasty
def name_and_nip_in_one_cell() -> bytes:
    return one_sheet(
        (
            ("No", "Nama/NIP", "Pangkat/Gol.", "Jabatan"),
            (1, f"Siti Aminah, S.E.\nNIP. {SITI}", "Penata (III/c)", "Analis"),
            (2, "Budi Santoso\n19900913 202524 2 998", "IX", "Perawat"),
        )
    )


@nasty
def grades_in_many_spellings() -> bytes:
    grades = ("Penata Muda Tk. I / III.b", "III a", "Pembina", "gol. IV-b")
    nips = (SITI, CICI, BOSS, "198609262015052998")
    return one_sheet(
        (
            ("Nama", "NIP", "Pangkat, Gol/Ruang"),
            *[
                (f"Peserta {name}", nip, grade)
                for name, nip, grade in zip("ABCD", nips, grades, strict=True)
            ],
        )
    )


@nasty
def phones_of_all_kinds() -> bytes:
    phones = (
        "0812 5550 2201",
        81255502202,
        "+62-812-5550-2203",
        "WA: 0812.5550.2204 / 0811 5550 001",
        "ada di grup",
        "0812 5550 2201",
        "8,12556E+10",
    )
    nips = (
        SITI,
        BUDI,
        CICI,
        BOSS,
        "198609262015052998",
        "198609262015052997",
        "198609262015052996",
    )
    return one_sheet(
        (
            ("Nama", "NIP", "No. Telp"),
            *[
                (f"Peserta {name}", nip, phone)
                for name, nip, phone in zip("ABCDEFG", nips, phones, strict=True)
            ],
        )
    )


@nasty
def time_zones_of_all_kinds() -> bytes:
    return one_sheet(
        (
            ("Nama", "NIP", "Zona Waktu", "Nama Atasan", "Zona Waktu Atasan", "Zona Rekan"),
            ("Peserta A", SITI, "wita", "Ahmad", "WIT (UTC+9)", "WIB"),
            ("Peserta B", BUDI, "WIB/WITA", "Ahmad", "-", ""),
            ("Peserta C", CICI, "Jayapura", "", "", ""),
        )
    )


@nasty
def superiors_with_mistakes() -> bytes:
    head = ("Nama", "NIP", "Nama Atasan Langsung", "NIP Atasan", "Jabatan Atasan", "HP Atasan")
    return one_sheet(
        (
            head, ("Siti", SITI, "Ahmad", "19680411199303299", "Kabid", "081155500001"),
            ("Budi", BUDI, "Budi", BUDI, "Kabid", None), ("Cici", CICI, None, BOSS, "Kabid", None),
            ("Dedi", "198609262015052998", "Ahmad", BOSS, "Kabid", "tanya TU"), ("Eka", "198609262015052997", "Ahmad", BOSS, "Kabid", "0811 5550 0001"),
        )
    )  # fmt: skip


@nasty
def semicolons_in_windows_1252() -> bytes:
    return csv(
        "No;Nama;NIP;Unit Kerja\n1;Siti Aminah – S.E.;"
        + SITI
        + ";Badan “Keuangan”\n2;Budi;"
        + BUDI
        + ";Café\n",
        "cp1252",
    )


@nasty
def commas_in_utf8_with_its_mark() -> bytes:
    return codecs.BOM_UTF8 + csv(
        f'Nama,NIP,Unit Kerja\n"Aminah, Siti","=""{SITI}""",BPKAD\nBudi,{BUDI},"Dinas\nKesehatan"\n'
    )


@nasty
def tabs_in_utf16_and_a_rounded_nip() -> bytes:
    return csv(f"Nama\tNIP\tUnit Kerja\nSiti\t1,98609E+17\tBPKAD\nBudi\t{BUDI}\tRSUD\n", "utf-16")


@nasty
def a_separator_line_as_excel_writes_it() -> bytes:
    return csv(f"sep=;\nDAFTAR PESERTA;;\nNama;NIP;OPD\nSiti;{SITI};BPKAD\n")


@nasty
def several_sheets_of_which_two_are_lists() -> bytes:
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "Sampul"
    cover.append(["Pelatihan Manajemen Keuangan Daerah"])
    for title, row in (("Angkatan I", SITI_ROW), ("Angkatan II", BUDI_ROW)):
        sheet = book.create_sheet(title)
        sheet.append(HEAD)
        sheet.append(row)
        if title == "Angkatan II":
            sheet.append((3, "Cici Paramida", CICI, "III/a", "PUPR", None))
    hidden = book.create_sheet("Cadangan")
    hidden.append(HEAD)
    hidden.sheet_state = "hidden"
    return saved(book)


@nasty
def hidden_rows() -> bytes:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    return one_sheet((HEAD, SITI_ROW, BUDI_ROW), hide)


@nasty
def header_repeated_on_every_page() -> bytes:
    return one_sheet((HEAD, SITI_ROW, (), HEAD, BUDI_ROW))


@nasty
def sections_name_the_unit() -> bytes:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:C2")
        sheet.merge_cells("A4:C4")

    return one_sheet(
        (
            ("No", "Nama", "NIP"),
            ("A. BPKAD",),
            (1, "Siti", SITI),
            ("B. Dinas Kesehatan",),
            (1, "Budi", BUDI),
        ),
        merge,
    )


@nasty
def formulas_that_found_nothing() -> bytes:
    return one_sheet(
        (
            HEAD,
            (1, "Siti", "#N/A", "III/c", "BPKAD", None),
            (2, "#REF!", BUDI, "IX", "RSUD", None),
            (3, "Cici", CICI, "#N/A", "PUPR", None),
        )
    )


@nasty
def columns_that_nobody_needs() -> bytes:
    head = (
        "No",
        "Nama",
        "NIP",
        "NIP Lama",
        "NIK",
        "Golongan Darah",
        "Tempat Lahir",
        "Email",
        "TTD",
        "TMT Golongan",
        "Ket",
    )
    return one_sheet(
        (
            head,
            (
                1,
                "Siti",
                SITI,
                "130555999",
                "1508010101900001",
                "O",
                "Bungo",
                "siti@contoh.id",
                None,
                "1-4-2020",
                "hadir",
            ),
        )
    )


@nasty
def names_missing_or_numbers() -> bytes:
    return one_sheet(
        (
            HEAD,
            (1, None, SITI, "III/c", "BPKAD", None),
            (2, 12345, BUDI, "IX", None, None),
            (3, "Cici", CICI, "III/a", None, None),
        )
    )


@nasty
def empty_but_formatted_far_down() -> bytes:
    def colour(sheet: Worksheet) -> None:
        for number in range(4, 4000):
            sheet.cell(number, 1).number_format = "@"

    return one_sheet((HEAD, SITI_ROW, BUDI_ROW), colour)


@nasty
def no_header_at_all() -> bytes:
    return one_sheet(((1, "Siti Aminah", SITI), (2, "Budi Santoso", BUDI)))


@nasty
def an_empty_workbook() -> bytes:
    return saved(Workbook())


@nasty
def a_header_and_nobody() -> bytes:
    return one_sheet((("DAFTAR PESERTA",), HEAD))


@nasty
def the_full_workbook() -> bytes:
    return full_workbook()


@nasty
def the_full_workbook_with_a_bad_training() -> bytes:
    return full_workbook(
        training=("", "Manajemen Keuangan Daerah", "Angk. II", "besok", "13/10/2026")
    )


def full_workbook(
    training: Sequence[object] = (
        "MKD-2026-2",
        "Manajemen Keuangan Daerah",
        "Angk. II",
        "13/10/2026",
        "16/10/2026",
    ),
) -> bytes:
    sheets: Mapping[str, Rows] = {
        "Pelatihan": (("Kode", "Judul", "Angkatan", "Mulai", "Selesai"), training),
        "Peserta": (HEAD, SITI_ROW, BUDI_ROW),
        "Pengajar": (("Nama",), ("Hasan Basri",), ("Rosmalina",), ("Hasan Basri",)),
        "Kompetensi": (("Kemampuan",), ("menyusun SPJ",)),
    }
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


# ---- what is no list -------------------------------------------------------------------------------


@nasty
def an_old_xls() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "Workbook".encode("utf-16-le")


@nasty
def a_workbook_with_a_password() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    )


@nasty
def a_pdf() -> bytes:
    return b"%PDF-1.7 \xe2\xe3\xcf\xd3"


@nasty
def a_photo() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 100


@nasty
def a_word_document() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


@nasty
def a_web_page_named_xls() -> bytes:
    return b"<html><body><table><tr><td>Nama</td><td>NIP</td></tr></table></body></html>"


@nasty
def a_questionnaire() -> bytes:
    book = Workbook()
    book.worksheets[0].title = "survey"
    return saved(book)


@nasty
def a_broken_workbook() -> bytes:
    return one_sheet((HEAD, SITI_ROW))[:-300]


@nasty
def a_zip_bomb() -> bytes:
    sheet = b"<worksheet><sheetData>" + b"<row><c/></row>" * 2_000_000 + b"</sheetData></worksheet>"
    return packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})


@nasty
def a_program() -> bytes:
    return b"MZ\x90\0\x03\0\0\0" + bytes(range(256))


@nasty
def nothing_at_all() -> bytes:
    return b""


def packed(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def in_sheet(content: bytes, replaced: Mapping[str, str]) -> bytes:
    """The workbook with other words in the XML of its first sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["xl/worksheets/sheet1.xml"].decode()
    for old, new in replaced.items():
        assert old in xml
        xml = xml.replace(old, new)
    return packed(parts | {"xl/worksheets/sheet1.xml": xml.encode()})


@nasty
def peers_in_one_cell() -> bytes:
    rows = (
        ("No", "Nama", "NIP", "Unit Kerja", "Nama Atasan", "Rekan Kerja", "HP Rekan"),
        (1, "Siti Aminah", SITI, "BPKAD", "Ahmad Hidayat", "1. Dodi Putra, S.E. 2. Hj. Ani Lestari, M.M.", "0811 5550 0011; 0811 5550 0012"),
        (2, "Budi Santoso", BUDI, "BPKAD", "Ahmad Hidayat", "Dodi Putra, S.E. (0811-5550-0011)\nSiti Aminah", None),
        (3, "Cici Paramida", CICI, "BPKAD", "Ahmad Hidayat", "Ahmad Hidayat / Cici Paramida / Eka, Feri dan Gita", "0811 5550 0013"),
    )  # fmt: skip
    return one_sheet(rows)


@nasty
def peers_in_columns_of_their_own() -> bytes:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("C1:E1")
        sheet.merge_cells("F1:G1")

    rows = (
        ("Nama", "NIP", "Rekan Kerja I", None, None, "Rekan Kerja II", None),
        (None, None, "Nama", "NIP", "Jabatan", "Nama", "No. HP"),
        ("Siti Aminah", SITI, "Dodi Putra", "12345", "Analis", "Ani Lestari", "081155500012"),
        ("Budi Santoso", BUDI, "Dodi Putra", BOSS, "Analis", None, "081155500014"),
        ("Cici Paramida", CICI, "-", None, None, 12345, None),
    )
    return one_sheet(rows, merge)


@nasty
def peers_in_two_columns_of_one_name() -> bytes:
    return one_sheet(
        (
            ("Nama", "NIP", "Rekan Kerja", "Rekan Kerja"),
            ("Siti Aminah", SITI, "Dodi Putra", "Ani Lestari, A.Md.Keb."),
            ("Budi Santoso", BUDI, "A; B; C; D; E; F", None),
        )
    )
