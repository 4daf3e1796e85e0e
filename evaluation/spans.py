"""Sets of whole numbers as short text, "0-25,27": how the register writes down who stands behind a number."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def spans_of(places: Iterable[int] | NDArray[np.int64]) -> str:
    """The set as text, smallest first; empty text for the empty set."""
    values = np.unique(np.fromiter(places, dtype=np.int64))
    if not values.size:
        return ""
    breaks = np.flatnonzero(np.diff(values) > 1)
    starts = values[np.concatenate([[0], breaks + 1])]
    ends = values[np.concatenate([breaks, [values.size - 1]])]
    return ",".join(
        str(start) if start == end else f"{start}-{end}"
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    )


def places_of(spans: str) -> NDArray[np.int64]:
    """The numbers in ascending order; ValueError for text that is no such set."""
    if not spans:
        return np.empty(0, dtype=np.int64)
    pieces = [_piece(piece) for piece in spans.split(",")]
    return np.concatenate(pieces)


def _piece(piece: str) -> NDArray[np.int64]:
    start, _, end = piece.partition("-")
    return np.arange(int(start), int(end or start) + 1, dtype=np.int64)
