"""The text functions of XLSForm. Pure, and none of them raises.

Texts that are put together are cut at LONGEST_RESULT: twenty calculates that each double the one before must not
fill the memory of the process that holds the chats.
"""

import base64
import binascii
import hashlib
import math
from collections.abc import Mapping
from typing import Final

from bot.survey.patterns import matches
from bot.survey.xpath_values import (
    Function,
    Value,
    of_text,
    of_values,
    one_by_one,
    round_half_up,
    to_number,
    to_text,
)

LONGEST_RESULT: Final = 10_000  # characters

_ALGORITHMS: Final[Mapping[str, str]] = {
    "MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512",
}  # fmt: skip


def _substr(text: Value, begins: Value, ends: Value = math.inf) -> str:
    """From a place counted from 0 up to, not including, another; negative counts from the end."""
    written = to_text(text)

    def place(value: Value) -> int:
        number = to_number(value)
        if math.isnan(number):
            return 0
        return int(max(-len(written), min(len(written), number)))

    return written[place(begins) : place(ends)]


def _substring(text: Value, begins: Value, length: Value = math.inf) -> str:
    """XPath's own: counted from 1, its corners (NaN, halves, infinity) after the recommendation."""
    first = round_half_up(to_number(begins))
    beyond = first + round_half_up(to_number(length))
    return "".join(
        letter for place, letter in enumerate(to_text(text), 1) if first <= place < beyond
    )


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, int | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), ord(new[place]) if place < len(new) else None)
    return text.translate(table)


def _join(separator: Value, *values: Value) -> str:
    return to_text(separator).join(map(to_text, one_by_one(values)))[:LONGEST_RESULT]


def _digest(text: Value, algorithm: Value, encoding: Value = "base64") -> str:
    """The digest as ODK writes it; '' for an algorithm or an encoding that ODK does not know."""
    name = _ALGORITHMS.get(to_text(algorithm).strip())
    if name is None:
        return ""
    raw = hashlib.new(name, to_text(text).encode(), usedforsecurity=False).digest()
    written = {"hex": raw.hex(), "base64": base64.b64encode(raw).decode()}
    return written.get(to_text(encoding).strip(), "")


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode().replace("\0", "")
    except (binascii.Error, UnicodeError, ValueError):
        return ""


TEXT_FUNCTIONS: Final[Mapping[str, Function]] = {
    "string": of_text(str, 0, 1),
    "concat": of_values(lambda *values: _join("", *values), 1),
    "join": of_values(_join, 1),
    "string-length": of_text(lambda text: float(len(text)), 0, 1),
    "normalize-space": of_text(lambda text: " ".join(text.split()), 0, 1),
    "contains": of_text(lambda text, part: part in text, 2),
    "starts-with": of_text(str.startswith, 2),
    "ends-with": of_text(str.endswith, 2),
    "substring-before": of_text(lambda text, part: text[: max(text.find(part), 0)], 2),
    "substring-after": of_text(lambda text, part: text.partition(part)[2] if part else text, 2),
    "substr": of_values(_substr, 2, 3),
    "substring": of_values(_substring, 2, 3),
    "translate": of_text(_translate, 3),
    "regex": of_text(matches, 2),
    "digest": of_values(_digest, 2, 3),
    "base64-decode": of_text(_decoded, 1),
}
