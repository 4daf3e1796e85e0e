"""What a heading means, in the many words that offices use. Pure.

1. A heading is its words: case, dots, slashes, line breaks and brackets do not matter.
2. What is said of a superior (atasan, pejabat penilai) is looked at first, then of a peer (rekan, teman sejawat), then each of our
   columns with its words. Columns of peers may be counted (Rekan 1, Rekan 2); without a number the first is meant, at a second
   time the next (`following`).
3. Where two headings mean the same column, the first of its words decides: a *Unit Kerja* goes before an *Instansi*.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

Column = Literal[
    "No", "NIP", "Nama", "Nama dan NIP", "Unit Kerja", "Kelompok Unit", "Golongan", "Jabatan", "HP",
    "Tgl Lahir", "Zona Waktu", "Nama Atasan", "NIP Atasan", "Jabatan Atasan", "HP Atasan",
    "Zona Waktu Atasan", "Masalah",
    "Nama Rekan 1", "NIP Rekan 1", "Jabatan Rekan 1", "HP Rekan 1",
    "Nama Rekan 2", "NIP Rekan 2", "Jabatan Rekan 2", "HP Rekan 2",
    "Nama Rekan 3", "NIP Rekan 3", "Jabatan Rekan 3", "HP Rekan 3",
    "Nama Rekan 4", "NIP Rekan 4", "Jabatan Rekan 4", "HP Rekan 4",
    "Nama Rekan 5", "NIP Rekan 5", "Jabatan Rekan 5", "HP Rekan 5",
]  # fmt: skip
LONGEST_HEADING: Final = 60
MOST_WORDS: Final = 8
_WORDS: Final = re.compile(r"[^\W_]+")
_NIP: Final = {"nip", "nipppk", "nippppk", "nip3k", "nipp3k", "nrk"}
_PHONE: Final = (
    "hp", "handphone", "hape", "ponsel", "seluler", "wa", "whatsapp", "telp", "telepon", "telpon",
    "tlp", "tel", "phone", "kontak",
)  # fmt: skip
_SUPERIOR: Final = {"atasan", "penilai"}
_PEER: Final = {"rekan", "sejawat", "kolega", "teman"}
_COUNTED: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5} | {
    str(one): one for one in range(1, 6)
}
_NOT_A_PERSONS_NAME: Final = {
    "pelatihan", "diklat", "kegiatan", "ibu", "ayah", "bank", "panggilan", "penyelenggara", "tempat",
    "pengajar", "instruktur", "bimtek",
}  # fmt: skip
_UNIT: Final = (
    "unit", "opd", "skpd", "perangkat", "satker", "kerja", "instansi", "dinas", "organisasi", "kantor",
    "tugas", "asal", "lembaga", "sekolah",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    column: Column
    rank: int = 0  # the lower goes first


@dataclass(frozen=True, slots=True)
class PeerColumns:
    name: Column
    nip: Column
    position: Column
    phone: Column


PEER_COLUMNS: Final[tuple[PeerColumns, ...]] = (
    PeerColumns("Nama Rekan 1", "NIP Rekan 1", "Jabatan Rekan 1", "HP Rekan 1"),
    PeerColumns("Nama Rekan 2", "NIP Rekan 2", "Jabatan Rekan 2", "HP Rekan 2"),
    PeerColumns("Nama Rekan 3", "NIP Rekan 3", "Jabatan Rekan 3", "HP Rekan 3"),
    PeerColumns("Nama Rekan 4", "NIP Rekan 4", "Jabatan Rekan 4", "HP Rekan 4"),
    PeerColumns("Nama Rekan 5", "NIP Rekan 5", "Jabatan Rekan 5", "HP Rekan 5"),
)


def following(column: Column) -> Column | None:
    """Of the next peer; None for what is no column of peers, or of the last."""
    for before, after in pairwise(PEER_COLUMNS):
        for name in PeerColumns.__slots__:
            if getattr(before, name) == column:
                found: Column = getattr(after, name)
                return found
    return None


def words_of(heading: object) -> tuple[str, ...]:
    if not isinstance(heading, str) or len(heading) > LONGEST_HEADING:
        return ()
    plain = unicodedata.normalize("NFKC", heading).casefold()
    # N I P, N.I.P. and G o l are one word each
    joined = re.sub(r"\b(\w)(?:[ .]+(?=\w\b))(?=\w\b)", r"\1", plain)
    return tuple(_WORDS.findall(joined))


def meaning_of(heading: object) -> Meaning | None:
    words = words_of(heading)
    if not words or len(words) > MOST_WORDS:
        return None
    said = set(words)
    if "zona" in said:
        return None if said & _PEER else _zone(said)
    if said & _SUPERIOR:
        return _of_superior(said)
    if said & _PEER:
        return _of_peer(words)
    for find in (_number, _nip, _birth, _unit, _position, _grade, _phone, _name):
        if found := find(said):
            return found
    return Meaning("Masalah") if words == ("masalah",) else None


def _zone(said: set[str]) -> Meaning:
    return Meaning("Zona Waktu Atasan" if said & _SUPERIOR else "Zona Waktu")


def _of_superior(said: set[str]) -> Meaning | None:
    if said & (_NIP | {"ni"}):
        return Meaning("NIP Atasan")
    if said & set(_PHONE):
        return Meaning("HP Atasan")
    if "jabatan" in said:
        return Meaning("Jabatan Atasan")
    if said & {"email", "unit", "instansi", "pangkat", "gol", "golongan", "opd"}:
        return None
    return Meaning("Nama Atasan", 0 if "nama" in said else 1)


def _of_peer(words: tuple[str, ...]) -> Meaning | None:
    said = set(words)
    number = next((_COUNTED[word] for word in reversed(words) if word in _COUNTED), 1)
    columns = PEER_COLUMNS[number - 1]
    if said & (_NIP | {"ni"}):
        return Meaning(columns.nip)
    if said & set(_PHONE):
        return Meaning(columns.phone)
    if "jabatan" in said:
        return Meaning(columns.position)
    if said & {"email", "unit", "instansi", "pangkat", "gol", "golongan", "opd", "jumlah", "nilai"}:
        return None
    return Meaning(columns.name)


def _number(said: set[str]) -> Meaning | None:
    return Meaning("No") if said <= {"no", "nomor", "nomer", "num", "urut", "nour"} else None


def _nip(said: set[str]) -> Meaning | None:
    is_nip = bool(said & _NIP) or {"ni", "pppk"} <= said or {"induk", "pegawai"} <= said
    if not is_nip or "lama" in said:
        return None
    if "nama" in said:
        return Meaning("Nama dan NIP")
    return Meaning("NIP", 1 if said & {"nik", "nrk"} else 0)


def _birth(said: set[str]) -> Meaning | None:
    is_day = bool(said & {"lahir", "ttl"}) and said != {"tempat", "lahir"} and "umur" not in said
    return Meaning("Tgl Lahir") if is_day else None


def _unit(said: set[str]) -> Meaning | None:
    if said & {"kelompok", "rumpun"} and said & {"unit", "opd", "instansi"}:
        return Meaning("Kelompok Unit")
    if said & {"alamat", "jabatan", "telp", "telepon", "email", "nomor", "lahir", "masa", *_PHONE}:
        return None
    rank = next((rank for rank, word in enumerate(_UNIT) if word in said), None)
    return None if rank is None else Meaning("Unit Kerja", rank)


def _position(said: set[str]) -> Meaning | None:
    is_position = "jabatan" in said and not said & {
        "tmt",
        "jenis",
        "kelas",
        "eselon",
        "golongan",
        "gol",
    }
    return Meaning("Jabatan") if is_position else None


def _grade(said: set[str]) -> Meaning | None:
    if said & {"darah", "tmt", "jabatan"}:
        return None
    if said & {"gol", "golongan", "golru"}:
        return Meaning("Golongan")
    return Meaning("Golongan", 1) if said & {"pangkat", "ruang"} else None


def _phone(said: set[str]) -> Meaning | None:
    if said & {"kantor", "rumah", "darurat", "faks", "fax"}:
        return None
    rank = next((rank for rank, word in enumerate(_PHONE) if word in said), None)
    return None if rank is None else Meaning("HP", rank)


def _name(said: set[str]) -> Meaning | None:
    if said & _NOT_A_PERSONS_NAME or not said & {"nama", "name"}:
        return None
    return Meaning("Nama", 0 if said & {"lengkap", "peserta", "gelar"} or len(said) == 1 else 1)
