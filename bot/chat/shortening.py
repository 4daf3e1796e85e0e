"""Lengths as Telegram counts them, and texts cut to fit without breaking a character, a tag or an escape. Pure."""

import re
from typing import Final

ELLIPSIS: Final = "…"
# What is read as one: a flag of two letters, or a sign with what stands on it (accents, skin tones, joined emoji).
_CHARACTER: Final = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}|.)"
    "(?:[\u0300-\u036f\u064b-\u065f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|(?<=\u200d).)*"
)
_CHARACTERS: Final = re.compile(_CHARACTER, re.DOTALL)
_PIECE: Final = re.compile(rf"<[^<>]*>|&#?\w+;|{_CHARACTER}", re.DOTALL)


def units(text: str) -> int:
    """UTF-16 code units: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def pieces_of(text: str) -> list[str]:
    """HTML in tags, escapes and characters."""
    return _PIECE.findall(text)


def shortened(text: str, most: int) -> str:
    """HTML, cut behind the last piece that fits, with open tags closed."""
    if units(text) <= most:
        return text
    if most < len(ELLIPSIS):
        return ""
    kept: list[str] = []
    open_tags: tuple[str, ...] = ()
    used = len(ELLIPSIS)
    for piece in pieces_of(text):
        tags = followed(open_tags, piece)
        if used + units(piece) + units(closing(tags)) > most:
            break
        used += units(piece)
        kept.append(piece)
        open_tags = tags
    return "".join(kept).rstrip() + ELLIPSIS + closing(open_tags)


def clipped(text: str, most: int) -> str:
    """Plain text, in which < and & mean nothing."""
    if units(text) <= most:
        return text
    kept: list[str] = []
    room = most - len(ELLIPSIS)
    for character in _CHARACTERS.findall(text[:most]):
        room -= units(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def followed(open_tags: tuple[str, ...], piece: str) -> tuple[str, ...]:
    """The tags that are open behind that piece, as they were written."""
    if piece.startswith("</"):
        return open_tags[:-1]
    if len(piece) > 1 and piece.startswith("<"):
        return (*open_tags, piece)
    return open_tags


def closing(open_tags: tuple[str, ...]) -> str:
    return "".join(f"</{tag[1:-1].split(maxsplit=1)[0]}>" for tag in reversed(open_tags))
