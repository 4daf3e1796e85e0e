"""A roster's report in sentences: for the chat, the terminal and the column Masalah alike. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final

from bot.chat.texts import Texts
from bot.fieldwork.rosters.files import BOOKS
from bot.fieldwork.rosters.record import Problem, Report

SHORT: Final[Mapping[str, str]] = {
    "nip_panjang": "ringkas_nip_panjang", "nip_angka": "ringkas_nip_angka",
    "nip_lama": "ringkas_nip_lama", "nip_kosong": "ringkas_nip_kosong",
    "nip_ganda": "ringkas_nip_ganda", "nip_dua_nama": "ringkas_nip_ganda",
    "nama_ganda": "ringkas_nama_ganda", "sel_kosong": "ringkas_nama_kosong",
    "nama_angka": "ringkas_nama_kosong", "sel_galat": "ringkas_sel_galat",
}  # fmt: skip
OTHER: Final = "ringkas_nip_keliru"
MOST_PASSED_OVER: Final = 12


def report_lines(texts: Texts, language: str, report: Report) -> list[str]:
    """All of it, as plain text."""
    lines = head_lines(texts, language, report)
    whole_sheet = [one for one in report.problems if one.row is None]
    lines += [said(texts, language, one, report.sheet) for one in whole_sheet]
    for key, found in (("daftar_masalah", report.faults), ("daftar_catatan", report.notes)):
        of_rows = [one for one in found if one.row is not None]
        if of_rows:
            lines += ["", texts.plain(key, language)]
            lines += [said(texts, language, one, report.sheet) for one in of_rows]
    return lines + foot_lines(texts, language, report)


def head_lines(texts: Texts, language: str, report: Report) -> list[str]:
    """How many were read, how many are ready, and what is wrong with the others in a word."""
    if not report.header_row:
        return [texts.plain("daftar_tak_terbaca", language)]
    words = {"n": report.rows, "baris": report.header_row}
    key = "daftar_dibaca_lembar" if report.sheet else "daftar_dibaca"
    sheet = {"lembar": report.sheet} if report.sheet else {}
    lines = [texts.plain(key, language, **words, **sheet)]
    if report.to_check:
        lines.append(
            texts.plain(
                "daftar_siap", language, siap=len(report.ready), periksa=report.to_check,
                rincian=_counted(texts, language, report),
            )
        )  # fmt: skip
    elif report.rows:
        lines.append(texts.plain("daftar_semua_siap", language, siap=len(report.ready)))
    return lines


def foot_lines(texts: Texts, language: str, report: Report) -> list[str]:
    lines = []
    if report.passed_over:
        lines.append(
            texts.plain("daftar_dilewati", language, baris=_passed_over(texts, language, report))
        )
    if unused := [one for one in report.columns.unused if one]:
        kolom = ", ".join(one[:40] for one in unused[:20])
        lines.append(texts.plain("daftar_kolom_tak_dipakai", language, kolom=kolom))
    return ["", *lines] if lines else []


def said(texts: Texts, language: str, problem: Problem, sheet: str) -> str:
    """With its row; with its sheet only where that is another one than the list's."""
    what = sentence(texts, language, problem)
    if problem.row is None:
        name = problem.sheet
        return texts.plain("letak_lembar", language, lembar=name, masalah=what) if name else what
    if problem.sheet == sheet:
        return texts.plain("baris_masalah", language, baris=problem.row, masalah=what)
    return texts.plain(
        "letak_baris", language, lembar=problem.sheet, baris=problem.row, masalah=what
    )


def sentence(texts: Texts, language: str, problem: Problem) -> str:
    return texts.plain(problem.key, language, **problem.arguments)


def marked_suffix(file_name: str) -> str:
    """A text table comes back as a workbook, a workbook as what it was."""
    suffix = PurePath(file_name).suffix.lower()
    return suffix if suffix in BOOKS else ".xlsx"


def row_sentences(texts: Texts, language: str, report: Report) -> dict[int, str]:
    """What stands in the column Masalah, by row of the list's own sheet."""
    found: dict[int, list[str]] = {}
    for one in report.problems:
        if one.row is not None and one.sheet == report.sheet:
            found.setdefault(one.row, []).append(_capital(sentence(texts, language, one)))
    return {row: "\n".join(sentences) for row, sentences in found.items()}


def _counted(texts: Texts, language: str, report: Report) -> str:
    """The first fault of each row counts."""
    first: dict[int, str] = {}
    for one in report.faults:
        if one.row is not None and one.sheet == report.sheet:
            first.setdefault(one.row, SHORT.get(one.key, OTHER))
    counted: Sequence[tuple[str, int]] = Counter(first.values()).most_common()
    return ", ".join(f"{number} {texts.plain(key, language)}" for key, number in counted)


def _passed_over(texts: Texts, language: str, report: Report) -> str:
    shown = [f"{row} ({begins[:24]})" for row, begins in report.passed_over[:MOST_PASSED_OVER]]
    more = len(report.passed_over) - len(shown)
    if more > 0:
        shown.append(texts.plain("daftar_dan_lagi", language, n=more))
    return ", ".join(shown)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
