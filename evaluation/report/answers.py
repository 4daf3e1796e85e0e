"""How one question was answered: a table of its answers, and the most frequent of them in a line. Of published cells only."""

from evaluation.releases import Cell
from evaluation.report.given import Given
from evaluation.report.model import Column, Table

_IN_A_LINE = 3


def answers_table(given: Given, round_kind: str, items: tuple[str, ...]) -> Table | None:
    """Of the first of these questions that may be shown; a scale in its order, names by how many named them."""
    release = given.release(round_kind)
    found = (None if release is None else release.find("item", item) for item in items)
    cell = next((each for each in found if each is not None), None)
    if cell is None:
        return None
    columns = (
        Column(given.say("lap_kolom_jawaban"), 64),
        Column(given.say("lap_kolom_jumlah"), 18, is_number=True),
        Column(given.say("lap_kolom_persen"), 18, is_number=True),
    )
    codes = given.questions.codes(cell.name) if "mean" in cell.numbers else named(given, cell)
    rows = tuple(
        (given.questions.words[cell.name, code], given.number(_count(cell, code), 0), given.percent(_share(cell, code)))
        for code in codes
    )  # fmt: skip
    caption = given.question(given.questions.words.get((cell.name, ""), cell.name))
    is_of_several = cell.name in given.questions.several
    note = given.say(
        "lap_catatan_jawaban_ganda" if is_of_several else "lap_catatan_jawaban", n=cell.n
    )
    return Table(caption, columns, rows, note)


def in_a_line(given: Given, cell: Cell) -> str:
    """The answers that were given most, with their shares."""
    return "; ".join(
        given.say(
            "lap_jawaban_persen", jawaban=given.questions.words[cell.name, code],
            persen=given.percent(_share(cell, code)),
        )
        for code in named(given, cell)[:_IN_A_LINE]
    )  # fmt: skip


def named(given: Given, cell: Cell) -> tuple[str, ...]:
    """The codes that anybody chose, the most chosen first."""
    chosen = [code for code in given.questions.codes(cell.name) if _count(cell, code)]
    return tuple(sorted(chosen, key=lambda code: -_count(cell, code)))


def _count(cell: Cell, code: str) -> float:
    return cell.numbers.get(f"n_{code}", 0.0)


def _share(cell: Cell, code: str) -> float:
    return _count(cell, code) / cell.numbers["count"]
