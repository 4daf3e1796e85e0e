"""CSV after RFC 4180 that no spreadsheet runs: a text that begins like a formula gets an apostrophe in front.

The bot's own tables carry the same mark; `bare` takes it off again, so that it is never doubled and never analysed.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_MARK = "'"


def safe(text: str) -> str:
    return f"{_MARK}{text}" if _is_formula(text) else text


def bare(text: str) -> str:
    return text[1:] if text.startswith(_MARK) and _is_formula(text[1:]) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8, lines end in CR LF, quotes only where they are needed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return stream.getvalue().encode()


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
