"""Sets of whole numbers as short text: how the register writes down who stands behind a number.

"0-25,27" where that is short; else "=" and one bit a number, smallest first, in base64: a large set with many gaps
is read and written at once, and takes a fortieth of the room.
"""

import base64
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_BITS = "="
_KEPT = 256  # the sums that are held against each other for one claim


def spans_of(places: Iterable[int] | NDArray[np.int64]) -> str:
    """The set as text, one way to write each set; empty text for the empty set."""
    values = np.sort(
        places if isinstance(places, np.ndarray) else np.fromiter(places, dtype=np.int64)
    )
    values = values[np.diff(values, prepend=-1) > 0]
    if not values.size:
        return ""
    breaks = np.flatnonzero(np.diff(values) > 1)
    if (
        len(breaks) > int(values[-1]) / 8
    ):  # at least two characters a piece, against a character for six numbers
        return _as_bits(values)
    starts = values[np.concatenate([[0], breaks + 1])]
    ends = values[np.concatenate([breaks, [values.size - 1]])]
    return ",".join(
        str(start) if start == end else f"{start}-{end}"
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    )


@lru_cache(maxsize=_KEPT)
def places_of(spans: str) -> NDArray[np.int64]:
    """The numbers in ascending order, not to be written to; ValueError for text that is no such set."""
    places = _read(spans)
    places.flags.writeable = False
    return places


def _read(spans: str) -> NDArray[np.int64]:
    if not spans:
        return np.empty(0, dtype=np.int64)
    if spans.startswith(_BITS):
        packed = np.frombuffer(base64.b64decode(spans[1:], validate=True), dtype=np.uint8)
        return np.flatnonzero(np.unpackbits(packed)).astype(np.int64)
    pieces = [piece if "-" in piece else f"{piece}-{piece}" for piece in spans.split(",")]
    ends = np.array("-".join(pieces).split("-"), dtype=np.int64).reshape(len(pieces), 2)
    sizes = ends[:, 1] - ends[:, 0] + 1
    before = np.cumsum(sizes) - sizes
    return np.repeat(ends[:, 0] - before, sizes) + np.arange(int(sizes.sum()), dtype=np.int64)


def _as_bits(values: NDArray[np.int64]) -> str:
    bits = np.zeros(int(values[-1]) + 1, dtype=np.uint8)
    bits[values] = 1
    return _BITS + base64.b64encode(np.packbits(bits).tobytes()).decode("ascii")
