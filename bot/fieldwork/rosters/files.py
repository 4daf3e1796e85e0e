"""What a file is, by its first bytes and not by its name: a workbook, a text table, or something with a remedy. Pure.

Nothing is unpacked here but the list of parts and the small part that names the sheets.
"""

import io
import re
import zipfile
import zlib
from typing import Final, Literal

Kind = Literal["form", "book", "text"]
BOOKS: Final = (".xlsx", ".xlsm")
TEXTS: Final = (".csv", ".txt", ".tsv")
ROSTER_SUFFIXES: Final = BOOKS + TEXTS
MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 100_000_000
MOST_SHEETS_UNPACKED: Final = 64_000_000
MOST_PARTS: Final = 2_000
MOST_PACKING: Final = 400  # times; the XML of a table packs 5 to 40 times
LARGE_PART: Final = 2_000_000
WORKBOOK: Final = "xl/workbook.xml"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PAGE: Final = re.compile(
    rb"\s*(<!doctype html|<html|<head|<table|<\?xml[^>]*\?>\s*<(html|\?mso|workbook))",
    re.IGNORECASE,
)
_FORM_SHEET: Final = re.compile(
    rb"""<(?:\w+:)?sheet\b[^>]*\bname=["']\s*survey\s*["']""", re.IGNORECASE
)
_FORM_LINE: Final = re.compile(r'["\s]*(survey|choices|settings)["\s]*[,;\t]', re.IGNORECASE)


def kind_of(content: bytes) -> Kind | str:
    """How to read it; anything else is the key of the sentence that says what to do instead."""
    if not content.strip():
        return "daftar_berkas_kosong"
    if content.startswith(b"PK"):
        return _kind_of_package(content)
    if content.startswith(_OLE):
        return _kind_of_old(content)
    if _is_picture(content):
        return "berkas_xls_lama"
    return _kind_of_text(content)


def decoded(content: bytes) -> str:
    """As Excel writes text: UTF-8, UTF-16 with its mark, or Windows-1252, which reads every byte."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        if wrong.reason == "unexpected end of data":  # a piece that ends within a character
            return content[: wrong.start].decode("utf-8-sig")
        return content.decode("cp1252", errors="replace")


def _kind_of_package(content: bytes) -> Kind | str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _kind_of_parts(package)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        return "daftar_rusak"


def _kind_of_parts(package: zipfile.ZipFile) -> Kind | str:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        return "berkas_xls_lama"
    if WORKBOOK not in names:
        # .xlsb, .ods and .numbers are spreadsheets too, an archive of files is none
        is_sheet = (
            "xl/workbook.bin" in names or "content.xml" in names or "Index/Document.iwa" in names
        )
        return "berkas_xls_lama" if is_sheet else "daftar_tidak_dikenal"
    if any(part.flag_bits & 1 for part in parts):
        return "daftar_terkunci"
    if _is_too_much(parts):
        return "daftar_terlalu_besar_isi"
    if package.getinfo(WORKBOOK).file_size > LARGE_PART:
        return "daftar_rusak"
    return "form" if _FORM_SHEET.search(package.read(WORKBOOK)) else "book"


def _is_too_much(parts: list[zipfile.ZipInfo]) -> bool:
    sheets = sum(part.file_size for part in parts if part.filename.startswith("xl/worksheets/"))
    return (
        len(parts) > MOST_PARTS
        or sheets > MOST_SHEETS_UNPACKED
        or sum(part.file_size for part in parts) > MOST_UNPACKED
        or any(
            part.file_size > max(LARGE_PART, MOST_PACKING * part.compress_size)
            for part in parts
            if part.filename.endswith((".xml", ".rels"))
        )
    )


def _kind_of_old(content: bytes) -> Kind | str:
    if _ENCRYPTED_PACKAGE in content:
        return "daftar_terkunci"
    names = (b"survey", "survey".encode("utf-16-le"))
    return "form" if any(name in content for name in names) else "berkas_xls_lama"


def _kind_of_text(content: bytes) -> Kind | str:
    if _PAGE.match(content[:2000]):
        return "daftar_halaman_web"
    if _is_binary(content):
        return "daftar_tidak_dikenal"
    return "form" if _FORM_LINE.match(decoded(content[:4000]).lstrip("\ufeff\r\n ,;\t")) else "text"


def _is_picture(content: bytes) -> bool:
    """Or a page to print."""
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return is_webp or content.startswith((b"%PDF", *_PICTURES)) or content[4:8] == b"ftyp"


def _is_binary(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\0" in content[:4000] or content.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"))
