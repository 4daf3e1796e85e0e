"""The peers (rekan kerja) that a row names: several in one cell, or a column each, with numbers beside or within. Pure.

1. A cell is cut at line breaks, semicolons, slashes, "dan", at commas that no degree follows, and where it counts (1. ... 2. ...).
   Within a piece a long number is a NIP, a shorter one a phone number, brackets hold a position.
2. Columns of numbers and positions belong to the names beside them when there are as many; else they are left out, and said.
3. Whatever is wrong with a peer is a note: the participant can be saved, without that peer. Nobody is a peer of their own, nor is
   the superior one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.fieldwork.cells import as_filled, as_text, is_error
from bot.fieldwork.nip import BadNip
from bot.fieldwork.rosters.headings import PEER_COLUMNS, Column, PeerColumns
from bot.fieldwork.rosters.names import is_degree, name_key
from bot.fieldwork.rosters.record import MOST_PEERS, Participant, Rater
from bot.fieldwork.rosters.row_reading import RowReading, nip_in

SHORTEST_NIP: Final = 16
LONGEST_NAME: Final = 120
_BETWEEN: Final = re.compile(r"[;\n|/&]|\bdan\b|(?:^|\s)\d{1,2}[.)]\s+|(?:^|\s)[•*-]\s+")
_NUMBER: Final = re.compile(r"\+?\d[\d .()-]{6,}\d")
_SPELLED: Final = re.compile(r"\b(?:nip|ni pppk|hp|wa|no|telp)\b\s*[.:]*", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_EDGES: Final = " ,.:-–()"


@dataclass(frozen=True, slots=True)
class Written:
    """One peer as the cells have it."""

    name: str
    position: object = ""
    nip: object = None
    phone: object = ""


@dataclass(frozen=True, slots=True)
class _Known:
    rater: Rater
    row: int


def read_peers(
    found: RowReading, itself: Rater, superior: Rater | None, today: date
) -> tuple[Rater, ...]:
    """`itself`: the participant of the row, whose peers they are."""
    peers: dict[str, Rater] = {}
    for columns in PEER_COLUMNS:
        for one in _beside(found, columns):
            peer = _peer(found, columns, one, today)
            if peer is None:
                continue
            if key := _whom_else(peer, itself, superior):
                found.say(key, columns.name, "note", nama=peer.name[:60])
                continue
            peers.setdefault(peer.nip.digits if peer.nip else name_key(peer.name), peer)
    if len(peers) > MOST_PEERS:
        found.say("rekan_terlalu_banyak", PEER_COLUMNS[0].name, "note", maks=str(MOST_PEERS))
    return tuple(peers.values())[:MOST_PEERS]


def peers_made_known(
    read: Sequence[tuple[RowReading, Participant]],
) -> list[tuple[RowReading, Participant]]:
    """Colleagues often attend together, and one person has one account: a peer without NIP who has the name of one participant
    or superior of the same unit is that one. Peers without NIP are known by their name, however it is written.
    """
    listed: defaultdict[tuple[str, str], dict[str, _Known]] = defaultdict(dict)
    for _, who in read:
        for one in (Rater(who.name, who.nip, "", ""), *who.raters("superior")):
            if one.nip is not None:
                known = _Known(one, who.row)
                listed[name_key(one.name), who.unit].setdefault(one.nip.digits, known)
    spelt: dict[tuple[str, str], tuple[str, Participant]] = {}
    return [(found, _with_known_peers(found, who, listed, spelt)) for found, who in read]


def written_in(value: object) -> list[Written]:
    """Who stands in one cell."""
    listed: list[Written] = []
    for piece in _pieces(value):
        numbers = [match.strip() for match in _NUMBER.findall(piece)]
        bare = _SPELLED.sub(" ", _NUMBER.sub(" ", piece)) if numbers else piece
        brackets = [text.strip(_EDGES) for text in _BRACKETS.findall(bare)]
        name = as_text(_BRACKETS.sub(" ", bare)).strip(_EDGES if numbers else " ,:-–()")
        if name:
            position = next((text for text in brackets if text), "")
            listed.append(_with(Written(name, position), numbers))
        elif listed:
            listed[-1] = _with(listed[-1], numbers)
    return listed


def _pieces(value: object) -> Iterator[str]:
    for part in _BETWEEN.split("" if value is None or is_error(value) else str(value)):
        whole = ""
        for piece in part.split(","):
            if whole and is_degree(_BRACKETS.sub(" ", _NUMBER.sub(" ", piece))):
                whole = f"{whole},{piece}"
                continue
            if as_filled(whole):
                yield whole
            whole = piece
        if as_filled(whole):
            yield whole


def _with(one: Written, numbers: Sequence[str]) -> Written:
    for number in numbers:
        is_nip = sum(sign.isdecimal() for sign in number) >= SHORTEST_NIP
        one = _nip(one, number) if is_nip else _phone(one, number)
    return one


def _beside(found: RowReading, columns: PeerColumns) -> list[Written]:
    """The names of one column, with what the columns beside say of each."""
    listed = written_in(found.row.cells.get(columns.name))
    for column, tell in (
        (columns.nip, _nip),
        (columns.position, _position),
        (columns.phone, _phone),
    ):
        value = found.row.cells.get(column)
        if not as_filled(value) or is_error(value):
            continue
        values: Sequence[object] = [value] if len(listed) == 1 else _values(value)
        if len(values) == len(listed):
            listed = [tell(one, said) for one, said in zip(listed, values, strict=True)]
        else:
            found.say("rekan_tak_sepasang" if listed else "rekan_tanpa_nama", column, "note")
    return listed


def _nip(one: Written, said: object) -> Written:
    return replace(one, nip=said)


def _position(one: Written, said: object) -> Written:
    return replace(one, position=said)


def _phone(one: Written, said: object) -> Written:
    return replace(one, phone=said)


def _values(value: object) -> list[str]:
    parts = (part.strip() for part in re.split(r"[;\n|/,]", str(value)))
    return [part for part in parts if part]


def _with_known_peers(
    found: RowReading,
    who: Participant,
    listed: Mapping[tuple[str, str], Mapping[str, _Known]],
    spelt: dict[tuple[str, str], tuple[str, Participant]],
) -> Participant:
    column, peers = PEER_COLUMNS[0].name, []
    for peer in who.peers:
        same = listed.get((name_key(peer.name), who.unit), {})
        if peer.nip is None and len(same) == 1:
            (known,) = same.values()
            row = str(known.row)
            found.say("rekan_dikenali", column, "note", nama=peer.name[:60], baris=row)
            phone = peer.phone or known.rater.phone
            peers.append(replace(known.rater, phone=phone))
        elif peer.nip is None:
            name, first = spelt.setdefault(
                (name_key(peer.name), peer.position.casefold()), (peer.name, who)
            )
            if first.unit != who.unit:
                row = str(first.row)
                found.say("rekan_unit_lain", column, "note", nama=peer.name[:60], baris=row)
            peers.append(replace(peer, name=name))
        else:
            peers.append(peer)
    return replace(who, peers=tuple(peers))


def _peer(found: RowReading, columns: PeerColumns, one: Written, today: date) -> Rater | None:
    is_name = any(sign.isalpha() for sign in one.name) and len(one.name) <= LONGEST_NAME
    if not is_name:
        found.say("nama_angka", columns.name, "note", isi=one.name[:40])
        return None
    nip = nip_in(one.nip, today)
    if isinstance(nip, BadNip):
        place = columns.nip if columns.nip in found.header.places else columns.name
        found.say(nip.fault, place, "note", nip=as_text(one.nip)[:40], n=str(len(nip.digits)))
        found.say("rekan_tidak_disimpan", None, "note", nama=one.name[:60])
        return None
    column: Column = columns.phone if columns.phone in found.header.places else columns.name
    return Rater(one.name, nip, as_filled(one.position), found.as_phone(one.phone, column))


def _whom_else(peer: Rater, itself: Rater, superior: Rater | None) -> str:
    """The participant, or the superior, in the place of a peer: the key of the note."""
    if _is_same(peer, itself):
        return "rekan_diri_sendiri"
    return "rekan_atasan" if superior is not None and _is_same(peer, superior) else ""


def _is_same(one: Rater, other: Rater) -> bool:
    if one.nip is not None and other.nip is not None:
        return one.nip.digits == other.nip.digits
    return name_key(one.name) == name_key(other.name)
