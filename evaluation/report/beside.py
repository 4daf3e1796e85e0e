"""Lampiran: the indices beside themselves in other ways, and by group, so that a reader sees how much hangs on what.

Of published cells only: what the gate withholds stands here as an empty cell.
"""

from collections.abc import Sequence

from evaluation.publication import GROUPINGS, UNFLAGGED
from evaluation.releases import Cell, Release
from evaluation.report.given import AFTER, BEFORE, Given
from evaluation.report.model import Block, Column, Heading, Paragraph, Table
from evaluation.workbook.wording import group_value

_ROUNDS = (BEFORE, AFTER)
_MOST_COLUMNS = 4  # of dimensions: more tear their names apart on paper


def beside(given: Given) -> list[Block]:
    """Weighted, without careless answers, how reliable; then by unit and by grade; of each round that may be shown."""
    found: list[Block] = [Heading(1, given.say("lap_lampiran_pembanding"))]
    tables = [_otherwise(given, kind) for kind in _ROUNDS]
    for kind in _ROUNDS:
        for variable in GROUPINGS:
            tables += _by_group(given, kind, variable)
    found += [table for table in tables if table is not None]
    return found if any(tables) else [*found, Paragraph(given.say("lap_pembanding_belum"))]


def _otherwise(given: Given, kind: str) -> Table | None:
    release = given.release(kind)
    if release is None:
        return None
    rows = [(cell, *_other_ways(given, release, cell.name)) for cell in release.all_of("index")]
    if not any(text for _, *texts in rows for text in texts):
        return None
    titles = ("indeks", "tertimbang", "tanpa_tergesa", "keandalan")
    columns = (
        Column(given.say("lap_kolom_dimensi"), 32),
        *(Column(given.say(f"lap_kolom_{name}"), 17, is_number=True) for name in titles),
    )
    shown = tuple(
        (given.dimension(cell.name), given.number(cell.numbers["index"], 2), *texts)
        for cell, *texts in rows
    )
    caption = given.say("lap_tabel_pembanding", sumber=given.say(f"sebutan_{kind}"))
    return Table(caption, columns, shown, given.say("lap_catatan_pembanding"))


def _other_ways(given: Given, release: Release, name: str) -> tuple[str, str, str]:
    weighted, reliable = release.find("weighted", name), release.find("reliability", name)
    return (
        _index(given, weighted), _index(given, release.find("index", name, UNFLAGGED)),
        "" if reliable is None else given.number(reliable.numbers["coefficient"], 2),
    )  # fmt: skip


def _index(given: Given, cell: Cell | None) -> str:
    return "" if cell is None else given.number(cell.numbers["index"], 2)


def _by_group(given: Given, kind: str, variable: str) -> list[Table]:
    """Many dimensions fill several tables, about the same number each."""
    release = given.release(kind)
    if release is None:
        return []
    names = [cell.name for cell in release.all_of("index")]
    parts = -(-len(names) // _MOST_COLUMNS)
    shares = [names[len(names) * at // parts : len(names) * (at + 1) // parts] for at in range(parts)]  # fmt: skip
    wanted = {
        "peubah": given.say(f"lap_peubah_{variable}"),
        "sumber": given.say(f"sebutan_{kind}"),
    }
    found: list[Table] = []
    for share in shares:
        caption = given.say("lap_tabel_kelompok_lanjutan" if found else "lap_tabel_kelompok", **wanted)  # fmt: skip
        found += _group_table(given, release, (variable, caption), share)
    return found


def _group_table(
    given: Given, release: Release, what: tuple[str, str], names: Sequence[str]
) -> list[Table]:
    """A line a group, a column a dimension; small groups are together as one. None where nothing may be shown."""
    variable, caption = what
    found = [
        (group, [release.find("index", name, group) for name in names])
        for group in release.groups(variable)
    ]
    rows = tuple(
        (_capital(group_value(group, given.texts)), str(max(cell.n for cell in cells if cell)), *(_index(given, cell) for cell in cells))
        for group, cells in found
        if any(cells)
    )  # fmt: skip
    if not rows:
        return []
    columns = (
        Column(_capital(given.say(f"lap_peubah_{variable}")), 26),
        Column(given.say("lap_kolom_n"), 8, is_number=True),
        *(Column(given.dimension(name), 16, is_number=True) for name in names),
    )
    note = given.say("lap_catatan_kelompok", k_min=given.plan.k)
    return [Table(caption, columns, rows, note)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
