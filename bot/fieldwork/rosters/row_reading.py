"""One row while it is read: its cells, and what is to be said of them. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.fieldwork.cells import as_filled, as_phone, as_text, is_error, is_phone
from bot.fieldwork.nip import DIGITS, BadNip, Nip, normalised, read_nip
from bot.fieldwork.rosters.finding import Header
from bot.fieldwork.rosters.headings import Column
from bot.fieldwork.rosters.record import Problem, Weight
from bot.fieldwork.rosters.row_kinds import PersonRow
from bot.fieldwork.rosters.zones import zone_of

NO_NIP: Final = frozenset(
    {
        "non asn", "nonasn", "non-asn", "non pns", "honorer", "honor", "thl", "tkk", "kontrak", "ptt",
        "tks", "gtt",
    }
)  # fmt: skip
SPARED: Final = 15  # digits that a spreadsheet keeps of a number
_ROUNDED: Final = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_TYPED_AS_TEXT: Final = re.compile(r'="?([^"]*)"?')
_SPELLED: Final = re.compile(r"^(nip|ni ?pppk)\s*[.:]*\s*", re.IGNORECASE)


@dataclass(slots=True)
class RowReading:
    sheet: str
    row: PersonRow
    header: Header
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: Column) -> str:
        return "" if is_error(self.row.cells.get(column)) else as_filled(self.row.cells.get(column))

    def phone(self, column: Column) -> str:
        value = self.row.cells.get(column)
        return "" if is_error(value) else self.as_phone(value, column)

    def as_phone(self, value: object, column: Column) -> str:
        """What is no phone number is left out, and said."""
        phone = as_phone(value)
        if phone and not is_phone(phone):
            self.say("hp_tidak_dikenal", column, "note", isi=phone[:40])
            return ""
        return phone

    def zone(self, column: Column) -> str:
        """As a calendar knows it; what is none of the three is left out, and said."""
        written = self.text(column)
        zone = zone_of(written)
        if written and not zone:
            self.say("zona_tidak_dikenal", column, "note", isi=written[:40])
        return zone

    def say(
        self, key: str, column: Column | None, weight: Weight = "problem", **words: str
    ) -> None:
        place = self.header.places.get(column) if column else None
        given = {"kolom": column, **words} if column else words
        self.problems.append(Problem(self.sheet, self.row.number, key, given, place, weight))

    @property
    def is_refused(self) -> bool:
        return any(one.weight == "problem" for one in self.problems)


def nip_in(value: object, today: date) -> Nip | BadNip | None:
    """A number is believed only if no spreadsheet can have rounded it."""
    if isinstance(value, bool):
        return BadNip("nip_huruf", "")
    if isinstance(value, float):
        return BadNip("nip_angka", "") if value >= 10.0**SPARED else _read(as_text(value), today)
    if isinstance(value, int):
        is_rounded = value >= 10**SPARED and int(float(value)) == value
        return BadNip("nip_angka", "") if is_rounded else _read(str(value), today)
    return _read(as_text(value), today)


def _read(written: str, today: date) -> Nip | BadNip | None:
    whole = _TYPED_AS_TEXT.fullmatch(written)
    text = _SPELLED.sub("", whole[1] if whole else written)
    if _ROUNDED.fullmatch(text.strip(" '")):
        return BadNip("nip_angka", "")
    digits = normalised(text)
    if not digits or text.casefold() in NO_NIP or not as_filled(text):
        return None
    if len(digits) == DIGITS and digits.isdecimal() and digits.endswith("000"):
        return BadNip("nip_angka", digits)  # the last three are what a rounded number loses
    return read_nip(text, today)
