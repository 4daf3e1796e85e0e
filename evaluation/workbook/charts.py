"""Native charts of the workbook, so that a reader can change them: bars with intervals, bars with marks for targets.

One colour-blind-safe pair of colours. A title is plain words: one that began with "=" or held a "!" would be taken for
a reference to a cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.chart import Chart as Drawn
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from evaluation.workbook.page import Bars, Chart, Form

BLUE, ORANGE = "#0072B2", "#D55E00"  # Okabe and Ito
CHART_ROWS = 24
_ROW_PIXELS, _GAP, _WIDEST = 20, 12, 1000
_WIDE = 0.6
_AXIS_FORMATS: Mapping[Form, str] = {"percent": "0%", "index": "0"}
_LABEL_FORMATS: Mapping[Form, str] = {"percent": "0.0%", "index": "0.0"}


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table of a page stands: its sheet, the row where its data begin, a free column behind it."""

    sheet: Worksheet
    top: int
    behind: int


def add_charts(
    book: xlsxwriter.Workbook, sheet: Worksheet, charts: Sequence[Chart], tables: Mapping[str, Table],
    where: tuple[int, int],
) -> None:  # fmt: skip
    """Put the charts two beside each other; `where`: the first free row, and the width of the table in pixels."""
    row, width = (
        where[0],
        min(where[1] - _GAP, _WIDEST) if len(charts) == 1 else where[1] // 2 - _GAP,
    )
    for place, chart in enumerate(charts):
        drawn = _drawn(book, chart, tables[chart.page])
        drawn.set_size({"width": width, "height": (CHART_ROWS - 1) * _ROW_PIXELS})
        sheet.insert_chart(
            row + place // 2 * CHART_ROWS, 0, drawn,
            {"description": chart.says, "object_position": 3, "x_offset": place % 2 * (width + _GAP)},
        )  # fmt: skip


def _drawn(book: xlsxwriter.Workbook, chart: Chart, table: Table) -> Drawn:
    drawn = book.add_chart({"type": "bar" if chart.lying else "column"})
    for bars in chart.bars:
        drawn.add_series(_series(chart, bars, table))
    if chart.marks is not None:
        drawn.combine(_marks(book, chart, chart.marks, table.top))
    _dress(drawn, chart)
    return drawn


def _series(chart: Chart, bars: Bars, table: Table) -> dict[str, object]:
    first, last = table.top + chart.first, table.top + chart.last
    found: dict[str, object] = {
        "name": [chart.page, table.top - 1, bars.column],
        "categories": [chart.page, first, chart.names, last, chart.names],
        "values": [chart.page, first, bars.column, last, bars.column],
        "fill": {"color": bars.colour}, "gap": 60, "overlap": -5,
        "data_labels": _labels(chart, inside=not chart.lying or any(bars.above)),
    }  # fmt: skip
    if any(bars.above):
        found["y_error_bars"] = _intervals(chart, bars, table)
    return found


def _labels(chart: Chart, *, inside: bool) -> dict[str, object]:
    """Inside at the foot of the bar where its end carries an interval or a target, else behind its end."""
    place = "inside_base" if inside else "outside_end"
    font = {"size": 9, "bold": True, "color": "#FFFFFF" if inside else "#202020"}
    return {
        "value": True,
        "position": place,
        "num_format": _LABEL_FORMATS[chart.form],
        "font": font,
    }


def _intervals(chart: Chart, bars: Bars, table: Table) -> dict[str, object]:
    """LibreOffice draws intervals only from cells, so their reach stands in two hidden columns behind the table."""
    first, last = table.top + chart.first, table.top + chart.last
    reach = {"minus_values": bars.below, "plus_values": bars.above}
    for column, values in enumerate(reach.values(), start=table.behind):
        for row, value in enumerate(values, start=first):
            table.sheet.write_number(row, column, value)
    table.sheet.set_column(table.behind, table.behind + 1, 9, None, {"hidden": True})
    ranges = {
        name: f"={quote_sheetname(chart.page)}!{xl_range_abs(first, column, last, column)}"
        for column, name in enumerate(reach, start=table.behind)
    }
    line = {"color": "#202020", "width": 1.5}
    return {"type": "custom", **ranges, "line": line}


def _marks(book: xlsxwriter.Workbook, chart: Chart, column: int, top: int) -> Drawn:
    marks = book.add_chart({"type": "line"})
    marks.add_series({
        "name": [chart.page, top - 1, column],
        "categories": [chart.page, top + chart.first, chart.names, top + chart.last, chart.names],
        "values": [chart.page, top + chart.first, column, top + chart.last, column],
        "line": {"none": True},
        "marker": {"type": "long_dash", "size": 14, "fill": {"color": ORANGE}, "border": {"color": ORANGE}},
    })  # fmt: skip
    return marks


def _dress(drawn: Drawn, chart: Chart) -> None:
    low, high = chart.axis
    values = {
        "min": low, "max": high, "num_format": _AXIS_FORMATS[chart.form], "num_font": {"size": 9},
        "major_unit": _unit(high - low),
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        "label_position": "high" if chart.lying else "next_to",
    }  # fmt: skip
    names = {
        "num_font": {"size": 9}, "major_gridlines": {"visible": False},
        "reverse": chart.lying,  # the first line of the table is the first bar
    }  # fmt: skip
    drawn.show_hidden_data()
    title = chart.title.lstrip("=").replace("!", "\uff01")  # the wide one, which refers to nothing
    drawn.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
    drawn.set_x_axis(values if chart.lying else names)  # the axis at the bottom
    drawn.set_y_axis(names if chart.lying else values)
    drawn.set_legend({"position": "bottom"} if _several(chart) else {"none": True})


def _unit(length: float) -> float:
    """Quarters of the index, fifths or tenths of a share: lines that can be counted."""
    if length > 1:
        return 25.0
    return 0.2 if length > _WIDE else 0.1 if length > _WIDE / 2 else 0.05


def _several(chart: Chart) -> bool:
    return len(chart.bars) > 1 or chart.marks is not None
