"""Every word and number that stands in a file we hand out, hidden or not, for the tests; and documents as lines."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import docx
import pandas as pd
import pyreadstat
from PIL import Image

from tests.evaluation import pdf_reader

DESCRIBED = ("descr", "title", "name")  # attributes that a reader hears or sees


def said(name: str, content: bytes) -> Iterator[str]:
    """All texts of a file by the ending of its name; of a picture what stands beside it."""
    ending = name.rpartition(".")[2]
    if ending in {"xlsx", "docx"}:
        yield from _packed(content)
    elif ending == "png":
        with Image.open(io.BytesIO(content)) as image:
            yield from (f"{key}: {value}" for key, value in image.info.items())
    elif ending == "sav":
        yield from _system_file(content)
    elif ending == "pdf":
        yield from (line for page in pdf_reader.pages(content) for line in page)
        yield from pdf_reader.beside(content)
    else:
        yield content.decode("utf-8", "replace")


def _packed(content: bytes) -> Iterator[str]:
    """Texts of every part: hidden cells, caches of charts, comments and properties too."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.namelist():
            if part.endswith((".xml", ".rels")):
                for element in ET.fromstring(packed.read(part)).iter():  # noqa: S314  our own file
                    yield element.text or ""
                    yield from (element.get(attribute, "") for attribute in DESCRIBED)
            elif part.endswith(".png"):
                yield from said(part, packed.read(part))


def _system_file(content: bytes) -> Iterator[str]:
    table, meta = system_file(content)
    for column in table.columns:
        yield from (str(value) for value in table[column] if not pd.isna(value))
    yield from (str(label) for label in meta.column_names_to_labels.values())
    for labels in meta.variable_value_labels.values():
        yield from labels.values()


def system_file(content: bytes) -> tuple[pd.DataFrame, object]:
    return pyreadstat.read_sav(
        io.BytesIO(content), user_missing=True, disable_datetime_conversion=True
    )


def lines_of(word: bytes) -> list[str]:
    """Paragraphs, and the rows of tables with " | " between their cells."""
    document = docx.Document(io.BytesIO(word))
    rows = [row for table in document.tables for row in table.rows]
    return [
        *(paragraph.text for paragraph in document.paragraphs),
        *(" | ".join(cell.text for cell in row.cells) for row in rows),
    ]
