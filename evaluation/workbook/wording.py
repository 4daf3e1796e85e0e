"""How the workbook names trainings, rounds, groups and questions; sentences come from config/texts. Computes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from evaluation.publication import POOLED
from evaluation.releases import Release
from evaluation.results import Results
from evaluation.sections import short_title
from evaluation.texts import Texts

_PIPED = re.compile(r"\$\{(\w+)\}")
_REST = "*"
_WITHOUT = {"flag": "buku_kelompok_tanpa_tanda", "proxy": "buku_kelompok_tanpa_wakil"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One release with the names of its training and round."""

    training: str
    kind: str
    release: Release


def releases_of(results: Results) -> Iterator[Shown]:
    """Every published round: training by training, then all trainings together."""
    for result in results.trainings:
        for entry in result.rounds:
            if entry.release is not None:
                yield Shown(result.training.title, entry.round.kind, entry.release)
    for kind, release in results.pooled.items():
        yield Shown(POOLED, kind, release)


def training_name(title: str, texts: Texts) -> str:
    """As it stands in hundreds of lines; the first page has the whole title."""
    return texts.say("buku_semua_pelatihan") if title == POOLED else short_title(title)


def round_name(kind: str, texts: Texts) -> str:
    name = texts.say(f"putaran_{kind}")
    return name[:1].upper() + name[1:]


def group_name(group: str, texts: Texts) -> str:
    """`unit_group=Kecamatan` in words; the total has words of its own."""
    if not group:
        return texts.say("buku_semua")
    variable = group.partition("=")[0]
    if without := _WITHOUT.get(variable):
        return texts.say(without)
    return texts.say(f"buku_kelompok_{variable}", nama=group_value(group, texts))


def group_value(group: str, texts: Texts) -> str:
    """`unit_group=Kecamatan` without its variable."""
    value = group.partition("=")[2]
    return texts.say("buku_kelompok_kecil") if value == _REST else value


def question(label: str) -> str:
    """A question as it is asked, with [nama pelatihan] where the training's name stood."""
    return _PIPED.sub(lambda found: "[" + found[1].replace("_", " ") + "]", label)


def words_of(codebook: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    """(questionnaire, item, "") -> the question, (questionnaire, item, code) -> the answer; of the last version."""
    found: dict[tuple[str, str, str], str] = {}
    columns = ["questionnaire", "item", "value", "label", "value_label"]
    rows = codebook.sort_values("version", kind="stable")[columns]
    for form, item, value, label, value_label in rows.itertuples(index=False):
        found[str(form), str(item), ""] = question(str(label))
        if value:
            found[str(form), str(item), str(value)] = str(value_label)
    return found
