"""The contract between the bot and the analyst: three CSV tables, read as text and checked. Computes nothing.

UTF-8, one header row, RFC 4180. Every column is text; an id is never a number. More columns may stand beside these.

responses.csv - one row per response x item, and one row with an empty `item` for every issued response:
  training, training_title, cohort   the class; `training` is its code
  round           post_training | followup_alumni | followup_superior | followup_peer | interview
  role            participant | superior | peer
  respondent      pseudonym, the same over rounds
  about           pseudonym of the alumnus rated, else empty
  unit_group, grade_group            of the respondent, coarse
  instructor      on rows of instructor items: the name, or "Para pengajar secara umum"
  disposition     issued | invited | partial | complete | break_off | refused | noncontact | ineligible | other |
                  unknown; in an open round `partial` means begun
  issued_at, completed_at            ISO 8601 with offset, or empty
  questionnaire, version             which codebook rows apply
  item, value     value of a select_multiple: codes with spaces between; a number with a point; a date as ISO
  missing         empty | not_asked | not_applicable | skipped | refused | dont_know
  seconds         paradata; not needed here
  revised         how often the answer was changed; a changed answer is not the one that was published
  flag            signs of careless answering, spaces between; nothing is left out because of them. On an item's row:
                  fast (under a third of the item's median seconds in the round) | straight (inside a run of one code);
                  on the row without an item: fast_items (speeding index from 2) | fast_whole (under a third of the
                  round's time for these items) | straightlining. Items with fewer than 10 times flag nobody as fast

  proxy           yes: somebody filled in for the superior or peer. Counted with the others, and told apart

codebook.csv - one row per questionnaire x version x item x code; an item without choices has one row, empty `value`:
  questionnaire, version, position, item
  type            select_one | select_multiple | integer | decimal | range | date | text | note | calculate | hidden
  label, dimension, level
  moment          now | retro_pre | followup, and `pair` (k1, k2) says which items belong together
  scm             frekuensi marks the item "how often applied", whose score 0 means never
  value, value_label, score          score empty: the code is no point of the scale (tt, tb)
  missing         what choosing this code means to the analyst
  relevant        when it is asked; for the reader only

trainings.csv - one row per training:
  training, title, cohort, starts_on, ends_on (ISO dates), participants (how many)
  competences     JSON [text]: what the training is to teach, in the order in which it is asked about; may be absent
  office_*        the office's own sheet (questionnaire office), one column a question; empty: not answered
  rounds          JSON [{kind, opens_at, closes_at, state: planned|open|closed, connected, not_connected}]
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation import checks
from evaluation.errors import EvaluationError
from evaluation.kinds import spread
from evaluation.schedule import Training, trainings_from
from evaluation.versions import ITEM_KEY, in_order

RESPONSE_COLUMNS = (
    "training", "round", "role", "respondent", "about", "instructor", "disposition",
    "issued_at", "completed_at", "questionnaire", "version", "item", "value", "missing",
)  # fmt: skip
OPTIONAL_COLUMNS = ("cohort", "unit_group", "grade_group", "flag", "revised", "proxy")
CODEBOOK_COLUMNS = (
    "questionnaire", "version", "position", "item", "type", "label", "dimension", "level",
    "moment", "pair", "scm", "value", "value_label", "score", "missing",
)  # fmt: skip
TRAINING_COLUMNS = ("training", "title", "cohort", "starts_on", "ends_on", "participants", "rounds")
_OF_ITEM = ("position", "type", "label", "dimension", "level", "moment", "pair", "scm")
_BEYOND = "beyond the header"
RESPONSE_KEY = ["training", "round", "role", "respondent", "about"]


@dataclass(frozen=True, slots=True)
class Tables:
    """`issued`: one row per response, with `completed_at` as UTC time. `answers`: one row per response x asked
    item, with the item's columns of the codebook, `score` (float, NaN without one) and `answered` (bool). `codebook`: also `age`, see
    versions.in_order.
    """

    issued: pd.DataFrame
    answers: pd.DataFrame
    codebook: pd.DataFrame
    trainings: tuple[Training, ...]

    def last_moment(self) -> datetime | None:
        """The latest time that stands in the responses: the default for "as of"."""
        times = pd.concat([self.issued["issued_time"], self.issued["completed_time"]]).dropna()
        return None if times.empty else times.max().to_pydatetime()


def read_tables(responses: Path, codebook: Path, trainings: Path) -> Tables:
    """The three tables, or EvaluationError(file, row, column) for the first thing that breaks the contract."""
    codes = _read(codebook, CODEBOOK_COLUMNS)
    rows = _with_optional(
        _read(responses, RESPONSE_COLUMNS, (*RESPONSE_COLUMNS, *OPTIONAL_COLUMNS))
    )
    classes = trainings_from(_read(trainings, TRAINING_COLUMNS), trainings.name)
    codes["score"] = checks.numbers(codes, "score", codebook.name)
    checks.numbers(codes, "position", codebook.name)
    checks.codebook(codes, codebook.name)
    checks.responses(rows, {training.code for training in classes}, responses.name)
    issued = _issued(rows, responses.name)
    return Tables(
        issued=issued,
        answers=_answers(rows, codes, responses.name),
        codebook=in_order(codes, issued),
        trainings=classes,
    )


def read_responses(path: Path) -> pd.DataFrame:
    """The rows as they stand in the file, all of it text; for whoever is given single answers."""
    return _with_optional(_read(path, RESPONSE_COLUMNS))


def _read(path: Path, columns: Sequence[str], kept: Collection[str] | None = None) -> pd.DataFrame:
    """`kept`: of a table of a million rows these columns only, and each text once."""
    try:
        table = _texts(path) if kept is None else _categories(path, kept)
    except FileNotFoundError as wrong:
        raise EvaluationError(path.name, "there is no such file.") from wrong
    except UnicodeDecodeError as wrong:
        raise EvaluationError(path.name, "is not UTF-8. Export it again.") from wrong
    except (pd.errors.ParserError, pd.errors.EmptyDataError, OSError) as wrong:
        raise EvaluationError(path.name, f"is not a CSV table with a header: {wrong}.") from wrong
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise EvaluationError(path.name, f"lacks the column {', '.join(absent)}.")
    return table


def _texts(path: Path) -> pd.DataFrame:
    """One field more than the header has is looked at: pandas would shift or drop what a comma without quotes makes too many.

    Not so of a million answers, where it takes three times as long: there the checks of each column find what was shifted.
    """
    header = _header(path)
    table = pd.read_csv(
        path, dtype="str", na_filter=False, encoding="utf-8-sig", header=None,
        names=[*header, _BEYOND], index_col=False,
    )  # fmt: skip
    rows = table.iloc[1:].reset_index(drop=True)
    checks.no_more_fields(rows.pop(_BEYOND), path.name)
    return rows


def _categories(path: Path, kept: Collection[str]) -> pd.DataFrame:
    """The header is read along as a row: a column of nothing but numbers would not stay text otherwise."""
    header = _header(path)
    table = pd.read_csv(
        path, dtype="category", na_filter=False, encoding="utf-8-sig", header=None,
        usecols=[at for at, name in enumerate(header) if name in kept],
    )  # fmt: skip
    named = table.rename(columns=dict(enumerate(header)))
    return named.iloc[1:].reset_index(drop=True)


def _header(path: Path) -> list[str]:
    rows = pd.read_csv(path, dtype="str", na_filter=False, encoding="utf-8-sig", nrows=0, index_col=False)  # fmt: skip
    return list(rows.columns)


def _with_optional(rows: pd.DataFrame) -> pd.DataFrame:
    """Tables of other makers may know nothing of groups and flags."""
    return rows.assign(**{name: "" for name in OPTIONAL_COLUMNS if name not in rows.columns})


def _issued(rows: pd.DataFrame, file: str) -> pd.DataFrame:
    issued = rows[rows["item"] == ""].astype("str")
    issued["issued_time"] = checks.moments(issued, "issued_at", file)
    issued["completed_time"] = checks.moments(issued, "completed_at", file)
    return issued


def _answers(rows: pd.DataFrame, codes: pd.DataFrame, file: str) -> pd.DataFrame:
    """`row`: the place in the file; what the codebook says of an item is looked up once an item, not once an answer."""
    given = rows[rows["item"] != ""].drop(
        columns=["disposition", "issued_at", "completed_at", "flag"]
    )
    items = codes.drop_duplicates(ITEM_KEY).reset_index(drop=True)
    place = checks.known_items(given, items, file)
    answers = given.reset_index(names="row")
    for column in _OF_ITEM:
        answers[column] = items[column].astype("category").array.take(place)
    answers["answered"] = (answers["missing"] == "") & (answers["value"] != "")
    checks.values(answers, codes, file)
    answers["score"] = _scores(answers, codes)
    return answers


def _scores(answers: pd.DataFrame, codes: pd.DataFrame) -> NDArray[np.float64]:
    known = codes[(codes["missing"] == "") & (codes["value"] != "")]
    points = dict(
        zip(
            known[[*ITEM_KEY, "value"]].itertuples(index=False, name=None),
            known["score"],
            strict=True,
        )
    )
    chosen = (answers["answered"] & (answers["type"] == "select_one")).to_numpy()
    found = np.full(len(answers), np.nan)
    found[chosen] = spread(
        answers[chosen], [*ITEM_KEY, "value"], lambda *code: points.get(code, np.nan)
    )
    return found
