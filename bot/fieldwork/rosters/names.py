"""How the name of a person is compared: whatever its titles, degrees, dots and capitals. Pure."""

import re
from typing import Final

TITLES: Final = frozenset({"dr", "drs", "dra", "ir", "h", "hj", "prof", "ns", "apt", "kh"})
DEGREES: Final = frozenset(
    {
        "se", "sh", "spd", "skm", "st", "sp", "ssos", "ssi", "stp", "skom", "skep", "ssit", "sip", "sag",
        "amd", "amdkeb", "amdkep", "mm", "msi", "mpd", "mh", "mkes", "mkom", "mt", "map", "mak", "ak", "ma",
    }
)  # fmt: skip


def name_key(name: str) -> str:
    """Who has the same name, whatever its titles, degrees, dots and capitals."""
    before_degrees = name.partition(",")[0]
    words = re.findall(r"\w+", (before_degrees or name).casefold().replace(".", ""))
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in DEGREES:
        words = words[:-1]
    return " ".join(words)


def is_degree(text: str) -> bool:
    """Whether what stands behind a comma belongs to the name before it: S.E., M.M., SKM."""
    words = text.split()
    return all("." in word.rstrip(".") or plain(word) in DEGREES for word in words)


def plain(word: str) -> str:
    return word.casefold().replace(".", "")
