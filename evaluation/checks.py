"""Does a table keep the contract of frames.py? Each check raises EvaluationError with file, row and column.

Checks look at whole columns at once, so a million answers take seconds. They mend nothing.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.errors import EvaluationError
from evaluation.kinds import joint, kinds_of, spread
from evaluation.schedule import ROUND_KINDS

ROLES = ("participant", "superior", "peer")
DISPOSITIONS = (
    "issued", "invited", "partial", "complete", "break_off", "refused", "noncontact",
    "ineligible", "other", "unknown",
)  # fmt: skip
MISSING = ("", "not_asked", "not_applicable", "skipped", "refused", "dont_know")
TYPES = (
    "select_one", "select_multiple", "rank", "acknowledge", "integer", "decimal", "range", "date",
    "time", "datetime", "text", "audio", "image", "file", "note", "hidden", "calculate",
)  # fmt: skip
_KEY = ["training", "round", "role", "respondent", "about"]
_ITEM = ["questionnaire", "version", "item"]
_LARGEST = 1e15  # beyond it a sum of many loses its units
_HEADER_ROWS = 2  # the header is row 1 and the first data row is 2, as a spreadsheet shows them


def codebook(codes: pd.DataFrame, file: str) -> None:
    _one_of(codes, "type", TYPES, file)
    _one_of(codes, "missing", MISSING, file)
    _unique(codes, [*_ITEM, "value"], file, "this code of this item stands twice.")


def responses(rows: pd.DataFrame, trainings: Collection[str], file: str) -> None:
    _one_of(rows, "round", ROUND_KINDS, file)
    _one_of(rows, "role", ROLES, file)
    _one_of(rows, "disposition", DISPOSITIONS, file)
    _one_of(rows, "missing", MISSING, file)
    _one_of(rows, "training", trainings, file, "is not in the table of trainings")
    _refuse(rows["respondent"] == "", rows["respondent"], file, "is empty")
    _unique(rows, [*_KEY, "item"], file, "this item of this response stands twice.")
    whose = joint(rows, _KEY)
    orphan = pd.Series(~np.isin(whose, whose[(rows["item"] == "").to_numpy()]), index=rows.index)
    _refuse(orphan, rows["item"], file, "belongs to a response without its own row (empty item)")


def no_more_fields(beyond: pd.Series, file: str) -> None:
    longer = beyond != ""
    if longer.any():
        what = "has more fields than the header. A text with a comma in it stands in quotes."
        raise EvaluationError(file, what, row=_row(longer))


def numbers(table: pd.DataFrame, column: str, file: str) -> pd.Series:
    """The column as float, NaN where it is empty."""
    text = table[column].astype("str")
    parsed = pd.to_numeric(text.where(text != ""), errors="coerce")
    sensible = parsed.abs() <= _LARGEST
    _refuse(
        ~sensible & (table[column] != ""),
        table[column],
        file,
        "is not a number, or too large a one",
    )
    return parsed.astype("float64")


def moments(table: pd.DataFrame, column: str, file: str) -> pd.Series:
    """The column as UTC time, NaT where it is empty."""
    text = table[column]
    has_offset = text.str.contains(r"(?:Z|[+-]\d{2}:?\d{2})$", regex=True)
    parsed = pd.to_datetime(text.where(text != ""), format="ISO8601", utc=True, errors="coerce")
    wrong = (text != "") & (parsed.isna() | ~has_offset)
    _refuse(wrong, text, file, "is not an ISO 8601 time with an offset")
    return parsed


def known_items(answers: pd.DataFrame, items: pd.DataFrame, file: str) -> NDArray[np.int64]:
    """For each answer the place of its item in the codebook, where it stands with that questionnaire and version."""
    known = {key: at for at, key in enumerate(items[_ITEM].itertuples(index=False, name=None))}
    place = spread(answers, _ITEM, lambda *key: known.get(key, -1)).astype(np.int64)
    lost = answers[place < 0]
    if len(lost):
        told = pd.Series(
            [" ".join(map(str, lost[_ITEM].iloc[0]))], index=lost.index[:1], name="item"
        )
        _refuse(told != "", told, file, "is not in the codebook")
    return place


def values(answers: pd.DataFrame, codes: pd.DataFrame, file: str) -> None:
    """Chosen codes stand in the codebook; numbers are numbers."""
    given = answers[answers["answered"]]
    chosen = given[given["type"].isin(["select_one", "select_multiple"])]
    _known_codes(chosen, codes, file)
    counted = given[given["type"].isin(["integer", "decimal", "range"])].set_index("row")
    numbers(counted, "value", file)


def _known_codes(chosen: pd.DataFrame, codes: pd.DataFrame, file: str) -> None:
    known = set(codes[[*_ITEM, "value"]].itertuples(index=False, name=None))

    def stranger(kind: str, value: str, *item: str) -> str:
        each = [value] if kind == "select_one" else value.split()
        return next((code for code in each if (*item, code) not in known), "")

    columns = ["type", "value", *_ITEM]
    found, kinds = kinds_of(chosen, columns)
    strange = np.array([stranger(*kind) for kind in kinds], dtype=object)
    if not strange.any():
        return
    shown = pd.Series(strange[found], index=chosen["row"], name="value")
    _refuse(shown != "", shown, file, "is no code of this item in the codebook")


def _one_of(
    table: pd.DataFrame, column: str, allowed: Collection[str], file: str,
    what: str = "is not one of the known codes",
) -> None:  # fmt: skip
    _refuse(~table[column].isin(list(allowed)), table[column], file, what)


def _unique(table: pd.DataFrame, columns: list[str], file: str, what: str) -> None:
    twice = table.duplicated(columns)
    if twice.any():
        raise EvaluationError(file, what, column=columns[-1], row=_row(twice))


def _refuse(wrong: pd.Series, column: pd.Series, file: str, what: str) -> None:
    if wrong.any():
        value = str(column[wrong.to_numpy()].iloc[0])
        raise EvaluationError(file, f"{value!r} {what}.", column=str(column.name), row=_row(wrong))


def _row(wrong: pd.Series) -> int:
    return int(wrong.index[wrong.to_numpy()][0]) + _HEADER_ROWS
