"""Where the sheets of a workbook stand in its package, which rows are hidden and which cells are merged. Pure.

expat tells of one element after the other, so a large part needs no memory.
"""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from bot.fieldwork.rosters.files import LARGE_PART, WORKBOOK

_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.ASCII)
MOST_MERGES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows counted from 1, columns from 0; the value stands at the top left."""

    top: int
    left: int
    bottom: int
    right: int


def sheet_parts(package: zipfile.ZipFile) -> Mapping[str, str]:
    """The title of each sheet -> the name of its part."""
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for one in _root(package, _RELATIONS)
        if one.get("Target")
    }
    found: dict[str, str] = {}
    for element in _root(package, WORKBOOK).iter():
        if _local(element.tag) != "sheet":
            continue
        related = next((text for key, text in element.items() if _local(key) == "id"), "")
        if related in targets:
            place = posixpath.normpath(posixpath.join("/xl", targets[related])).lstrip("/")
            if place in package.namelist():
                found[element.get("name", "")] = place
    return found


def facts_of(package: zipfile.ZipFile, part: str) -> tuple[frozenset[int], tuple[Merge, ...]]:
    hidden: set[int] = set()
    merges: list[Merge] = []
    last = 0

    def begun(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal last
        match _local(name):
            case "row":
                last = int(attributes.get("r", last + 1))
                if attributes.get("hidden") in {"1", "true"}:
                    hidden.add(last)
            case "mergeCell" if len(merges) < MOST_MERGES:
                merge = _merge(attributes.get("ref", ""))
                if merge is not None:
                    merges.append(merge)

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    try:
        with package.open(part) as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as wrong:
        raise ValueError(part) from wrong
    return frozenset(hidden), tuple(merges)


def column_of(reference: str) -> int | None:
    """Of "C12", counted from 0."""
    found = _CELL.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _merge(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    begin, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    left, right = column_of(first), column_of(last or first)
    if begin is None or end is None or left is None or right is None:
        return None
    return Merge(int(begin[2]), left, int(end[2]), right)


def _root(package: zipfile.ZipFile, part: str) -> ET.Element:
    if package.getinfo(part).file_size > LARGE_PART:
        raise ValueError(part)
    return ET.fromstring(package.read(part))  # noqa: S314  # expat refuses entities that grow; the part is small


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]
