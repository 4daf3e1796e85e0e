"""`python -m evaluation.comparison`: one dimension over trainings and years, as dots with intervals and in sentences.

Trainings stand in the order of their dates, never of their values: where intervals overlap nobody is better. The same input
writes the same bytes.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.command import Evaluated, evaluated, made_folder, parser_of, publish, run
from evaluation.figures.dots import INDEX, DotRow, Ruler, dots
from evaluation.figures.frame import Figure, below_each_other
from evaluation.results import TrainingResult
from evaluation.sections import interval_of, short_title
from evaluation.texts import Texts, days, number

KINDS = ("post_training", "followup_alumni")
MOST = 8  # trainings, the latest: a longer picture is not read on a phone
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One dimension over the trainings that may show it, in the order of their last day."""

    kind: str
    dimension: str
    rows: tuple[DotRow, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser_of(
        "python -m evaluation.comparison", "Compare trainings: pictures and a text.",
        "folder for comparison.txt and comparison-*.png",
    ).parse_args(arguments)  # fmt: skip
    return run(_write, options)


def _write(options: argparse.Namespace) -> None:
    made = evaluated(options)
    found = comparisons(made)
    made_folder(options.out)
    (options.out / "comparison.txt").write_text(comparison_text(made, found), encoding="utf-8")
    for kind in KINDS:
        path = options.out / f"comparison-{kind}.png"
        path.unlink(missing_ok=True)
        mine = [each for each in found if each.kind == kind]
        if mine:
            path.write_bytes(picture(made, mine).png())
    publish(options, made)


def comparisons(made: Evaluated) -> tuple[Compared, ...]:
    """In the order of the questionnaires; a dimension needs two trainings that may show it."""
    latest = sorted(made.results.trainings, key=_age)[-MOST:]
    found = [
        Compared(kind, name, tuple(_rows(latest, kind, name)))
        for kind in KINDS
        for name in _dimensions(latest, kind)
    ]
    return tuple(each for each in found if len(each.rows) >= _FEWEST)


def _age(result: TrainingResult) -> tuple[date, str]:
    return result.training.ends_on or date.min, result.training.code


def _dimensions(results: Sequence[TrainingResult], kind: str) -> list[str]:
    names = (
        cell.name
        for result in reversed(results)
        if (entry := result.find(kind)) is not None and entry.release is not None
        for cell in entry.release.all_of("index")
    )
    return list(dict.fromkeys(names))


def _rows(results: Sequence[TrainingResult], kind: str, dimension: str) -> Iterator[DotRow]:
    for result in results:
        entry = result.find(kind)
        release = None if entry is None else entry.release
        cell = None if release is None else release.find("index", dimension)
        if cell is not None:
            yield DotRow(_name(result), cell.n, cell.numbers["index"], interval_of(cell))


def _name(result: TrainingResult) -> str:
    training = result.training
    title = short_title(training.title)
    if training.ends_on is None or str(training.ends_on.year) in title:
        return title
    return f"{title}, {training.ends_on.year}"


def picture(made: Evaluated, found: Sequence[Compared]) -> Figure:
    """All dimensions of one round."""
    plan, texts = made.plan, made.texts
    ruler = Ruler(INDEX.low, INDEX.high, INDEX.ticks, plan.bands)
    parts = [
        (texts.name_of("dimensi", each.dimension), dots(each.rows, ruler, texts)) for each in found
    ]
    title = texts.say(f"banding_gambar_{found[0].kind}")
    return below_each_other(parts, title, texts.say("banding_catatan", k_min=plan.k))


def comparison_text(made: Evaluated, found: Sequence[Compared]) -> str:
    """Short enough to be forwarded: one line a dimension, no number that the pictures lack."""
    texts, day = made.texts, made.results.period.issued_on
    head = texts.say("banding_judul", tanggal=days(texts, day, day))
    if not found:
        return f"{head}\n\n{texts.say('banding_kosong', k_min=made.plan.k)}\n"
    blocks = [
        "\n".join([
            texts.say(f"banding_bagian_{kind}"),
            *(texts.say("baris", isi=_sentence(each, texts)) for each in found if each.kind == kind),
        ])
        for kind in KINDS
        if any(each.kind == kind for each in found)
    ]  # fmt: skip
    return "\n\n".join([head, *blocks, texts.say("banding_catatan", k_min=made.plan.k)]) + "\n"


def _sentence(each: Compared, texts: Texts) -> str:
    """The highest and the lowest are named only if their intervals do not touch."""
    name = texts.name_of("dimensi", each.dimension)
    low, high = min(each.rows, key=_value), max(each.rows, key=_value)
    ends = {
        "dimensi": name, "n": len(each.rows), "terendah": number(texts, low.value), "tertinggi": number(texts, high.value)
    }  # fmt: skip
    if low.interval is None or high.interval is None:
        return texts.say("banding_tanpa_selang", **ends)
    if low.interval.high >= high.interval.low:
        return texts.say("banding_bertumpuk", **ends)
    return texts.say("banding_berbeda", **ends, nama_tinggi=high.name, nama_rendah=low.name)


def _value(row: DotRow) -> float:
    return row.value


if __name__ == "__main__":
    sys.exit(main())
