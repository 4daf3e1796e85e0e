"""Reads SPSS system files for the tests: written from the format's description, shares nothing with the writer."""

import struct
from dataclasses import dataclass, field

MEASURES = {1: "nominal", 2: "ordinal", 3: "scale"}


@dataclass
class ReadVariable:
    name: str
    width: int
    label: str = ""
    labels: dict[float, str] = field(default_factory=dict)
    missing: tuple[float, ...] = ()
    measure: str = ""


@dataclass
class Read:
    variables: list[ReadVariable]
    cases: list[tuple]
    sets: dict[str, list[str]]


class _Bytes:
    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, size: int) -> bytes:
        piece = self.content[self.at : self.at + size]
        assert len(piece) == size, "the file ends too early"
        self.at += size
        return piece

    def ints(self, count: int) -> tuple[int, ...]:
        return struct.unpack(f"<{count}i", self.take(4 * count))

    def doubles(self, count: int) -> tuple[float, ...]:
        return struct.unpack(f"<{count}d", self.take(8 * count))


def read_sav(content: bytes) -> Read:
    file = _Bytes(content)
    assert file.take(4) == b"$FL2"
    file.take(60)
    layout, elements, compression, weight, cases = file.ints(5)
    assert (layout, compression, weight) == (2, 1, 0)
    (bias,) = file.doubles(1)
    file.take(9 + 8 + 64 + 3)
    slots, extensions, labels = _dictionary(file)
    assert len(slots) == elements
    rows = _rows(file, slots, bias, cases)
    return _joined(slots, extensions, labels, rows)


def _dictionary(file: _Bytes):
    slots: list[ReadVariable | None] = []
    extensions: dict[int, bytes] = {}
    labels: list[tuple[dict[float, str], int]] = []
    pending: dict[float, str] = {}
    while (kind := file.ints(1)[0]) != 999:
        if kind == 2:
            slots.append(_variable(file))
        elif kind == 3:
            pending = {}
            for _ in range(file.ints(1)[0]):
                (value,) = file.doubles(1)
                size = file.take(1)[0]
                text = file.take(-(-(size + 1) // 8) * 8 - 1)
                pending[value] = text[:size].decode()
        elif kind == 4:
            (count,) = file.ints(1)
            labels += [(pending, place) for place in file.ints(count)]
        else:
            assert kind == 7, kind
            subtype, size, count = file.ints(3)
            extensions[subtype] = file.take(size * count)
    file.ints(1)
    return slots, extensions, labels


def _variable(file: _Bytes) -> ReadVariable | None:
    width, has_label, missing, _, _ = file.ints(5)
    name = file.take(8).decode().rstrip()
    if width == -1:
        return None
    found = ReadVariable(name, width)
    if has_label:
        (size,) = file.ints(1)
        found.label = file.take(-(-size // 4) * 4)[:size].decode()
    found.missing = file.doubles(abs(missing))
    return found


def _elements(file: _Bytes, bias: float):
    while file.at < len(file.content):
        codes = file.take(8)
        for code in codes:
            if code == 0:
                continue
            assert code != 252, "the end of the cases, in the middle of them"
            if code == 255:
                yield None
            elif code == 254:
                yield b" " * 8
            elif code == 253:
                yield file.take(8)
            else:
                yield code - bias


def _rows(file: _Bytes, slots: list, bias: float, cases: int) -> list[list]:
    stream = _elements(file, bias)
    rows = [[next(stream) for _ in slots] for _ in range(cases)]
    assert next(stream, "end") == "end"
    return rows


def _joined(slots, extensions, labels, rows) -> Read:
    assert extensions[20] == b"UTF-8"
    assert struct.unpack("<qq", extensions[16]) == (1, len(rows))
    long_names = dict(pair.split("=") for pair in extensions[13].decode().split("\t"))
    long_texts = dict(
        pair.split("=") for pair in extensions.get(14, b"").decode().replace("\0", "").split("\t") if pair
    )  # fmt: skip
    measures = struct.unpack(f"<{len(extensions[11]) // 4}i", extensions[11])[::3]
    stored = [(place, slot) for place, slot in enumerate(slots) if slot is not None]
    assert len(measures) == len(stored)
    for (_, slot), measure in zip(stored, measures, strict=True):
        slot.measure = MEASURES[measure]
    for texts, place in labels:
        slots[place - 1].labels = texts
    variables, columns, short_names, number = [], [], {}, 0
    while number < len(stored):
        _, slot = stored[number]
        width = int(long_texts.get(slot.name, slot.width))
        parts = 1 if width <= 255 else -(-width // 252)
        columns.append([_column(rows, *each) for each in stored[number : number + parts]])
        slot.width, short_names[slot.name.lower()] = width, long_names[slot.name]
        slot.name = long_names[slot.name]
        variables.append(slot)
        number += parts
    cases = [
        tuple(_datum([part[row] for part in parts], variable) for parts, variable in zip(columns, variables, strict=True))
        for row in range(len(rows))
    ]  # fmt: skip
    return Read(variables, cases, _sets(extensions.get(7, b""), short_names))


def _column(rows: list[list], place: int, slot: ReadVariable) -> list:
    if slot.width == 0:
        return [row[place] for row in rows]
    cells = -(-slot.width // 8)
    return [b"".join(row[place : place + cells])[: slot.width] for row in rows]


def _datum(parts: list, variable: ReadVariable) -> float | str | None:
    if variable.width:
        return b"".join(parts)[: variable.width].decode().rstrip(" ")
    (part,) = parts
    return struct.unpack("<d", part)[0] if isinstance(part, bytes) else part


def _sets(content: bytes, short_names: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for line in content.splitlines():
        name, _, rest = line.partition(b"=D1 1 ")
        size, _, rest = rest.partition(b" ")
        members = rest[int(size) :].decode().split()
        found[name.decode()] = [short_names[member] for member in members]
    return found
