"""Writes an SPSS system file (.sav) byte by byte after the format's description in the PSPP developers' guide.

1. Written here and not by a library because the same cases must give the same bytes (libraries stamp the clock into the
   header), and because none of them writes multiple response sets. pyreadstat and PSPP read the file back in the tests.
2. Numbers are compressed by bytecode, texts are UTF-8 of any length up to 32,767 bytes, longer ones are cut.
3. Knows no survey: `Variable` says everything.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Measure = Literal["nominal", "ordinal", "scale"]
Datum = float | str | None  # None: system-missing, or an empty text
LONGEST_TEXT = 32_767  # bytes
_SYSMIS, _HIGHEST = -1.7976931348623157e308, 1.7976931348623157e308
_LOWEST = b"\xfe\xff\xff\xff\xff\xff\xef\xff"
_BIAS, _LONGEST_LABEL, _LONGEST_VALUE_LABEL = 100.0, 255, 120
_SEGMENT, _STEP = 255, 252  # a text over 255 bytes is kept in segments of 255, which count as 252
_MEASURES: Mapping[Measure, int] = {"nominal": 1, "ordinal": 2, "scale": 3}
_F, _A, _EDATE = 5, 1, 38  # print formats
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Variable:
    """`bytes` 0: a number. `missing`: the range of user-missing values. `is_date`: days since 14 October 1582, in seconds."""

    name: str
    label: str
    measure: Measure
    bytes: int = 0
    decimals: int = 0
    labels: Mapping[float, str] = field(default_factory=dict)
    missing: tuple[float, float] | None = None
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """Variables that are 1 for what was chosen of one question."""

    name: str  # without the leading $
    label: str
    members: tuple[str, ...]


def sav(
    variables: Sequence[Variable], cases: Sequence[Sequence[Datum]], sets: Sequence[ResponseSet],
    label: str, made_on: date,
) -> bytes:  # fmt: skip
    """The whole file; a case has one datum per variable, in their order."""
    parts = [_Part(variable, number) for number, variable in enumerate(variables)]
    segments = [segment for part in parts for segment in part.segments()]
    return b"".join([
        _header(len(cases), sum(-(-max(size, 1) // 8) for _, size in segments), label, made_on),
        *(_record(part.variable, name, size, first=name == part.short) for part in parts for name, size in part.segments()),
        *_value_labels(parts),
        *_extensions(parts, sets, len(cases)),
        struct.pack("<ii", 999, 0),
        _compressed(_cells(parts, cases)),
    ])  # fmt: skip


def seconds_of(day: date) -> float:
    """A day as SPSS counts it."""
    return (day - date(1582, 10, 14)).days * 86_400.0


@dataclass(frozen=True, slots=True)
class _Part:
    variable: Variable
    number: int

    @property
    def short(self) -> str:
        return f"V{self.number:05}"

    @property
    def width(self) -> int:
        return min(self.variable.bytes, LONGEST_TEXT)

    def segments(self) -> list[tuple[str, int]]:
        """(short name, width in bytes) of each stored variable; 0 for a number."""
        if self.width <= _SEGMENT:
            return [(self.short, self.width)]
        count = -(-self.width // _STEP)
        last = self.width - (count - 1) * _STEP
        names = [self.short, *(f"W{self.number:04}{_base36(each)}" for each in range(1, count))]
        return [*((name, _SEGMENT) for name in names[:-1]), (names[-1], last)]


def _base36(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return digits[number // 36] + digits[number % 36]


def _header(cases: int, elements: int, label: str, made_on: date) -> bytes:
    day = f"{made_on.day:02} {_MONTHS[made_on.month - 1]} {made_on.year % 100:02}"
    return b"".join([
        b"$FL2", b"@(#) SPSS DATA FILE bungo-survey".ljust(60), struct.pack("<iiiii", 2, elements, 1, 0, cases),
        struct.pack("<d", _BIAS), day.encode(), b"00:00:00", _cut(label, 64).ljust(64), b"\0\0\0",
    ])  # fmt: skip


def _record(variable: Variable, name: str, size: int, *, first: bool) -> bytes:
    """The record of one stored variable, and those that only say that a text goes on."""
    label = _cut(variable.label, _LONGEST_LABEL) if first else b""
    shape = _format(variable, size)
    missing = variable.missing if first and not size else None
    record = struct.pack("<iiiiii", 2, size, int(bool(label)), -2 if missing else 0, shape, shape)
    record += name.encode().ljust(8)
    if label:
        record += struct.pack("<i", len(label)) + _padded(label, 4)
    if missing:
        record += struct.pack("<dd", *missing)
    going_on = struct.pack("<iiiiii", 2, -1, 0, 0, 0, 0) + b" " * 8
    return record + going_on * (-(-size // 8) - 1)


def _format(variable: Variable, size: int) -> int:
    if size:
        return _A << 16 | size << 8
    if variable.is_date:
        return _EDATE << 16 | 10 << 8
    return _F << 16 | 8 << 8 | variable.decimals


def _value_labels(parts: Sequence[_Part]) -> Iterator[bytes]:
    place = 1  # of the variable in the dictionary, continuations counted
    for part in parts:
        labels = part.variable.labels
        if labels:
            yield struct.pack("<ii", 3, len(labels))
            for value, label in labels.items():
                text = _cut(label, _LONGEST_VALUE_LABEL)
                yield struct.pack("<d", value) + _padded(bytes([len(text)]) + text, 8)
            yield struct.pack("<iii", 4, 1, place)
        place += sum(-(-max(size, 1) // 8) for _, size in part.segments())


def _extensions(parts: Sequence[_Part], sets: Sequence[ResponseSet], cases: int) -> Iterator[bytes]:
    yield _extension(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001))
    yield _extension(4, 8, struct.pack("<dd", _SYSMIS, _HIGHEST) + _LOWEST)
    if sets:
        yield _extension(7, 1, _sets(parts, sets))
    display = [
        (_MEASURES[part.variable.measure], min(max(size, 8), 40), 0 if size else 1)
        for part in parts
        for _, size in part.segments()
    ]
    yield _extension(11, 4, b"".join(struct.pack("<iii", *each) for each in display))
    names = "\t".join(f"{part.short}={part.variable.name}" for part in parts)
    yield _extension(13, 1, names.encode())
    long_ones = [part for part in parts if part.width > _SEGMENT]
    if long_ones:
        widths = "".join(f"{part.short}={part.width:05}\0\t" for part in long_ones)
        yield _extension(14, 1, widths.encode())
    yield _extension(16, 8, struct.pack("<qq", 1, cases))
    yield _extension(20, 1, b"UTF-8")


def _extension(kind: int, size: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, size, len(content) // size) + content


def _sets(parts: Sequence[_Part], sets: Sequence[ResponseSet]) -> bytes:
    shorts = {part.variable.name: part.short.lower() for part in parts}
    lines = []
    for one in sets:
        label = _cut(one.label, _LONGEST_LABEL)
        members = " ".join(shorts[name] for name in one.members)
        lines.append(f"${one.name}=D1 1 {len(label)} ".encode() + label + f" {members}\n".encode())
    return b"".join(lines)


def _cells(
    parts: Sequence[_Part], cases: Iterable[Sequence[Datum]]
) -> Iterator[bytes | float | None]:
    """Elements of eight bytes: a number, None for system-missing, or eight bytes of a text."""
    for case in cases:
        for part, datum in zip(parts, case, strict=True):
            if not part.width:
                yield datum if isinstance(datum, float | int) else None
                continue
            text = _cut(str(datum or ""), part.width)
            for place, (_, size) in enumerate(part.segments()):
                piece = text[place * _SEGMENT : place * _SEGMENT + size].ljust(-(-size // 8) * 8)
                yield from (piece[at : at + 8] for at in range(0, len(piece), 8))


def _compressed(cells: Iterable[bytes | float | None]) -> bytes:
    """Eight codes, then the bytes of those that need them (bytecode compression)."""
    written, codes, raw = bytearray(), bytearray(), bytearray()
    for cell in cells:
        code, more = _coded(cell)
        codes.append(code)
        raw += more
        if len(codes) == 8:  # noqa: PLR2004  as many as fit beside each other
            written += codes + raw
            codes.clear()
            raw.clear()
    if codes:
        written += bytes(codes).ljust(8, b"\0") + raw
    return bytes(written)


def _coded(cell: bytes | float | None) -> tuple[int, bytes]:
    if cell is None:
        return 255, b""
    if isinstance(cell, bytes):
        return (254, b"") if cell == b" " * 8 else (253, cell)
    if cell == int(cell) and 1 <= cell + _BIAS <= 251:  # noqa: PLR2004  the codes for small numbers
        return int(cell + _BIAS), b""
    return 253, struct.pack("<d", cell)


def _cut(text: str, most: int) -> bytes:
    """At most so many bytes of UTF-8, cut between letters."""
    return text.encode()[:most].decode(errors="ignore").encode()


def _padded(content: bytes, unit: int) -> bytes:
    return content.ljust(-(-len(content) // unit) * unit, b"\0")
