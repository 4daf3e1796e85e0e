"""Rows of people become participants; what is wrong with a row becomes problems and notes. Pure.

1. A row is saved when we know who it is: a name, and a NIP that can be one, or a dash where the NIP would stand (no ASN),
   or no column for it at all. Everything else that is wrong is a note, and that one thing is left out.
2. Two rows with one NIP, or with one name and no NIP to tell them apart, are nobody's for sure.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from bot.fieldwork.cells import as_birth_date, as_filled, as_grade, as_text, is_error
from bot.fieldwork.nip import BadNip, Nip, oddity
from bot.fieldwork.rosters.finding import Header
from bot.fieldwork.rosters.headings import Column
from bot.fieldwork.rosters.names import name_key
from bot.fieldwork.rosters.peers import peers_made_known, read_peers
from bot.fieldwork.rosters.record import Participant, Problem, Rater, Weight
from bot.fieldwork.rosters.row_kinds import PersonRow
from bot.fieldwork.rosters.row_reading import NO_NIP, RowReading, nip_in

_NIP_IN_TEXT: Final = re.compile(r"(?:nip[.: ]*)?((?:\d[ .]?){9,20})\s*$", re.IGNORECASE)


def read_people(
    sheet: str, rows: Sequence[PersonRow], header: Header, today: date
) -> tuple[tuple[Participant, ...], tuple[Problem, ...]]:
    """Who can be saved, and all that is to say, row by row."""
    found = [RowReading(sheet, row, header) for row in rows]
    read = peers_made_known([(one, _participant(one, today)) for one in found])
    _compare(read)
    ready = tuple(who for one, who in read if not one.is_refused)
    return ready, tuple(problem for one in found for problem in one.problems)


def _participant(found: RowReading, today: date) -> Participant:
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
        as_grade(found.text("Golongan")), found.text("Jabatan"), found.phone("HP"), superior,
        born, found.row.number, read_peers(found, Rater(name, nip, "", ""), superior, today),
        found.zone("Zona Waktu"),
    )  # fmt: skip


def _note_errors(found: RowReading) -> None:
    for column in found.header.places:
        value = found.row.cells.get(column)
        if is_error(value) and column != "No":
            weight: Weight = "problem" if column in {"NIP", "Nama", "Nama dan NIP"} else "note"
            found.say("sel_galat", column, weight, isi=as_text(value))


def _name_and_nip(found: RowReading) -> tuple[str, object]:
    if "Nama dan NIP" not in found.header.places:
        return found.text("Nama"), found.row.cells.get("NIP")
    text = found.text("Nama dan NIP")
    match = _NIP_IN_TEXT.search(text)
    if match is None:
        return text, None
    return text[: match.start()].strip(" /,:-()"), match[1]


def _own_nip(found: RowReading, value: object, today: date) -> Nip | None:
    column: Column = "NIP" if "NIP" in found.header.places else "Nama dan NIP"
    if column not in found.header.places or is_error(value):
        return None
    read = nip_in(value, today)
    if isinstance(read, Nip):
        if odd := oddity(read, today):
            found.say(odd.key, column, "note", nip=read.digits, umur=str(odd.age))
        return read
    if (read is None and as_text(value) and not as_filled(value)) or (
        read is None and as_text(value).casefold() in NO_NIP
    ):
        found.say("tanpa_nip", column, "note")
    elif read is None:
        found.say("nip_kosong", column)
    else:
        found.say(read.fault, column, nip=as_text(value)[:40], n=str(len(read.digits)))
    return None


def _born(found: RowReading, nip: Nip | None, today: date) -> date | None:
    value = found.row.cells.get("Tgl Lahir")
    if not as_filled(value) or is_error(value):
        return None
    born = as_birth_date(value, today)
    if born is None:
        found.say("tanggal_lahir_daftar", "Tgl Lahir", "note", isi=as_text(value)[:40])
    elif nip is not None and nip.born != born:
        found.say("tanggal_lahir_beda", "Tgl Lahir", "note", nip=f"{nip.born:%d/%m/%Y}")
    return born


def _superior(found: RowReading, today: date) -> Rater | None:
    """Somebody whose NIP cannot be right is left out: under another identity it would be another person."""
    name, position = found.text("Nama Atasan"), found.text("Jabatan Atasan")
    phone, value = found.phone("HP Atasan"), found.row.cells.get("NIP Atasan")
    read = None if is_error(value) else nip_in(value, today)
    if isinstance(read, BadNip):
        digits = str(len(read.digits))
        found.say(read.fault, "NIP Atasan", "note", nip=as_text(value)[:40], n=digits)
        found.say("atasan_tidak_disimpan", None, "note")
        return None
    if not name:
        if read or position or phone:
            found.say("atasan_tanpa_nama", "Nama Atasan", "note")
        return None
    return Rater(name, read, position, phone, found.zone("Zona Waktu Atasan"))


def _compare(read: Sequence[tuple[RowReading, Participant]]) -> None:
    _same_nip(read)
    _same_name(read)
    _same_phone(read)


def _same_nip(read: Sequence[tuple[RowReading, Participant]]) -> None:
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


def _same_name(read: Sequence[tuple[RowReading, Participant]]) -> None:
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


def _same_phone(read: Sequence[tuple[RowReading, Participant]]) -> None:
    counted = Counter(who.phone for _, who in read if who.phone)
    for found, who in read:
        if counted[who.phone] > 1 and not found.is_refused:
            found.say("hp_ganda", "HP", "note", isi=who.phone, n=str(counted[who.phone]))


def _groups(
    keyed: Iterator[tuple[str, RowReading, Participant]],
) -> Iterator[list[tuple[RowReading, Participant]]]:
    groups: defaultdict[str, list[tuple[RowReading, Participant]]] = defaultdict(list)
    for key, found, who in keyed:
        if key:
            groups[key].append((found, who))
    yield from (group for group in groups.values() if len(group) > 1)


def _digits(who: Participant) -> str:
    return who.nip.digits if who.nip else ""
