"""What participants say of each instructor: the index, each question on its own, and their words. Claims for the gate.

Which two instructors somebody is asked about is drawn, so the same question stands in several places of the form; it is
known by its words without the instructor's name. Cells of one question are named "item instructor".
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from evaluation.cells import index_claim
from evaluation.quotes import writers_claim
from evaluation.releases import Claim
from evaluation.sample import Sample, rated

_NAMED = re.compile(r"\$\{\w+\}")


def instructors(sample: Sample, factor: float) -> Iterator[Claim]:
    """The index of each instructor; of their dimension the index is the total."""
    for name in _names(rated(sample)):
        about = _about(sample, name)
        yield index_claim(about, rated(about), ("instructor", name), factor)


def questions(sample: Sample, factor: float) -> Iterator[Claim]:
    """The index of each instructor in each question."""
    first = _first_asking(sample)
    for name in _names(rated(sample)):
        about = _about(sample, name)
        asked = about.answers["item"].map(first)
        for item in dict.fromkeys(asked[about.answers["rated"]]):
            one = replace(about, answers=about.answers[asked == item])
            yield index_claim(one, rated(one), ("instructor_item", f"{item} {name}"), factor)


def commented(sample: Sample) -> Iterator[Claim]:
    """One claim per instructor and open question; who wrote about all of them together is claimed before."""
    texts = sample.answers[sample.answers["answered"] & (sample.answers["type"] == "text")]
    for name in _names(texts):
        about = texts[texts["instructor"] == name]
        for item in sorted(set(about["item"])):
            mine = about[about["item"] == item]
            yield writers_claim(sample, mine, ("instructor_text", f"{item} {name}"))


def _names(rows: pd.DataFrame) -> list[str]:
    return sorted(set(rows["instructor"]) - {""})


def _about(sample: Sample, name: str) -> Sample:
    """Only what was asked about this instructor, so that only who was asked counts as population."""
    return replace(sample, answers=sample.answers[sample.answers["instructor"] == name])


def _first_asking(sample: Sample) -> dict[str, str]:
    """Of each item on an instructor the first of the form that asks the same of another one."""
    named = sample.answers[sample.answers["instructor"] != ""].sort_values(["place", "item"])
    listed = named[["item", "dimension", "label"]].drop_duplicates("item")
    by_words: dict[tuple[str, str], str] = {}
    return {
        str(item): by_words.setdefault((str(dimension), _NAMED.sub("", str(label))), str(item))
        for item, dimension, label in listed.itertuples(index=False)
    }
