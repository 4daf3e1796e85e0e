"""The people of the demo: a class of thirty with their temperaments, and their superiors. All invented.

Serials above 900 and phone numbers of the reserved 555 block make sure that nobody is meant.
"""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

Temperament = Literal[
    "prompt", "late", "half_way", "editor", "double_tapper", "refuser", "blocker", "absent"
]

SIZE: dict[Temperament, int] = {
    "prompt": 12, "late": 6, "half_way": 4, "editor": 3,
    "double_tapper": 2, "refuser": 1, "blocker": 1, "absent": 1,
}  # fmt: skip

FIRST_NAMES = (
    "Ahmad", "Siti", "Budi", "Dewi", "Eko", "Fitri", "Gunawan", "Hartati", "Irwan", "Juliana",
    "Kurnia", "Lestari", "M. Yusuf", "Nurhayati", "Oki", "Putri", "Rahmat", "Sri", "Taufik", "Umi",
    "Vivi", "Wahyu", "Yanti", "Zainal", "Andi", "Bella", "Candra", "Diah", "Erna", "Firman",
)  # fmt: skip
LAST_NAMES = (
    "Hidayat", "Rahmawati", "Santoso", "Anggraini", "Prasetyo", "Handayani", "Saputra", "Wulandari",
    "Ritonga", "Marlina", "Nasution", "Kusuma", "Siregar", "Pertiwi", "Ramadhan",
)  # fmt: skip
UNITS = (
    ("BPKAD", "Badan"), ("Bappeda", "Badan"), ("Inspektorat Daerah", "Inspektorat"),
    ("Dinas Kesehatan", "Dinas"), ("Dinas Pendidikan dan Kebudayaan", "Dinas"),
    ("Dinas PUPR", "Dinas"), ("Dinas Sosial", "Dinas"), ("Dinas Perhubungan", "Dinas"),
    ("Kecamatan Pasar Muara Bungo", "Kecamatan"), ("Kecamatan Rimbo Tengah", "Kecamatan"),
    ("Kecamatan Bathin III", "Kecamatan"), ("RSUD H. Hanafie", "RSUD"),
)  # fmt: skip
GRADES = ("II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a")
POSITIONS = ("Bendahara Pengeluaran", "Analis Keuangan", "Pengelola Keuangan", "Penyusun Laporan")
FIRST_CHAT, FIRST_SUPERIOR_CHAT = 1_000_001, 2_000_001


@dataclass(frozen=True, slots=True)
class Superior:
    chat_id: int
    name: str
    nip: str
    position: str
    phone: str


@dataclass(frozen=True, slots=True)
class Alumnus:
    chat_id: int
    name: str
    nip: str
    born: date
    unit: str
    unit_group: str
    grade: str
    position: str
    phone: str
    temperament: Temperament
    superior: Superior


def the_class(seed: int) -> tuple[Alumnus, ...]:
    random = Random(f"cast {seed}")
    superiors = _superiors(random)
    temperaments = [kind for kind, count in SIZE.items() for _ in range(count)]
    random.shuffle(temperaments)
    surnames = [LAST_NAMES[index % len(LAST_NAMES)] for index in range(len(FIRST_NAMES))]
    random.shuffle(surnames)
    return tuple(
        _alumnus(random, index, f"{first} {surname}", temperament, superiors)
        for index, (first, surname, temperament) in enumerate(
            zip(FIRST_NAMES, surnames, temperaments, strict=True)
        )
    )


def _superiors(random: Random) -> tuple[tuple[Superior, ...], ...]:
    """Two superiors in each unit, so that some rate one alumnus and some rate two or three."""
    found: list[tuple[Superior, ...]] = []
    for number, (unit, _) in enumerate(UNITS):
        pair = []
        for nth in range(2):
            born = date(
                1966 + random.randrange(10), 1 + random.randrange(12), 1 + random.randrange(28)
            )
            order = 2 * number + nth
            pair.append(
                Superior(
                    chat_id=FIRST_SUPERIOR_CHAT + order,
                    name=f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}, M.Si.",
                    nip=_nip(born, 23, order, random),
                    position=f"Kepala Bidang {('Keuangan', 'Umum')[nth]} {unit}",
                    phone=f"+6281155501{order:02d}",
                )
            )
        found.append(tuple(pair))
    return tuple(found)


def _alumnus(
    random: Random,
    index: int,
    name: str,
    temperament: Temperament,
    superiors: tuple[tuple[Superior, ...], ...],
) -> Alumnus:
    born = date(1975 + random.randrange(20), 1 + random.randrange(12), 1 + random.randrange(28))
    place = index % len(UNITS)
    unit, unit_group = UNITS[place]
    return Alumnus(
        chat_id=FIRST_CHAT + index,
        name=name,
        nip=_nip(born, 24, index, random),
        born=born,
        unit=unit,
        unit_group=unit_group,
        grade=random.choice(GRADES),
        position=random.choice(POSITIONS),
        phone=f"+6281255502{index:02d}",
        temperament=temperament,
        superior=random.choice(superiors[place]),
    )


def _nip(born: date, age_at_start: int, serial: int, random: Random) -> str:
    began = f"{born.year + age_at_start}{1 + random.randrange(12):02d}"
    return f"{born:%Y%m%d}{began}{1 + random.randrange(2)}{901 + serial:03d}"
