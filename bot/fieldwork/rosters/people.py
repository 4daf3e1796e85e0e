"""Rows of people become participants; what is wrong with a row becomes problems and notes. Pure.

1. A row is saved when we know who it is: a name, and a NIP that can be one, or a dash where the NIP would stand (no ASN),
   or no column for it at all. Everything else that is wrong is a note, and that one thing is left out.
2. Two rows with one NIP, or with one name and no NIP to tell them apart, are nobody's for sure.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.fieldwork.cells import (
    as_birth_date,
    as_filled,
    as_grade,
    as_phone,
    as_text,
    is_error,
    is_phone,
)
from bot.fieldwork.nip import DIGITS, BadNip, Nip, normalised, oddity, read_nip
from bot.fieldwork.rosters.finding import Header
from bot.fieldwork.rosters.headings import Column
from bot.fieldwork.rosters.record import Participant, Problem, Superior, Weight
from bot.fieldwork.rosters.row_kinds import PersonRow

_ROUNDED: Final = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_TYPED_AS_TEXT: Final = re.compile(r'="?([^"]*)"?')
_SPELLED: Final = re.compile(r"^(nip|ni ?pppk)\s*[.:]*\s*", re.IGNORECASE)
_NO_NIP: Final = frozenset(
    {
        "non asn",
        "nonasn",
        "non-asn",
        "non pns",
        "honorer",
        "honor",
        "thl",
        "tkk",
        "kontrak",
        "ptt",
        "tks",
        "gtt",
    }
)
_NIP_IN_TEXT: Final = re.compile(r"(?:nip[.: ]*)?((?:\d[ .]?){9,20})\s*$", re.IGNORECASE)
_TITLES: Final = frozenset({"dr", "drs", "dra", "ir", "h", "hj", "prof", "ns", "apt", "kh"})
_DEGREES: Final = frozenset(
    {
        "se", "sh", "spd", "skm", "st", "sp", "ssos", "ssi", "stp", "skom", "skep", "ssit", "sip", "sag",
        "amd", "amdkeb", "amdkep", "mm", "msi", "mpd", "mh", "mkes", "mkom", "mt", "map", "mak", "ak", "ma",
    }
)  # fmt: skip
SPARED: Final = 15  # digits that a spreadsheet keeps of a number


@dataclass(slots=True)
class _Found:
    """Of one row, while it is being read."""

    sheet: str
    row: PersonRow
    header: Header
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: Column) -> str:
        return "" if is_error(self.row.cells.get(column)) else as_filled(self.row.cells.get(column))

    def say(
        self, key: str, column: Column | None, weight: Weight = "problem", **words: str
    ) -> None:
        place = self.header.places.get(column) if column else None
        given = {"kolom": column, **words} if column else words
        self.problems.append(Problem(self.sheet, self.row.number, key, given, place, weight))

    @property
    def is_refused(self) -> bool:
        return any(one.weight == "problem" for one in self.problems)


def read_people(
    sheet: str, rows: Sequence[PersonRow], header: Header, today: date
) -> tuple[tuple[Participant, ...], tuple[Problem, ...]]:
    """Who can be saved, and all that is to say, row by row."""
    found = [_Found(sheet, row, header) for row in rows]
    read = [(one, _participant(one, today)) for one in found]
    _compare([(one, who) for one, who in read if who is not None])
    ready = tuple(who for one, who in read if who is not None and not one.is_refused)
    return ready, tuple(problem for one in found for problem in one.problems)


def name_key(name: str) -> str:
    """Who has the same name, whatever its titles, degrees, dots and capitals."""
    before_degrees = name.partition(",")[0]
    words = re.findall(r"\w+", (before_degrees or name).casefold().replace(".", ""))
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _DEGREES:
        words = words[:-1]
    return " ".join(words)


def _participant(found: _Found, today: date) -> Participant | None:
    """Also of a row that is refused, so that it can be compared with others."""
    _note_errors(found)
    name, nip_text = _name_and_nip(found)
    nip = _own_nip(found, nip_text, today)
    column: Column = "Nama" if "Nama" in found.header.places else "Nama dan NIP"
    if not name and not is_error(found.row.cells.get(column)):
        found.say("sel_kosong", column)
    elif name and not any(one.isalpha() for one in name):
        found.say("nama_angka", column, isi=name)
    born = _born(found, nip, today)
    if "Unit Kerja" in found.header.places and not found.text("Unit Kerja"):
        found.say("unit_kosong", "Unit Kerja", "note")
    superior = _superior(found, today)
    if nip and superior and superior.nip and superior.nip.digits == nip.digits:
        found.say("atasan_diri_sendiri", "NIP Atasan", "note")
        superior = None
    return Participant(
        nip, name, found.text("Unit Kerja"), found.text("Kelompok Unit"),
        as_grade(found.text("Golongan")), found.text("Jabatan"), _phone(found, "HP"), superior,
        born, found.row.number,
    )  # fmt: skip


def _note_errors(found: _Found) -> None:
    for column in found.header.places:
        value = found.row.cells.get(column)
        if is_error(value) and column != "No":
            weight: Weight = "problem" if column in {"NIP", "Nama", "Nama dan NIP"} else "note"
            found.say("sel_galat", column, weight, isi=as_text(value))


def _name_and_nip(found: _Found) -> tuple[str, object]:
    if "Nama dan NIP" not in found.header.places:
        return found.text("Nama"), found.row.cells.get("NIP")
    text = found.text("Nama dan NIP")
    match = _NIP_IN_TEXT.search(text)
    if match is None:
        return text, None
    return text[: match.start()].strip(" /,:-()"), match[1]


def _own_nip(found: _Found, value: object, today: date) -> Nip | None:
    column: Column = "NIP" if "NIP" in found.header.places else "Nama dan NIP"
    if column not in found.header.places or is_error(value):
        return None
    read = _nip(value, today)
    if isinstance(read, Nip):
        if odd := oddity(read, today):
            found.say(odd.key, column, "note", nip=read.digits, umur=str(odd.age))
        return read
    if (read is None and as_text(value) and not as_filled(value)) or (
        read is None and as_text(value).casefold() in _NO_NIP
    ):
        found.say("tanpa_nip", column, "note")
    elif read is None:
        found.say("nip_kosong", column)
    else:
        found.say(read.fault, column, nip=as_text(value)[:40], n=str(len(read.digits)))
    return None


def _nip(value: object, today: date) -> Nip | BadNip | None:
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
    if not digits or text.casefold() in _NO_NIP or not as_filled(text):
        return None
    if len(digits) == DIGITS and digits.isdecimal() and digits.endswith("000"):
        return BadNip("nip_angka", digits)  # the last three are what a rounded number loses
    return read_nip(text, today)


def _born(found: _Found, nip: Nip | None, today: date) -> date | None:
    value = found.row.cells.get("Tgl Lahir")
    if not as_filled(value) or is_error(value):
        return None
    born = as_birth_date(value, today)
    if born is None:
        found.say("tanggal_lahir_daftar", "Tgl Lahir", "note", isi=as_text(value)[:40])
    elif nip is not None and nip.born != born:
        found.say("tanggal_lahir_beda", "Tgl Lahir", "note", nip=f"{nip.born:%d/%m/%Y}")
    return born


def _superior(found: _Found, today: date) -> Superior | None:
    """Somebody whose NIP cannot be right is left out: under another identity it would be another person."""
    name, position = found.text("Nama Atasan"), found.text("Jabatan Atasan")
    phone, value = _phone(found, "HP Atasan"), found.row.cells.get("NIP Atasan")
    read = None if is_error(value) else _nip(value, today)
    if isinstance(read, BadNip):
        digits = str(len(read.digits))
        found.say(read.fault, "NIP Atasan", "note", nip=as_text(value)[:40], n=digits)
        found.say("atasan_tidak_disimpan", None, "note")
        return None
    if not name:
        if read or position or phone:
            found.say("atasan_tanpa_nama", "Nama Atasan", "note")
        return None
    return Superior(name, read, position, phone)


def _phone(found: _Found, column: Column) -> str:
    value = found.row.cells.get(column)
    if is_error(value):
        return ""
    phone = as_phone(value)
    if phone and not is_phone(phone):
        found.say("hp_tidak_dikenal", column, "note", isi=phone[:40])
        return ""
    return phone


def _compare(read: Sequence[tuple[_Found, Participant]]) -> None:
    _same_nip(read)
    _same_name(read)
    _same_phone(read)


def _same_nip(read: Sequence[tuple[_Found, Participant]]) -> None:
    for group in _groups((who.nip.digits if who.nip else "", one, who) for one, who in read):
        first, first_who = group[0]
        is_one_person = len({name_key(who.name) for _, who in group}) == 1
        if is_one_person:
            for found, _ in group[1:]:
                found.say("nip_ganda", "NIP", nip=_digits(first_who), baris=str(first.row.number))
            continue
        for found, who in group:  # whose it is cannot be said
            others = [str(one.row.number) for one, _ in group if one is not found]
            found.say("nip_dua_nama", "NIP", nip=_digits(who), baris=", ".join(others[:5]))


def _same_name(read: Sequence[tuple[_Found, Participant]]) -> None:
    for group in _groups((name_key(who.name), one, who) for one, who in read if who.name):
        if len({_digits(who) for _, who in group}) < len(group) and all(
            who.nip for _, who in group
        ):
            continue  # one person twice: said already
        for found, who in group:
            others = [str(one.row.number) for one, _ in group if one is not found]
            name, rows = who.name[:60], ", ".join(others[:5])
            if who.nip is None:
                found.say("nama_ganda", "Nama", nama=name, baris=rows)
            elif all(one.nip for _, one in group):
                found.say("nama_kembar", "Nama", "note", nama=name, baris=rows)


def _same_phone(read: Sequence[tuple[_Found, Participant]]) -> None:
    counted = Counter(who.phone for _, who in read if who.phone)
    for found, who in read:
        if counted[who.phone] > 1 and not found.is_refused:
            found.say("hp_ganda", "HP", "note", isi=who.phone, n=str(counted[who.phone]))


def _groups(
    keyed: Iterator[tuple[str, _Found, Participant]],
) -> Iterator[list[tuple[_Found, Participant]]]:
    groups: defaultdict[str, list[tuple[_Found, Participant]]] = defaultdict(list)
    for key, found, who in keyed:
        if key:
            groups[key].append((found, who))
    yield from (group for group in groups.values() if len(group) > 1)


def _digits(who: Participant) -> str:
    return who.nip.digits if who.nip else ""
