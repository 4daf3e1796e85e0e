"""The three time zones of Indonesia as people write them, and as a calendar knows them. Pure."""

import re
from collections.abc import Mapping
from typing import Final

ZONES: Final[Mapping[str, str]] = {
    "WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura",
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Z]+")


def zone_of(written: str) -> str:
    """Empty where not just one of the three is named: "WIT (UTC+9)" is one, "WIB/WITA" is not."""
    named = {ZONES[word] for word in _WORD.findall(written.upper()) if word in ZONES}
    return named.pop() if len(named) == 1 else ""


def zone_name(zone: str | None) -> str:
    return next((name for name, one in ZONES.items() if one == zone), zone or "")
