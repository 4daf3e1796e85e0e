"""Width and height from the head of a PNG, JPEG or GIF file: enough to refuse what is no picture. Pure."""

import struct

PNG, GIF = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
SEGMENT = 0xFF  # begins each part of a JPEG
JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(content: bytes) -> tuple[int, int] | None:
    try:
        if content.startswith(PNG):
            width, height = struct.unpack(">II", content[16:24])
            return (width, height) if width and height else None
        if content.startswith(GIF):
            width, height = struct.unpack("<HH", content[6:10])
            return (width, height) if width and height else None
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
    except struct.error:
        return None
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == SEGMENT:
        kind = content[at + 1]
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if kind in JPEG_SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
