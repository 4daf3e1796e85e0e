"""The process in which a roster that somebody sent is read: openpyxl and a hostile file stay out of the bot.

    python -m bot.roster_child FILE RESULT MARKED TEXTS --today DAY --language LANGUAGE     started by roster_examining.py only

It reads FILE, writes the report as RESULT and, in that language, when a row has something said of it, the same workbook with a column
*Masalah* as MARKED; without a language only the report. Memory and computing time are limited by the system, so whatever a file makes of it, it ends.
"""

import resource
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from bot.chat.roster_lines import row_sentences
from bot.chat.texts import load_texts
from bot.fieldwork.rosters.as_json import report_to_json
from bot.fieldwork.rosters.marking import Marks, marked
from bot.fieldwork.rosters.reading import read

MOST_MEMORY: Final = 1_500_000_000  # bytes of address space
MOST_SECONDS: Final = 60  # of computing


def main(arguments: Sequence[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    file, result, marked_file, texts_dir, _, today, _, language = arguments
    content = Path(file).read_bytes()
    reading = read(content, date.fromisoformat(today))
    Path(result).write_text(report_to_json(reading.report), "utf-8")
    if not language:
        return 0
    texts = load_texts(Path(texts_dir))
    sentences = row_sentences(texts, language, reading.report)
    if sentences and reading.table and reading.header:
        marks = Marks(texts.plain("kolom_masalah", language), sentences)
        made = marked(content, reading.table, reading.header, reading.report, marks)
        Path(marked_file).write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
