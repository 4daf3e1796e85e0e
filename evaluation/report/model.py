"""A report as values, before anybody writes it down: headings, paragraphs, tables and pictures with captions.

Written twice, as a Word document and as a PDF, from the same blocks. Holds no sentence and no style.
"""

from dataclasses import dataclass
from datetime import date

from evaluation.figures.frame import Figure


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 1 for a chapter
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`draft` is a remark for who completes the report: a comment in Word, nothing in the PDF."""

    text: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: int  # in relation to the other columns
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """An empty cell has nothing to tell; a table without rows is not written. `note` stands below it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    caption: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, where and when; the lines below the name are rank and NIP."""

    place: str
    day: date
    office: str
    name: str
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`words` are the few a writer needs itself (contents, table, page); the annex follows the signature."""

    language: str
    letterhead: tuple[str, ...]
    number: str
    title: str
    subtitle: tuple[str, ...]
    blocks: tuple[Block, ...]
    signature: Signature
    annex: tuple[Block, ...]
    words: dict[str, str]
    day: date
    is_sheet: bool = False  # a page or two: neither cover nor contents
