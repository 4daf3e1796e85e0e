"""`python -m evaluation.report`: the report of one training as .docx and .pdf, and a sheet for each instructor.

What it shows is published: the register is read and written as by the weekly summary. The same input writes the same bytes.
"""

import argparse
import re
import sys
import unicodedata
from collections.abc import Sequence

from evaluation.command import evaluated, made_folder, parser_of, publish, run
from evaluation.report.chapters import instructor_sheets, report_of
from evaluation.report.office import read_office
from evaluation.report.pdf import write_pdf
from evaluation.report.printable import printable
from evaluation.report.word import write_word

_LONGEST_NAME = 40


def main(arguments: Sequence[str] | None = None) -> int:
    parser = parser_of(
        "python -m evaluation.report", "Write the report of one training.",
        "folder for laporan and instruktur-N-NAME, each as .docx and .pdf",
    )  # fmt: skip
    parser.add_argument("--training", required=True, help="code of the training")
    return run(_write, parser.parse_args(arguments))


def _write(options: argparse.Namespace) -> None:
    made = evaluated(options)
    how = (made.plan, read_office(options.study), made.texts)
    report = printable(report_of(options.training, made.results, made.tables, how))
    made_folder(options.out)
    for old in options.out.glob("instruktur-*"):
        old.unlink()
    (options.out / "laporan.docx").write_bytes(write_word(report))
    (options.out / "laporan.pdf").write_bytes(write_pdf(report))
    sheets = instructor_sheets(options.training, made.results, how)
    for place, sheet in enumerate(map(printable, sheets), start=1):
        name = f"instruktur-{place}-{_in_a_name(sheet.subtitle[0])}"
        (options.out / f"{name}.docx").write_bytes(write_word(sheet))
        (options.out / f"{name}.pdf").write_bytes(write_pdf(sheet))
    publish(options, made)


def _in_a_name(words: str) -> str:
    """What any file system and any chat takes, as words of one."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME]


if __name__ == "__main__":
    sys.exit(main())
