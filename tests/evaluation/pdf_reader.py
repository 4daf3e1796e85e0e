"""What stands on the pages of a PDF that fpdf2 wrote, for the tests: its words, not its drawing.

Written for these files alone: embedded fonts with two bytes a letter, whose meaning stands in /ToUnicode.
"""

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_BESIDE = re.compile(rb"/(?:Alt|Title|Author|Subject) (?:\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f]+)>)", re.DOTALL)  # fmt: skip

Letters = Mapping[bytes, str]


def pages(pdf: bytes) -> list[list[str]]:
    """Each page as the lines that are written on it, in the order of writing."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return [
        list(_written(_content(objects[_reference(page, b"Contents")]), _fonts(objects, page)))
        for page in objects.values()
        if b"/Type /Page\n" in page
    ]


def beside(pdf: bytes) -> Iterator[str]:
    """Words that no page shows: alternative texts, bookmarks, properties."""
    for plain, packed in _BESIDE.findall(pdf):
        raw = _bytes(packed) if packed else _unescaped(plain)
        yield raw.decode("utf-16" if raw[:2] in {b"\xfe\xff", b"\xff\xfe"} else "latin-1")


def _written(content: bytes, fonts: Mapping[bytes, Letters]) -> Iterator[str]:
    letters: Letters = {}
    for font, text in _SHOWN.findall(content):
        if font:
            letters = fonts[font]
        else:
            raw = _unescaped(text)
            yield "".join(letters[raw[at : at + 2]] for at in range(0, len(raw), 2))


def _unescaped(text: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), text)


def _fonts(objects: Mapping[int, bytes], page: bytes) -> dict[bytes, Letters]:
    named = re.findall(rb"/(F\d+) (\d+) 0 R", objects[_reference(page, b"Resources")])
    return {name: _letters(objects, objects[int(font)]) for name, font in named}


def _letters(objects: Mapping[int, bytes], font: bytes) -> Letters:
    told = _content(objects[_reference(font, b"ToUnicode")])
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", told)
    return {_bytes(code): _bytes(text).decode("utf-16-be") for code, text in pairs}


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode())


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    if found is None:
        raise ValueError(f"no {name.decode()} here")
    return int(found[1])


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        raise ValueError("no stream here")
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]
