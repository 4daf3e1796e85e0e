"""Names that SPSS accepts: a letter first, at most 64 bytes, no reserved word, each once whatever its capitals. Pure."""

import re
from collections.abc import Iterable

LONGEST = 64
_RESERVED = frozenset(
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]
)
_FOREIGN = re.compile(r"[^A-Za-z0-9_]")


def names(wanted: Iterable[str]) -> list[str]:
    """One valid name for each wanted one, in order; the first of equals keeps its name."""
    taken: set[str] = set()
    found = []
    for name in wanted:
        valid = _unused(_valid(name), taken)
        taken.add(valid.upper())
        found.append(valid)
    return found


def _valid(name: str) -> str:
    plain = _FOREIGN.sub("_", name).strip("_") or "v"
    if not plain[0].isalpha() or plain.upper() in _RESERVED:
        plain = f"v_{plain}"
    return plain[:LONGEST].rstrip("_")


def _unused(name: str, taken: set[str]) -> str:
    number, found = 2, name
    while found.upper() in taken:
        ending = f"_{number}"
        found = name[: LONGEST - len(ending)] + ending
        number += 1
    return found
