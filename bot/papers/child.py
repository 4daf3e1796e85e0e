"""The process that draws one paper: fpdf2 and its 30 MB never live in the bot.

    python -m bot.papers.child KIND FACTS OUT TEXTS     started by making.py only

It reads FACTS (JSON) and the sentences of TEXTS, writes OUT, and nothing else. Memory and computing time are limited by the system.
"""

import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from fpdf import FPDF

from bot.chat.texts import Texts, load_texts
from bot.papers import class_sheet, code_slips, form_sheet
from bot.papers.facts import class_facts, code_facts, form_facts
from bot.papers.page import close

MOST_MEMORY: Final = 1_500_000_000  # bytes of address space
MOST_SECONDS: Final = 60  # of computing


def main(arguments: Sequence[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    kind, facts, out, texts_dir = arguments
    made = drawn(kind, Path(facts).read_text("utf-8"), load_texts(Path(texts_dir)))
    Path(out).write_bytes(made)
    return 0


def drawn(kind: str, facts: str, texts: Texts) -> bytes:
    pdf = FPDF(format="A4")
    DRAWINGS[kind](pdf, facts, texts)
    made = bytes(pdf.output())
    close(pdf)
    return made


def _class(pdf: FPDF, facts: str, texts: Texts) -> None:
    class_sheet.draw(pdf, class_facts(facts), texts)


def _form(pdf: FPDF, facts: str, texts: Texts) -> None:
    form_sheet.draw(pdf, form_facts(facts), texts)


def _codes(pdf: FPDF, facts: str, texts: Texts) -> None:
    code_slips.draw(pdf, code_facts(facts), texts)


DRAWINGS: Mapping[str, Callable[[FPDF, str, Texts], None]] = {
    "class": _class,
    "form": _form,
    "codes": _codes,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
