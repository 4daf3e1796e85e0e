"""Does a table keep the contract of frames.py? Each check raises EvaluationError with file, row and column.

Checks look at whole columns at once, so a million answers take seconds. They mend nothing.
"""

from collections.abc import Collection

import pandas as pd

from evaluation.errors import EvaluationError
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
    issued = rows.loc[rows["item"] == "", _KEY]
    marked = rows[_KEY].merge(issued, on=_KEY, how="left", indicator=True)["_merge"]
    orphan = pd.Series((marked == "left_only").to_numpy(), index=rows.index)
    _refuse(orphan, rows["item"], file, "belongs to a response without its own row (empty item)")


def numbers(table: pd.DataFrame, column: str, file: str) -> pd.Series:
    """The column as float, NaN where it is empty."""
    parsed = pd.to_numeric(table[column].where(table[column] != ""), errors="coerce")
    finite = parsed.notna() & ~parsed.isin([float("inf"), float("-inf")])
    _refuse(~finite & (table[column] != ""), table[column], file, "is not a number")
    return parsed.astype("float64")


def moments(table: pd.DataFrame, column: str, file: str) -> pd.Series:
    """The column as UTC time, NaT where it is empty."""
    text = table[column]
    has_offset = text.str.contains(r"(?:Z|[+-]\d{2}:?\d{2})$", regex=True)
    parsed = pd.to_datetime(text.where(text != ""), format="ISO8601", utc=True, errors="coerce")
    wrong = (text != "") & (parsed.isna() | ~has_offset)
    _refuse(wrong, text, file, "is not an ISO 8601 time with an offset")
    return parsed


def known_items(answers: pd.DataFrame, file: str) -> None:
    """Every item answered stands in the codebook with that questionnaire and version."""
    text = answers["questionnaire"] + " " + answers["version"] + " " + answers["item"]
    wrong = pd.Series((answers["_merge"] == "left_only").to_numpy(), index=answers["row"])
    text.index = answers["row"]
    _refuse(wrong, text.rename("item"), file, "is not in the codebook")


def values(answers: pd.DataFrame, codes: pd.DataFrame, file: str) -> None:
    """Chosen codes stand in the codebook; numbers are numbers."""
    given = answers[answers["answered"]]
    chosen = given[given["type"].isin(["select_one", "select_multiple"])]
    _known_codes(chosen, codes, file)
    counted = given[given["type"].isin(["integer", "decimal", "range"])].set_index("row")
    numbers(counted, "value", file)


def _known_codes(chosen: pd.DataFrame, codes: pd.DataFrame, file: str) -> None:
    single = chosen["type"] == "select_one"
    split = chosen["value"].where(single, chosen["value"].str.split())
    each = chosen.assign(value=split).explode("value")
    known = each[[*_ITEM, "value"]].merge(
        codes[[*_ITEM, "value"]], on=[*_ITEM, "value"], how="left", indicator=True
    )
    wrong = pd.Series((known["_merge"] == "left_only").to_numpy(), index=each["row"])
    shown = pd.Series(each["value"].to_numpy(), index=each["row"], name="value")
    _refuse(wrong, shown, file, "is no code of this item in the codebook")


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
