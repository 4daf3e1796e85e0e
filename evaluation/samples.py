"""From the tables to one sample per training and round, with every response numbered as in the register.

The order never depends on the order of the rows in the files. Computes no statistic.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluation.cells import RATING
from evaluation.disclosure import Gate
from evaluation.frames import Tables
from evaluation.kinds import spread, spread_text
from evaluation.releases import Register
from evaluation.reuse import marks
from evaluation.sample import Codes, Sample
from evaluation.schedule import Round, Training
from evaluation.versions import ITEM_KEY, left_out

_WHO = ["training", "respondent", "about"]
_NEEDED = [
    *_WHO, "round", "unit_group", "grade_group", "instructor", "questionnaire", "item", "value",
    "type", "label", "dimension", "moment", "pair", "scm", "answered", "score", "response",
]  # fmt: skip
# What a response, its place in the class and an answer tell beside the codebook: where these stand, so does all that is made of them.
_OF_ROSTER = ["unit_group", "grade_group", "cohort"]
_OF_PERSON = ["response", *_WHO, "disposition", *_OF_ROSTER, "flag", "proxy"]
_OF_ANSWER = [
    "response", *_WHO, *ITEM_KEY, "value", "missing", "revised", "instructor", "unit_group", "grade_group"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbered:
    """Both tables split once by (training, round), each response with its place, and what the codebook says."""

    issued: Mapping[tuple[str, str], pd.DataFrame]
    answers: Mapping[tuple[str, str], pd.DataFrame]
    none: tuple[pd.DataFrame, pd.DataFrame]
    codes: Codes


def number(tables: Tables, register: Register, k: int) -> tuple[Numbered, Gate]:
    """Number the responses, known ones as before, new ones after them; the gate knows whose each is."""
    issued = tables.issued[_WHO].drop_duplicates().sort_values(_WHO)
    known = (
        pd.MultiIndex.from_tuples(register.responses, names=_WHO) if register.responses else None
    )
    now = pd.MultiIndex.from_frame(issued)
    fresh = now if known is None else now[~now.isin(known)]
    responses = (*register.responses, *(_who(entry) for entry in fresh))
    owners, _ = pd.factorize(np.array([respondent for _, respondent, _ in responses], dtype=object))
    place = pd.Series(
        range(len(responses)),
        index=pd.MultiIndex.from_tuples(responses, names=_WHO) if responses else now,
    )
    mine = _placed(tables.issued, place)
    mine = mine.assign(mark=marks(mine, _OF_PERSON), mark_of_roster=marks(mine, _OF_ROSTER))
    answers = _prepared(_placed(tables.answers, place), tables.codebook)
    numbered = Numbered(
        _split(mine, ["response"]), _split(answers, ["response", "item"]),
        (mine.iloc[:0], answers.iloc[:0]), codes_of(tables.codebook),
    )  # fmt: skip
    classes, _ = pd.factorize(np.array([training for training, _, _ in responses], dtype=object))
    grown = replace(register, responses=responses)
    gate = Gate(grown, owners.astype(np.int64), k, classes.astype(np.int64))
    return numbered, gate


def _who(entry: object) -> tuple[str, str, str]:
    training, respondent, about = (str(part) for part in entry)  # type: ignore[attr-defined]  # a row of an index
    return training, respondent, about


def _placed(table: pd.DataFrame, place: "pd.Series[int]") -> pd.DataFrame:
    if table.empty:
        return table.assign(response=pd.Series(dtype="int64"))
    known = place.to_dict()
    return table.assign(response=spread(table, _WHO, lambda *who: known[who]))


def _prepared(answers: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """What every aggregate asks of an answer, once and not for each sample."""
    rating, elsewhere = set(_rating_items(codebook)), left_out(codebook)
    return answers[_NEEDED].assign(
        mark=marks(answers, _OF_ANSWER),
        rated=spread(answers, [*ITEM_KEY, "dimension"], lambda *of: bool(of[-1]) and of[:-1] in rating).astype(bool)
        & answers["score"].notna(),
        topic=spread_text(
            answers, ["round", "dimension", "item"], lambda kind, dimension, item: f"{kind}/{dimension or item}"
        ),
        unit=spread_text(
            answers, ["item", "revised"], lambda item, revised: item if revised in {"", "0"} else f"{item}~{revised}"
        ),
        place=pd.to_numeric(answers["position"].astype("str")),
        merges=spread(answers, ITEM_KEY, lambda *item: item not in elsewhere).astype(bool),
        put=(answers["answered"] | answers["missing"].isin(["skipped", "refused"])) & ~answers["value"].isin(_unknown(codebook)),
    )  # fmt: skip


def _split(table: pd.DataFrame, order: list[str]) -> dict[tuple[str, str], pd.DataFrame]:
    return {
        (str(training), str(kind)): rows.reset_index(drop=True)
        for (training, kind), rows in table.sort_values(order).groupby(["training", "round"])
    }


def sample_of(numbered: Numbered, training: Training, round_: Round) -> Sample:
    key = (training.code, round_.kind)
    issued = numbered.issued.get(key, numbered.none[0])
    answers = numbered.answers.get(key, numbered.none[1])
    mine = counted(issued, round_)
    return Sample(
        kind=round_.kind,
        counted=mine,
        eligible=issued[issued["disposition"] != "ineligible"],
        answers=answers[answers["response"].isin(mine["response"])].reset_index(drop=True),
        codes=numbered.codes,
    )


def counted(issued: pd.DataFrame, round_: Round) -> pd.DataFrame:
    """Complete responses, and partial ones once the round is closed: break-offs and begun ones never count."""
    wanted = ["complete"] if round_.is_open else ["complete", "partial"]
    return issued[issued["disposition"].isin(wanted)]


def codes_of(codebook: pd.DataFrame) -> Codes:
    return Codes(
        _unknown(codebook),
        _listed(codebook),
        _of_item(codebook),
        _moment_scale(codebook),
    )


def _unknown(codebook: pd.DataFrame) -> frozenset[str]:
    return frozenset(codebook.loc[codebook["missing"] != "", "value"]) - {""}


def _rating_items(codebook: pd.DataFrame) -> pd.MultiIndex:
    """Items whose scored codes are exactly 1, 2, 3, 4: the only ones that may become an index x25."""
    scored = codebook[(codebook["type"] == "select_one") & codebook["score"].notna()]
    scales = scored.groupby(ITEM_KEY)["score"].agg(lambda scores: tuple(sorted(scores)) == RATING)
    return pd.MultiIndex.from_frame(scales[scales.astype(bool)].reset_index()[ITEM_KEY])


def _listed(codebook: pd.DataFrame) -> dict[str, frozenset[str]]:
    several = codebook[codebook["type"] == "select_multiple"]
    return {
        str(name): frozenset(codes) for name, codes in several.groupby("dimension")["value"] if name
    }


def _of_item(codebook: pd.DataFrame) -> dict[tuple[str, str], dict[str, float | None]]:
    """Codes in the order of the codebook of the last version; codes of older versions after them."""
    known = codebook[(codebook["value"] != "") & (codebook["missing"] == "")]
    known = known.sort_values("age", ascending=False, kind="stable")
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    columns = known[["questionnaire", "item", "value", "score"]].itertuples(index=False)
    for form, item, value, score in columns:
        of_item = found.setdefault((str(form), str(item)), {})
        of_item.setdefault(str(value), None if pd.isna(score) else float(score))
    return found


def _moment_scale(codebook: pd.DataFrame) -> tuple[float, float]:
    """Ends of the scale on which abilities are rated before, now and later; the codes are the same by design."""
    scores = codebook.loc[codebook["moment"] != "", "score"].dropna()
    return (float(scores.min()), float(scores.max())) if len(scores) else (0.0, 0.0)
