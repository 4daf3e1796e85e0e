"""Lengths as Telegram counts them, and texts cut to fit without breaking a tag or an escape. Pure."""

import re

ELLIPSIS = "…"
_PIECE = re.compile(r"<[^<>]*>|&\w+;|.", re.DOTALL)


def units(text: str) -> int:
    """UTF-16 code units: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int) -> str:
    """HTML, cut behind the last piece that fits, with open tags closed."""
    if units(text) <= most:
        return text
    if most < len(ELLIPSIS):
        return ""
    kept: list[str] = []
    open_tags: list[str] = []
    used = len(ELLIPSIS)
    for piece in _PIECE.findall(text):
        tags = _followed(open_tags, piece)
        if used + units(piece) + sum(len(f"</{tag}>") for tag in tags) > most:
            break
        used += units(piece)
        kept.append(piece)
        open_tags = tags
    return "".join(kept).rstrip() + ELLIPSIS + "".join(f"</{tag}>" for tag in reversed(open_tags))


def clipped(text: str, most: int) -> str:
    """Plain text, in which < and & mean nothing."""
    if units(text) <= most:
        return text
    kept = text[:most]
    while units(kept) > most - len(ELLIPSIS):
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def _followed(open_tags: list[str], piece: str) -> list[str]:
    if piece.startswith("</"):
        return open_tags[:-1]
    if len(piece) > 1 and piece.startswith("<"):
        return [*open_tags, piece[1:-1].split(maxsplit=1)[0]]
    return open_tags
