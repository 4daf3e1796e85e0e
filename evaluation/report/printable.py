"""A document that both writers can write: no sign that XML forbids, no cell of a table higher than a page.

Texts come from people, so anything may stand in them; what is cut here stands whole in the workbook.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from evaluation.report.model import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
)

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTERS = 2_000  # in a cell as wide as the page: thirty lines of wide letters


def printable(document: Document) -> Document:
    return replace(
        document, title=_clean(document.title), subtitle=_all_clean(document.subtitle),
        blocks=tuple(map(_block, document.blocks)), annex=tuple(map(_block, document.annex)),
    )  # fmt: skip


def _block(block: Block) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, text=_clean(block.text))
        case Bullets():
            return Bullets(_all_clean(block.items))
        case Picture():
            figure = replace(block.figure, says=_clean(block.figure.says))
            return Picture(_clean(block.caption), figure)
        case Table():
            return _table(block)
        case _:
            return block


def _table(block: Table) -> Table:
    whole = sum(column.width for column in block.columns)
    most = [max(_LETTERS * column.width // whole, 1) for column in block.columns]
    titles = _row([column.title for column in block.columns], most)
    columns = tuple(
        Column(title, column.width, column.is_number)
        for title, column in zip(titles, block.columns, strict=True)
    )
    rows = tuple(_row(row, most) for row in block.rows)
    return Table(_clean(block.caption), columns, rows, _clean(block.note))


def _row(cells: Sequence[str], most: Sequence[int]) -> tuple[str, ...]:
    return tuple(_cut(_clean(text), length) for text, length in zip(cells, most, strict=True))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _all_clean(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_clean, texts))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
