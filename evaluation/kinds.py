"""A million rows are of few kinds: what depends on some columns only is worked out once a kind and spread over the rows."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Places = NDArray[np.int64]
_MOST = 2**60


def kinds_of(table: pd.DataFrame, columns: Sequence[str]) -> tuple[Places, list[tuple[str, ...]]]:
    """For each row the number of its kind, and what stands in `columns` of each kind, in the order they are first met."""
    codes, names = pd.factorize(joint(table, columns))
    first = np.zeros(len(names), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(table))[::-1]
    found = table.iloc[first][list(columns)].astype("str")
    return codes.astype(np.int64), list(found.itertuples(index=False, name=None))


def joint(table: pd.DataFrame, columns: Sequence[str]) -> Places:
    """One number a row, the same for rows that are alike in all `columns`."""
    found = np.zeros(len(table), dtype=np.int64)
    for column in columns:
        codes, size = _codes(table[column])
        if int(found.max(initial=0)) * size > _MOST:
            found = pd.factorize(found)[0].astype(np.int64)
        found = found * size + codes
    return found


def spread(
    table: pd.DataFrame, columns: Sequence[str], tell: Callable[..., object]
) -> NDArray[np.generic]:
    """`tell` of the values in `columns`, asked once a kind, for every row."""
    codes, kinds = kinds_of(table, columns)
    return np.array([tell(*kind) for kind in kinds])[codes] if kinds else np.empty(0)


def spread_text(
    table: pd.DataFrame, columns: Sequence[str], tell: Callable[..., str]
) -> "pd.Categorical[str]":
    """The same of a text, each text once."""
    codes, kinds = kinds_of(table, columns)
    told = pd.Categorical([tell(*kind) for kind in kinds])
    return told.take(codes) if kinds else told


def _codes(column: "pd.Series[str]") -> tuple[Places, int]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64), len(column.cat.categories)
    codes, names = pd.factorize(column)
    return codes.astype(np.int64), len(names)
