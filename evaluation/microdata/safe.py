"""CSV after RFC 4180 that no spreadsheet runs: a text that begins like a formula gets an apostrophe in front.

The bot's own tables carry the same mark; `bare` takes it off again, so that it is never doubled and never analysed.
"""

import re

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_MARK = "'"


def safe(text: str) -> str:
    return f"{_MARK}{text}" if _is_formula(text) else text


def bare(text: str) -> str:
    return text[1:] if text.startswith(_MARK) and _is_formula(text[1:]) else text


def csv_bytes(table: pd.DataFrame) -> bytes:
    """UTF-8, lines end in CR LF, quotes only where they are needed; marks of the bot's own tables are not doubled."""
    marked = {name: table[name].map(_marks(table[name])) for name in table.columns}
    written: str = pd.DataFrame(marked).to_csv(index=False, lineterminator="\r\n")
    return written.encode()


def _marks(column: pd.Series) -> dict[str, str]:
    """Each text once: a million cells hold few different ones."""
    return {str(text): safe(bare(str(text))) for text in column.unique()}


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
