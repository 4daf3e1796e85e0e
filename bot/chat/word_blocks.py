"""What a simple Word document is made of: paragraphs, tables, page breaks. Pure values, which also go to another process as JSON.

bot/word_child.py writes the document; python-docx is known there only.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Align = Literal["left", "center", "justify"]
Style = Literal["Normal", "Title", "Heading 1", "Heading 2", "Quote", "Small"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str = ""
    style: Style = "Normal"
    bold: bool = False
    align: Align = "left"
    ruled: bool = False  # a line below
    tight: bool = False  # no room below
    held: bool = False  # on the page of what follows


@dataclass(frozen=True, slots=True)
class Grid:
    """A table without a head; `widths` are centimetres."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    lined: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """A square picture with words at its right."""

    png: str  # base64
    side: float  # centimetres
    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Paragraph | Grid | Beside | PageBreak


@dataclass(frozen=True, slots=True)
class WordText:
    title: str
    language: str
    blocks: tuple[Block, ...]


_KINDS = {kind.__name__: kind for kind in (Paragraph, Grid, Beside, PageBreak)}


def to_json(document: WordText) -> str:
    blocks = [[type(block).__name__, asdict(block)] for block in document.blocks]
    written = {"title": document.title, "language": document.language, "blocks": blocks}
    return json.dumps(written, ensure_ascii=False)


def from_json(text: str) -> WordText:
    read = json.loads(text)
    blocks: Sequence[Block] = [_KINDS[kind](**values) for kind, values in read["blocks"]]
    return WordText(read["title"], read["language"], tuple(blocks))
