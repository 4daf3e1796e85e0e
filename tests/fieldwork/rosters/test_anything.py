"""Whatever the file, there is a report: random tables, random bytes, workbooks with parts torn out. Never an exception."""

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.fieldwork.rosters.files import kind_of
from bot.fieldwork.rosters.reading import read_roster
from tests.fieldwork.rosters.nasty import ALL, BUDI, HEAD, SITI, SITI_ROW, one_sheet, packed
from tests.fieldwork.rosters.test_reading import TODAY

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.datetimes(),
    st.sampled_from([SITI, BUDI, f"'{SITI}", "Nama", "NIP", "No", "Unit Kerja", "Jumlah", "-", "#N/A", "Atasan Langsung"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=7), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, at=st.integers(0, 4))
def test_any_table_with_a_header_somewhere_gives_a_report(
    rows: list[list[object]], at: int
) -> None:
    report = read_roster(one_sheet([*rows[:at], HEAD, *rows[at:], SITI_ROW]), TODAY)
    assert report.header_row or report.faults
    assert len(report.ready) <= report.rows
    bad = {one.row for one in report.faults}
    assert all(one.row not in bad for one in report.ready)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_gives_a_report(text: str, encoding: str) -> None:
    report = read_roster(text.encode(encoding, errors="ignore"), TODAY)
    assert report.header_row or report.faults


@settings(max_examples=60, deadline=None)
@given(
    content=st.binary(max_size=300),
    begins=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"]),
)
def test_any_bytes_give_a_report(content: bytes, begins: bytes) -> None:
    report = read_roster(begins + content, TODAY)
    assert report.header_row or report.faults


@pytest.mark.parametrize("seed", range(25))
def test_a_workbook_with_bytes_torn_out_gives_a_report(seed: int) -> None:
    chosen = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(ALL["header_in_two_rows_with_merged_cells"]())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chosen.choice([one for one in parts if one.endswith((".xml", ".rels"))])
    part = parts[name]
    begin = chosen.randrange(len(part))
    parts[name] = (
        part[:begin]
        + chosen.choice([b"", b"<x>", b"&a;", b'"'])
        + part[begin + chosen.randrange(1, 40) :]
    )
    report = read_roster(packed(parts), TODAY)
    assert report.header_row or report.faults


@pytest.mark.parametrize(
    "bomb",
    [
        {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/s.xml": b" " * 70_000_000},
        {"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": b"a" * 120_000_000},
        {"xl/workbook.xml": b" " * 3_000_000},
        {"xl/workbook.xml": b"<workbook/>", **{f"xl/{number}": b"" for number in range(2001)}},
    ],
    ids=["sheet", "texts", "workbook", "parts"],
)  # fmt: skip
def test_a_bomb_is_never_unpacked(bomb: dict[str, bytes]) -> None:
    assert kind_of(packed(bomb)) in {"daftar_terlalu_besar_isi", "daftar_rusak"}
