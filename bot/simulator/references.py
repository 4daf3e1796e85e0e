"""Character references in HTML as Telegram reads them, after `decode_html_entity` of tdlib/td. Pure."""

import html
import re

REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![a-zA-Z]));?")
LONGEST, LAST_CHARACTER = 10, 0x10FFFF
HALVES = 0xD800, 0xDFFF


class HalfCharacter(Exception):
    """The number of one half of a UTF-16 pair, which is no character."""


def referred(source: str, at: int) -> tuple[str, int] | None:
    """The character, and where the text goes on behind it; None when it stays as it is written."""
    found = REFERENCE.match(source, at)
    if found is None:
        return None
    hexadecimal, decimal, name = found.groups()
    if name:
        return html.unescape(f"&{name};"), found.end()
    if len(found.group().rstrip(";")) >= LONGEST:
        return None
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if HALVES[0] <= code <= HALVES[1]:
        raise HalfCharacter
    return (chr(code), found.end()) if 0 < code < LAST_CHARACTER else None
