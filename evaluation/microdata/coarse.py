"""Single answers made coarser, for the few who may have them: administrators. Decides what of a row is left.

1. Pseudonyms are replaced by numbers of this export, the same person by the same number in all rounds: nobody can
   look a number up in the bot.
2. Moments become days, seconds are left out: they would tell who answered when.
3. Groups of fewer than k people are put together, over the whole study.
Open answers stay as they were written and may hold names; the codebook says so.
"""

import pandas as pd

from evaluation.grouping import collapsed
from evaluation.schedule import ROUND_KINDS
from evaluation.study import ROSTER_COLUMNS, Plan
from evaluation.versions import ITEM_KEY

COLUMNS = (
    "training", "training_title", "cohort", "round", "role", "respondent", "about", "unit_group", "grade_group",
    "instructor", "disposition", "issued_on", "completed_on", "questionnaire", "version", "item", "value", "missing",
    "revised", "flag", "proxy",
)  # fmt: skip
_ORDER = ["training", "place", "respondent", "about"]


def coarsened(rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The long table with `COLUMNS`, in an order that says nothing of who answered first; answers as they stood."""
    numbers = _numbers(rows)
    found = rows.assign(
        respondent=rows["respondent"].map(numbers),
        about=rows["about"].map(numbers).fillna(""),
        issued_on=_days(rows["issued_at"], plan),
        completed_on=_days(rows["completed_at"], plan),
        place=rows["round"].map(ROUND_KINDS.index),
        **{column: _grouped(rows, column, plan.k) for column in ROSTER_COLUMNS},
    )
    found = found.sort_values(_ORDER, kind="stable").reset_index(drop=True)
    return found.reindex(columns=list(COLUMNS), fill_value="")


def by_question(rows: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """The answers of each response in the order of the questionnaire, however they came."""
    positions = {
        (str(form), str(version), str(item)): int(position)
        for form, version, item, position in codebook[[*ITEM_KEY, "position"]].itertuples(
            index=False
        )
    }
    keys = rows[ITEM_KEY].itertuples(index=False, name=None)
    found = rows.assign(
        place=rows["round"].map(ROUND_KINDS.index), position=[positions.get(key, 0) for key in keys]
    )
    found = found.sort_values([*_ORDER, "position", "item"], kind="stable")
    return found[list(rows.columns)].reset_index(drop=True)


def _numbers(rows: pd.DataFrame) -> dict[str, str]:
    """Pseudonyms are random, so their order is a random order of the people."""
    people = sorted((set(rows["respondent"]) | set(rows["about"])) - {""})
    width = max(len(str(len(people))), 4)
    return {person: f"R{number:0{width}}" for number, person in enumerate(people, start=1)}


def _days(moments: pd.Series, plan: Plan) -> pd.Series:
    parsed = pd.to_datetime(moments.where(moments != ""), format="ISO8601", utc=True)
    return parsed.dt.tz_convert(str(plan.zone)).dt.strftime("%Y-%m-%d").fillna("")


def _grouped(rows: pd.DataFrame, column: str, k: int) -> pd.Series:
    people = rows.drop_duplicates(["respondent", column])
    sizes = {str(name): int(size) for name, size in people[column].value_counts().items() if name}
    return rows[column].map({**collapsed(sizes, k), "": ""})
