"""Success stories from the interviews: only with the teller's permission to quote and with evidence named before.

The words of one person are shown because that person allowed it, without name and unit. Who allowed a summary only is counted,
never quoted: writing it is for people. Stories stand in the order of their words, not of the people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evaluation.frames import Tables
from evaluation.transfer import EVIDENCE, IMPRESSION

PERMISSION, QUOTE, SUMMARY = "izin", "kutip", "ringkas"
_PARTS = ("penerapan", "hasil", "nilai", "pendukung", "atribusi")  # dimensions of a story, in order
_NEEDED = "hasil"


@dataclass(frozen=True, slots=True)
class Story:
    """Dimension -> what was told, in the order of the interview."""

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stories:
    """`to_summarise`: may be told in other words only; `unproven`: allowed, but no evidence was named."""

    told: tuple[Story, ...]
    to_summarise: int
    unproven: int


def stories_of(tables: Tables, training: str) -> Stories:
    mine = tables.answers[(tables.answers["training"] == training) & tables.answers["answered"]]
    talks = mine[mine["round"] == "interview"]
    proven = _with_evidence(mine[mine["round"] == "followup_alumni"])
    told, to_summarise, unproven = [], 0, 0
    for who, rows in talks.groupby("respondent"):
        permission = set(rows.loc[rows["dimension"] == PERMISSION, "value"])
        parts = _parts(rows)
        if not permission & {QUOTE, SUMMARY} or _NEEDED not in parts:
            continue
        if who not in proven:
            unproven += 1
        elif QUOTE in permission:
            told.append(Story(tuple(parts.items())))
        else:
            to_summarise += 1
    return Stories(tuple(sorted(told, key=lambda story: story.parts)), to_summarise, unproven)


def _parts(rows: pd.DataFrame) -> Mapping[str, str]:
    texts = rows[rows["type"] == "text"]
    found: dict[str, str] = {}
    for name in _PARTS:
        words = texts.loc[texts["dimension"] == name, "value"]
        if len(words):
            found[name] = str(words.iloc[0]).strip()
    return found


def _with_evidence(rows: pd.DataFrame) -> frozenset[str]:
    """Respondents who named evidence of a result at the follow-up, not only an impression."""
    named = rows[(rows["dimension"] == EVIDENCE) & (rows["type"] == "select_multiple")]
    proven = [bool(set(str(codes).split()) - {IMPRESSION}) for codes in named["value"]]
    return frozenset(str(who) for who in named.loc[proven, "respondent"])
