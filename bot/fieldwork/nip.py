"""NIP and NI PPPK: 18 digits that say when a person was born. Pure; after DOMAIN section 1.6.

    PNS   YYYYMMDD birth, YYYYMM start,          1|2 sex, 001-999 serial
    PPPK  YYYYMMDD birth, YYYY year, 2 + one digit, 1|2 sex, 001-999 serial

A fault comes back as its key (a sentence in config/texts says what and what to do), never as an exception.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date

DIGITS = 18
PNS_AGES, PPPK_AGES = (18, 40), (20, 60)  # at the start; 18 to 35 is usual for PNS
OLDEST = 60  # retirement is at 58 to 65, by post


@dataclass(frozen=True, slots=True)
class Nip:
    digits: str
    born: date
    is_pppk: bool


@dataclass(frozen=True, slots=True)
class BadNip:
    fault: str  # nip_panjang, nip_lama, nip_huruf, nip_lahir, nip_tmt, nip_kelamin, nip_urut
    digits: str


def read_nip(text: str, today: date) -> Nip | BadNip:
    digits = normalised(text)
    fault = _fault(digits, today)
    if fault:
        return BadNip(fault, digits)
    born = _date(digits[:8])
    assert born is not None  # noqa: S101  # _fault has looked
    return Nip(digits, born, digits[12] == "2")


@dataclass(frozen=True, slots=True)
class Oddity:
    """Possible, and rare enough to ask whether it is right."""

    key: str  # nip_umur_mulai, nip_umur_kini
    age: int


def oddity(nip: Nip, today: date) -> Oddity | None:
    began = int(nip.digits[8:12]) - nip.born.year
    youngest, oldest = PPPK_AGES if nip.is_pppk else PNS_AGES
    if not youngest <= began <= oldest:
        return Oddity("nip_umur_mulai", began)
    age = today.year - nip.born.year - ((today.month, today.day) < (nip.born.month, nip.born.day))
    return Oddity("nip_umur_kini", age) if age > OLDEST else None


def normalised(text: str) -> str:
    """Full-width and Arabic-Indic digits become plain ones; spaces, dots, hyphens, an apostrophe go."""
    plain = unicodedata.normalize("NFKC", text)
    kept = (one for one in plain if one not in " .-'’\u00a0\t")
    return "".join(str(unicodedata.digit(one, one)) for one in kept)


def _fault(digits: str, today: date) -> str:
    if not digits.isdecimal():
        return "nip_huruf"
    if len(digits) != DIGITS:
        return "nip_lama" if len(digits) == len("130000000") else "nip_panjang"
    born = _date(digits[:8])
    if born is None or born > today:
        return "nip_lahir"
    if not _start_is_possible(digits[8:14], born, today):
        return "nip_tmt"
    if digits[14] not in "12":
        return "nip_kelamin"
    return "nip_urut" if digits[15:] == "000" else ""


def _start_is_possible(start: str, born: date, today: date) -> bool:
    if start[4] == "2":  # NI PPPK: a year and two digits of the contract
        return born.year < int(start[:4]) <= today.year
    began = _date(start + "01")
    return began is not None and born < began <= today


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
