"""The questions of one indicator of study.toml as a table: who was asked, how many answered, what they said."""

from evaluation.indicators import Line
from evaluation.releases import Cell
from evaluation.report.answers import in_a_line
from evaluation.report.given import Given
from evaluation.report.model import Column, Table
from evaluation.texts import span


def indicator_table(given: Given, name: str) -> Table | None:
    """None where nothing of it may be shown (yet), or study.toml has no such indicator."""
    found = next((each for each in given.result.indicators if each.name == name), None)
    lines = () if found is None else tuple(line for line in found.lines if line.cell is not None)
    if not lines:
        return None
    columns = (
        Column(given.say("lap_kolom_pertanyaan"), 42),
        Column(given.say("lap_kolom_sumber"), 13),
        Column(given.say("lap_kolom_n"), 7, is_number=True),
        Column(given.say("lap_kolom_hasil"), 38),
    )
    rows = tuple(_row(given, line) for line in lines)
    title = given.texts.name_of("indikator", name)
    return Table(given.say("lap_tabel_indikator", indikator=title), columns, rows)


def _row(given: Given, line: Line) -> tuple[str, ...]:
    asked = given.question(line.label)
    if line.code_label:
        asked = given.say("lap_pertanyaan_jawaban", pertanyaan=asked, jawaban=line.code_label)
    n = 0 if line.cell is None else line.cell.n
    return (asked, given.say(f"sebutan_{line.round}"), str(n), _result(given, line))


def _result(given: Given, line: Line) -> str:
    if line.share is not None:
        text = given.percent(line.share.share)
        ends = line.share.interval
        if ends is None:
            return text
        return given.say("lap_persen_selang", persen=text, selang=span(given.texts, ends, 100))
    if line.cell is None:
        return ""
    if "mean" not in line.cell.numbers:
        return in_a_line(given, line.cell) or given.say("lap_hasil_tertulis")
    text = _mean(given, line.cell)
    return text[:1].upper() + text[1:]


def _mean(given: Given, cell: Cell) -> str:
    """With the words of the two highest points, so that nobody has to know what 2.71 of which scale is."""
    mean = given.number(cell.numbers["mean"], 2)
    points = given.questions.points.get(cell.name, ())
    if not points:
        return given.say("lap_rata", rata=mean)
    ends = {"dari": given.number(points[0][0], 0), "sampai": given.number(points[-1][0], 0)}
    top = ""
    if "top2" in cell.numbers:
        second, first = (given.questions.words[cell.name, code] for _, code in points[-2:])
        top = given.say(
            "lap_dua_teratas", satu=second, dua=first, persen=given.percent(cell.numbers["top2"])
        )
    return top + given.say("lap_rata_skala", rata=mean, **ends)
