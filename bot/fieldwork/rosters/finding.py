"""Finds the row of headings in a sheet: below titles, in one row or two, with merged cells. Pure.

1. A row is one of headings when it holds *Nama* and says nothing but headings that are short, or two known ones at least.
2. The second row joins when the two together tell of more columns than either alone (Atasan Langsung over Nama, NIP, HP).
3. A row that only counts (1, 2, 3 ... or (1), (2)) under the headings belongs to them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.fieldwork.cells import as_text
from bot.fieldwork.rosters.headings import Column, Meaning, following, meaning_of
from bot.fieldwork.rosters.record import Columns
from bot.fieldwork.rosters.tables import Cells, Table

LOOKED_AT: Final = 80  # filled rows, from the top
_COUNTING: Final = re.compile(r"\(?\s*(\d{1,2}|[a-z])\s*\)?")
_DATA: Final = re.compile(r"\d{5}")
_ALONE: Final = frozenset({"No", "Nama", "Masalah"})
NAMES: Final = frozenset({"Nama", "Nama dan NIP"})


@dataclass(frozen=True, slots=True)
class Header:
    row: int  # the first of its rows, as the spreadsheet counts
    last_row: int
    places: Mapping[Column, int]
    headings: Columns
    texts: tuple[str, ...]  # of the first row: it comes again on every printed page


def find_header(table: Table) -> Header | None:
    """The best of the first rows; of equal ones the first."""
    looked_at = table.rows[:LOOKED_AT]
    found: list[Header] = []
    for place, (number, cells) in enumerate(looked_at):
        following = looked_at[place + 1] if place + 1 < len(looked_at) else None
        if header := _header(table, number, cells, following):
            found.append(header)
    return max(found, key=lambda one: len(one.places), default=None)


def _header(
    table: Table, number: int, cells: Cells, following: tuple[int, Cells] | None
) -> Header | None:
    texts = [as_text(cell) for cell in cells]
    last = number
    if following is not None:
        joined = _joined(table, number, texts, following)
        if joined is not None:
            texts, last = joined, following[0]
    meanings = [meaning_of(text) for text in texts]
    if not _is_header(texts, meanings):
        return None
    places = _places(meanings)
    read = tuple(texts[place] for place in sorted(places.values()))
    unused = tuple(
        text for place, text in enumerate(texts) if text and place not in set(places.values())
    )
    last = _counted(table, last)
    return Header(number, last, places, Columns(read, unused), tuple(as_text(one) for one in cells))


def _is_header(texts: Sequence[str], meanings: Sequence[Meaning | None]) -> bool:
    columns = {one.column for one in meanings if one}
    if not columns & NAMES:
        return False
    if len(columns - _ALONE) + bool(columns & NAMES) > 1 and len(columns) > 1:
        return True
    return all(bool(meaning) for text, meaning in zip(texts, meanings, strict=True) if text)


def _joined(
    table: Table, number: int, texts: Sequence[str], following: tuple[int, Cells]
) -> list[str] | None:
    under = [as_text(cell) for cell in following[1]]
    width = max(len(texts), len(under))
    above = _spread(table, number, [*texts, *[""] * (width - len(texts))], under)
    under += [""] * (width - len(under))
    pairs = [f"{over} {text}".strip() for over, text in zip(above, under, strict=True)]
    filled = [pair for pair, text in zip(pairs, under, strict=True) if text]
    if any(_DATA.search(text) for text in under) or _known(filled) * 2 < len(filled):
        return None
    # A title above, or somebody's name below, means no more than the one row alone.
    alone = max(len(_columns(texts)), len(_columns(under)))
    return pairs if len(_columns(pairs)) > alone else None


def _columns(texts: Sequence[str]) -> set[Column]:
    return {found.column for found in map(meaning_of, texts) if found}


def _known(texts: Sequence[str]) -> int:
    return sum(meaning_of(text) is not None for text in texts)


def _spread(table: Table, number: int, texts: Sequence[str], under: Sequence[str]) -> list[str]:
    """A merged heading over each of its columns; in a text table, over the empty cells to its right."""
    spread: list[str] = []
    for column, text in enumerate(texts):
        merge = table.covering(number, column)
        if text or (merge is not None and merge.top < number):
            spread.append(text)
        elif merge is not None:
            spread.append(texts[merge.left])
        elif not table.part and spread and column < len(under) and under[column]:
            spread.append(spread[-1])
        else:
            spread.append("")
    return spread


def _places(meanings: Sequence[Meaning | None]) -> dict[Column, int]:
    best: dict[Column, tuple[int, int]] = {}
    for place, meaning in enumerate(meanings):
        if meaning is not None:
            column, ranked = _free(meaning.column, best), (meaning.rank, place)
            best[column] = min(best.get(column, ranked), ranked)
    if {"NIP", "Nama"} <= set(best):
        best.pop("Nama dan NIP", None)
    return {column: place for column, (_, place) in best.items()}


def _free(column: Column, taken: Collection[Column]) -> Column:
    """A second column of peers without a number of its own is that of the next peer."""
    while column in taken:
        later = following(column)
        if later is None:
            break
        column = later
    return column


def _counted(table: Table, last: int) -> int:
    """The row below, when all it does is number the columns."""
    below = next(((number, cells) for number, cells in table.rows if number > last), None)
    if below is None:
        return last
    texts = [as_text(cell).casefold() for cell in below[1] if as_text(cell)]
    matches = [_COUNTING.fullmatch(text) for text in texts]
    counted = [found[1] for found in matches if found]
    if len(texts) < 3 or len(counted) < len(texts):  # noqa: PLR2004  # "1, 2" may be a row's number and grade
        return last
    steps = [ord(one) - ord("a") + 1 if one.isalpha() else int(one) for one in counted]
    return below[0] if all(after == before + 1 for before, after in pairwise(steps)) else last
